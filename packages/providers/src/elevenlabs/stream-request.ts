import type { Voice } from '@talkturo/voice';
import { createPcmDecoder, decodeUlawBytes, type SoundDecoder } from '../wire/sound-bytes.ts';
import { vendorLanguage } from '../wire/vendor-language.ts';

export const ELEVENLABS_URL = 'https://api.elevenlabs.io';
const DEFAULT_MODEL = 'eleven_flash_v2_5';
/** Sarah, one of the voices every account has. */
const DEFAULT_VOICE = 'EXAVITQu4vr4xnSDxMaL';
const RATES = [16_000, 22_050, 24_000, 32_000, 44_100, 48_000];
/** The longest that ElevenLabs allows; it closes such a connection by itself. */
const INACTIVITY_SECONDS = 180;

/** Models that are gone or going, by what comes next to them (elevenlabs.io/docs/overview/models, October 2026). */
const SUCCESSORS: Record<string, string> = {
  eleven_monolingual_v1: DEFAULT_MODEL,
  eleven_multilingual_v1: 'eleven_multilingual_v2',
  eleven_turbo_v2: 'eleven_flash_v2',
  eleven_turbo_v2_5: DEFAULT_MODEL,
};

/** It speaks English only. */
const ENGLISH_MODEL = 'eleven_flash_v2';

export function elevenLabsModel(voice: Voice): string {
  const model = voice.model === null ? DEFAULT_MODEL : (SUCCESSORS[voice.model] ?? voice.model);
  return model === ENGLISH_MODEL && languageOf(voice) !== 'en' ? DEFAULT_MODEL : model;
}
const languageOf = (voice: Voice): string => vendorLanguage(voice.language);

/** Models that stream-input does not know: they are asked over HTTP, sentence by sentence. */
export const overHttpOnly = (model: string): boolean => /^eleven_v3/.test(model);

/** The large models read numbers well, the quick ones do not (elevenlabs.io/docs, normalization). */
export const readsNumbers = (model: string): boolean => /multilingual|_v3/.test(model);

export interface ElevenLabsFormat {
  name: string;
  sampleRate: number;
  decoder(): SoundDecoder;
}

/** What is asked for so that nothing is converted twice: µ-law for a telephone, else PCM at the rate wanted or the next above. */
export function elevenLabsFormat(wanted: number): ElevenLabsFormat {
  if (wanted === 8000) return { name: 'ulaw_8000', sampleRate: 8000, decoder: () => decodeUlawBytes };
  const sampleRate = RATES.find((rate) => rate >= wanted) ?? 48_000;
  return { name: `pcm_${sampleRate}`, sampleRate, decoder: createPcmDecoder };
}

/** The address of one utterance: ElevenLabs takes all its settings there. */
export function streamInputAddress(baseUrl: string, voice: Voice): URL {
  const address = new URL(`/v1/text-to-speech/${encodeURIComponent(voice.id || DEFAULT_VOICE)}/stream-input`, baseUrl);
  address.protocol = address.protocol.replace('http', 'ws');
  const query = address.searchParams;
  const model = elevenLabsModel(voice);
  query.set('model_id', model);
  query.set('output_format', elevenLabsFormat(voice.sampleRate).name);
  const language = languageCode(model, voice);
  if (language) query.set('language_code', language);
  // Whole sentences are sent: each is spoken at once.
  query.set('auto_mode', 'true');
  query.set('sync_alignment', 'true');
  query.set('inactivity_timeout', `${INACTIVITY_SECONDS}`);
  return address;
}

/** Other models refuse it: they find the language out themselves. */
const languageCode = (model: string, voice: Voice): string | null => (model.endsWith('_v2_5') ? languageOf(voice) : null);

/** The address of one sentence over HTTP. */
export function streamAddress(baseUrl: string, voice: Voice): URL {
  const address = new URL(`/v1/text-to-speech/${encodeURIComponent(voice.id || DEFAULT_VOICE)}/stream`, baseUrl);
  address.searchParams.set('output_format', elevenLabsFormat(voice.sampleRate).name);
  return address;
}

/** The request for one sentence; what was said before keeps the tone, where the model can be told. */
export function streamBody(voice: Voice, text: string, before: string): Record<string, unknown> {
  const model = elevenLabsModel(voice);
  const language = languageCode(model, voice);
  return {
    text,
    model_id: model,
    ...(language && { language_code: language }),
    ...(before !== '' && !overHttpOnly(model) && { previous_text: before }),
  };
}
