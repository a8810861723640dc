import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Blobs } from '../blobs/blobs.ts';
import { AppError } from '../http/app-error.ts';
import type { ListedVoice } from './voice-libraries.ts';
import type { Voices } from './voices.ts';

export interface VoicePreviewsGround {
  blobs: Blobs;
  voices: Voices;
  /** Fetches the vendor's own sample: a WAV or MP3 file of bounded size. Rejects with a sentence. */
  fetchSample(accountId: string, provider: string, url: string): Promise<Uint8Array>;
  /** Speaks a sentence with the voice, as a WAV file. Rejects with a sentence. */
  speak(accountId: string, provider: string, voice: { id: string; name: string; language: string }, text: string): Promise<Uint8Array>;
}

export interface VoicePreview {
  type: 'audio/wav' | 'audio/mpeg';
  bytes: Uint8Array;
}

export type VoicePreviews = ReturnType<typeof createVoicePreviews>;

const FOLDER = 'voice-previews';
/** At a few hundred kB each. */
const MOST_PREVIEWS = 500;
const KEPT_MS = 30 * 86_400_000;
/** Each may hold a connection to a vendor, or the local voice. */
const MOST_AT_ONCE = 8;

/** What a voice says of itself where its vendor keeps no sample. */
const SENTENCES: Record<string, string> = {
  en: 'Hello, how can I help you today? I am happy to answer your questions.',
  de: 'Guten Tag, wie kann ich Ihnen helfen? Ich beantworte gern Ihre Fragen.',
  es: 'Hola, ¿en qué puedo ayudarle? Con gusto respondo a sus preguntas.',
  fr: 'Bonjour, comment puis-je vous aider ? Je réponds volontiers à vos questions.',
  it: 'Buongiorno, come posso aiutarla? Rispondo volentieri alle sue domande.',
  pt: 'Olá, como posso ajudar? Terei prazer em responder às suas perguntas.',
  nl: 'Goedendag, hoe kan ik u helpen? Ik beantwoord graag uw vragen.',
  pl: 'Dzień dobry, w czym mogę pomóc? Chętnie odpowiem na pytania.',
};

/** Samples of voices, made or fetched when first asked for and kept as files within bounds. */
export function createVoicePreviews({ blobs, voices, fetchSample, speak }: VoicePreviewsGround) {
  const making = new Map<string, Promise<VoicePreview>>();

  /** The vendor's sample; one that cannot be had is as good as none. */
  async function sampleOf(accountId: string, provider: string, { previewUrl }: ListedVoice): Promise<VoicePreview | null> {
    if (previewUrl === null) return null;
    try {
      const bytes = await fetchSample(accountId, provider, previewUrl);
      const type = soundType(bytes);
      return type && { type, bytes };
    } catch {
      // It is spoken instead.
      return null;
    }
  }

  async function spoken(accountId: string, provider: string, { id, name, languages }: ListedVoice): Promise<VoicePreview> {
    const known = languages.find((language) => SENTENCES[primary(language)]) ?? 'en';
    const text = SENTENCES[primary(known)] ?? '';
    return { type: 'audio/wav', bytes: await speak(accountId, provider, { id, name, language: known }, text) };
  }

  async function make(accountId: string, provider: string, voice: ListedVoice, key: string): Promise<VoicePreview> {
    const preview = (await sampleOf(accountId, provider, voice)) ?? (await spoken(accountId, provider, voice));
    // Written beside and moved: nobody reads half a file.
    const beside = await blobs.place(`${FOLDER}/${randomUUID()}.tmp`);
    await writeFile(beside, preview.bytes);
    await rename(beside, await blobs.place(key));
    await blobs.prune(FOLDER, { most: MOST_PREVIEWS, keptMs: KEPT_MS });
    return preview;
  }

  return {
    /** @throws AppError 404, 409 or 503 with a sentence */
    async get(accountId: string, provider: string, voiceId: string): Promise<VoicePreview> {
      // Only what stands in the account's own list: a voice somebody cloned is theirs.
      const { voice, identity } = await voices.find(accountId, provider, voiceId);
      const key = `${FOLDER}/${createHash('sha256').update(`${identity}\n${voiceId}`).digest('hex')}.sound`;
      const kept = await readFile(blobs.pathOf(key)).catch(() => null);
      const type = kept && soundType(kept);
      if (type) return { type, bytes: kept };
      const running = making.get(key);
      if (running) return running;
      if (making.size >= MOST_AT_ONCE) {
        throw new AppError('busy', 503, 'Too many voices are being prepared just now; try again in a moment.', {
          headers: { 'retry-after': '2' },
        });
      }
      const made = make(accountId, provider, voice, key).finally(() => making.delete(key));
      making.set(key, made);
      return made;
    },
  };
}

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? '';

/** By its first bytes, whatever its sender calls it; null: it is no sound that browsers are sent. */
function soundType(bytes: Uint8Array): VoicePreview['type'] | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('RIFF') && head.slice(8) === 'WAVE') return 'audio/wav';
  const frame = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0;
  return head.startsWith('ID3') || frame ? 'audio/mpeg' : null;
}
