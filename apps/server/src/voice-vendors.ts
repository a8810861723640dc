import { createHash } from 'node:crypto';
import { VENDOR_KEYS, VOICE_VENDORS } from '@talkturo/providers';
import { ProviderError, type SpeechChunk, writeWav } from '@talkturo/voice';
import type { ProvidersOf } from './calls/stage-choice.ts';
import type { Config } from './config.ts';
import { AppError, conflict } from './http/app-error.ts';
import { createGuardedFetch } from './http/guarded-fetch.ts';
import { type AccountAccess, sentenceOf } from './integrations/vendor-access.ts';
import type { LibraryFailure, VoiceLibrary } from './integrations/voice-libraries.ts';
import type { VoicePreviewsGround } from './integrations/voice-previews.ts';
import { settingsFor } from './providers.ts';

export interface VoiceVendorsGround {
  config: Config;
  accessOf(accountId: string): Promise<AccountAccess>;
  providersOf: ProvidersOf;
  /** Instead of the network, in tests. */
  fetch?: typeof fetch | undefined;
}

/** A minute of MP3 at 128 kbit/s. */
const MOST_SAMPLE_BYTES = 1_000_000;
const DEADLINE_MS = 10_000;
const SAMPLE_RATE = 24_000;
const LONGEST_SECONDS = 20;

/** What the voice library needs of vendors: their lists, their samples, and a sentence spoken. */
export function createVoiceVendors({ config, accessOf, providersOf, fetch }: VoiceVendorsGround) {
  // Where samples lie is the vendor's word.
  const reach = fetch ?? (config.env === 'production' ? createGuardedFetch() : globalThis.fetch);

  async function vendorOf(accountId: string, provider: string) {
    const vendor = VOICE_VENDORS.find(({ id }) => id === provider);
    if (!vendor) return null;
    const settings = settingsFor(config, await accessOf(accountId));
    const key = vendor.key && settings[vendor.key];
    return vendor.key && !key ? null : { library: vendor.create(settings, fetch), key: key ?? '' };
  }

  return {
    async libraryOf(accountId: string, provider: string): Promise<VoiceLibrary | null> {
      const found = await vendorOf(accountId, provider);
      if (!found) return null;
      const identity = createHash('sha256').update(`${provider}\n${found.key}`).digest('base64url');
      return { identity, list: (signal) => found.library.list(signal) };
    },

    async fetchSample(accountId: string, provider: string, url: string): Promise<Uint8Array> {
      const found = await vendorOf(accountId, provider);
      const signal = AbortSignal.timeout(DEADLINE_MS);
      const answer = await reach(url, { headers: found?.library.previewHeaders(url) ?? {}, redirect: 'manual', signal });
      if (!answer.ok) throw new Error(`the sample was answered with ${answer.status}`);
      const pieces: Uint8Array[] = [];
      let bytes = 0;
      for await (const piece of answer.body ?? []) {
        bytes += piece.length;
        if (bytes > MOST_SAMPLE_BYTES) throw new Error('the sample is too large');
        pieces.push(piece);
      }
      return Buffer.concat(pieces);
    },

    speak: async (accountId, provider, { id, name, language }, text) => {
      const resolution = (await providersOf(accountId)).textToSpeech(provider);
      if (!resolution.ok) throw conflict('no_vendor_key', resolution.message);
      try {
        const voice = { model: null, id, name, language, sampleRate: SAMPLE_RATE };
        return await wavOf(resolution.create().speak(text, voice, AbortSignal.timeout(DEADLINE_MS)));
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        throw new AppError('vendor_unavailable', 503, failureOf(error).message);
      }
    },
  } satisfies Pick<VoicePreviewsGround, 'fetchSample' | 'speak'> & { libraryOf: unknown };
}

/** What a failed list means; a bug is none of the vendor's. */
export function failureOf(error: unknown): LibraryFailure {
  if (!(error instanceof ProviderError)) throw error;
  const name = VENDOR_KEYS.find(({ id }) => id === error.provider)?.name ?? error.provider;
  const message = sentenceOf(name, { ok: false, problem: error.kind, said: error.message });
  return { message, passing: error.retryable || error.kind === 'protocol' };
}

async function wavOf(chunks: AsyncIterable<SpeechChunk>): Promise<Uint8Array> {
  const pieces: Int16Array[] = [];
  let rate = SAMPLE_RATE;
  let samples = 0;
  for await (const { pcm, sampleRate } of chunks) {
    pieces.push(pcm);
    rate = sampleRate;
    samples += pcm.length;
    if (samples > LONGEST_SECONDS * sampleRate) break;
  }
  if (samples === 0) throw new AppError('vendor_unavailable', 503, 'The voice said nothing.');
  const sound = new Int16Array(samples);
  let at = 0;
  for (const piece of pieces) {
    sound.set(piece, at);
    at += piece.length;
  }
  return writeWav({ sampleRate: rate, channels: [sound] });
}
