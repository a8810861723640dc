import type { Voice } from '@talkturo/voice';
import { createPcmDecoder, decodeUlawBytes, type SoundDecoder } from '../wire/sound-bytes.ts';
import { vendorLanguage } from '../wire/vendor-language.ts';

export const CARTESIA_URL = 'https://api.cartesia.ai';
/** The shapes of everything here are those of this date. */
export const CARTESIA_VERSION = '2026-08-14';
const CURRENT_MODEL = 'sonic-3';
/**
 * Models that Cartesia has taken out of service on 2026-06-01; assistants keep the names they were made with
 * (docs.cartesia.ai/build-with-cartesia/tts-models/api-changes).
 */
const RETIRED = /^sonic(-english|-multilingual|-preview|-\d{4}-\d{2}-\d{2})?$|^sonic-(2|turbo)-2025-03-07$/;
/** What is left to the models before sonic-3 since that day. */
const OLD = /^sonic-(2|turbo)(-|$)/;
const LEFT_TO_OLD = new Set(['en', 'de', 'es', 'fr', 'ja', 'ko', 'pt', 'zh']);
/** The voice of the built-in templates. */
const DEFAULT_VOICE = 'a0e99841-438c-4a64-b679-ae501e7d6091';
const RATES = [8000, 16_000, 22_050, 24_000, 44_100, 48_000];

export function cartesiaModel(model: string | null, language: string): string {
  const gone = model === null || RETIRED.test(model) || (OLD.test(model) && !LEFT_TO_OLD.has(language));
  return gone ? CURRENT_MODEL : model;
}

export interface CartesiaFormat {
  encoding: 'pcm_mulaw' | 'pcm_s16le';
  sampleRate: number;
  decoder(): SoundDecoder;
}

/** What is asked for so that nothing is converted twice: µ-law for a telephone, else PCM at the rate wanted or the next above. */
export function cartesiaFormat(wanted: number): CartesiaFormat {
  if (wanted === 8000) return { encoding: 'pcm_mulaw', sampleRate: 8000, decoder: () => decodeUlawBytes };
  return { encoding: 'pcm_s16le', sampleRate: RATES.find((rate) => rate >= wanted) ?? 48_000, decoder: createPcmDecoder };
}

/** Everything of a request that is the same for all texts of an utterance, as Cartesia demands. */
export function cartesiaRequest(voice: Voice, { encoding, sampleRate }: CartesiaFormat): Record<string, unknown> {
  const language = vendorLanguage(voice.language);
  return {
    model_id: cartesiaModel(voice.model, language),
    voice: { mode: 'id', id: voice.id || DEFAULT_VOICE },
    language,
    output_format: { container: 'raw', encoding, sample_rate: sampleRate },
    add_timestamps: true,
    // Whole sentences are sent: there is nothing to wait for.
    max_buffer_delay_ms: 0,
  };
}
