import type { Voice } from '@talkturo/voice';
import { createPcmDecoder, decodeUlawBytes, type SoundDecoder } from '../wire/sound-bytes.ts';

export const ELEVENLABS_URL = 'https://api.elevenlabs.io';
const DEFAULT_MODEL = 'eleven_flash_v2_5';
/** Sarah, one of the voices every account has. */
const DEFAULT_VOICE = 'EXAVITQu4vr4xnSDxMaL';
const RATES = [16_000, 22_050, 24_000, 44_100];
/** The longest that ElevenLabs allows; it closes such a connection by itself. */
const INACTIVITY_SECONDS = 180;

/** Models that are gone, and the one that cannot stream its text, by what comes next to them. */
const SUCCESSORS: Record<string, string> = {
  eleven_monolingual_v1: DEFAULT_MODEL,
  eleven_multilingual_v1: 'eleven_multilingual_v2',
  eleven_turbo_v2: 'eleven_flash_v2',
  eleven_turbo_v2_5: DEFAULT_MODEL,
  eleven_v3: 'eleven_multilingual_v2',
};

export interface ElevenLabsFormat {
  name: string;
  sampleRate: number;
  decoder(): SoundDecoder;
}

/** What is asked for so that nothing is converted twice: µ-law for a telephone, else PCM at the rate wanted or the next above. */
export function elevenLabsFormat(wanted: number): ElevenLabsFormat {
  if (wanted === 8000) return { name: 'ulaw_8000', sampleRate: 8000, decoder: () => decodeUlawBytes };
  const sampleRate = RATES.find((rate) => rate >= wanted) ?? 44_100;
  return { name: `pcm_${sampleRate}`, sampleRate, decoder: createPcmDecoder };
}

/** The address of one utterance: ElevenLabs takes all its settings there. */
export function streamInputAddress(baseUrl: string, voice: Voice): URL {
  const address = new URL(`/v1/text-to-speech/${encodeURIComponent(voice.id || DEFAULT_VOICE)}/stream-input`, baseUrl);
  address.protocol = address.protocol.replace('http', 'ws');
  const query = address.searchParams;
  const model = voice.model === null ? DEFAULT_MODEL : (SUCCESSORS[voice.model] ?? voice.model);
  query.set('model_id', model);
  query.set('output_format', elevenLabsFormat(voice.sampleRate).name);
  // Other models refuse it: they find the language out themselves.
  if (model.endsWith('_v2_5')) query.set('language_code', voice.language.split('-')[0]!.toLowerCase());
  // Whole sentences are sent: each is spoken at once.
  query.set('auto_mode', 'true');
  query.set('sync_alignment', 'true');
  query.set('inactivity_timeout', `${INACTIVITY_SECONDS}`);
  return address;
}
