import { writeWav } from '@talkturo/voice';

/** A voice in a simulated vendor's library. */
export interface VoiceEntry {
  id: string;
  name: string;
  languages: readonly [string, ...string[]];
  gender: 'male' | 'female' | 'neutral';
  accent: string;
  own: boolean;
}

const GENDERS = ['female', 'male', 'neutral'] as const;
const LANGUAGES = [
  ['en', 'en-US'],
  ['de', 'de-DE'],
  ['es', 'es-ES', 'es-MX'],
] as const;

/** A library of so many voices, named Voice 1, Voice 2 …, of changing gender and language. */
export const voiceEntries = (count: number, prefix = 'voice'): VoiceEntry[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `${prefix}-${at + 1}`,
    name: `Voice ${at + 1}`,
    gender: GENDERS[at % GENDERS.length]!,
    languages: LANGUAGES[at % LANGUAGES.length]!,
    accent: 'plain',
    own: at === 0,
  }));

/** A page of a list, as vendors cut them: what comes after an id. */
export function voicePage(voices: readonly VoiceEntry[], after: string | null, size: number): { items: VoiceEntry[]; more: boolean } {
  const start = after === null ? 0 : voices.findIndex(({ id }) => id === after) + 1;
  return { items: voices.slice(start, start + size), more: start + size < voices.length };
}

/** Half a second of a tone as a WAV file. */
export function simulatedSample(voices: readonly VoiceEntry[], id: string) {
  if (!voices.some((voice) => voice.id === id)) return { status: 404, body: '' };
  const pcm = Int16Array.from({ length: 4000 }, (_, at) => Math.round(8000 * Math.sin((2 * Math.PI * 440 * at) / 8000)));
  return { status: 200, headers: { 'content-type': 'audio/wav' }, body: writeWav({ sampleRate: 8000, channels: [pcm] }) };
}
