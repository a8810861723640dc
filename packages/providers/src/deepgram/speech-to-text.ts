import { type Clock, encodeUlaw, ProviderError, type SpeechToText, systemClock } from '@talkturo/voice';
import { bytesOf } from '../wire/sound-bytes.ts';
import { openTranscriptionStream, type TranscriptionWire } from '../wire/transcription-stream.ts';
import { fluxReader } from './flux-reader.ts';
import { DEEPGRAM_URL, deepgramEncoding, deepgramModel, isFlux, listenAddress } from './listen-address.ts';
import { novaReader } from './nova-reader.ts';

export interface DeepgramOptions {
  apiKey: string;
  /** Another region or an installation of one's own: "https://api.eu.deepgram.com". */
  baseUrl?: string | undefined;
  clock?: Clock;
}

/**
 * Deepgram closes after 10 s without sound; it advises a sign of life every 3 to 5 s, which counts once there was sound: a
 * connection that is opened while the telephone rings needs some. Flux knows no such sign.
 */
const KEEP_ALIVE_MS = 4000;
/** What Deepgram advises for Flux; nova takes the frames as they come. */
const FLUX_MESSAGE_MS = 80;
const FAREWELL = '{"type":"CloseStream"}';

function closing(code: number, reason: string): ProviderError {
  // DATA-0000: it cannot make sound of what we send.
  const kind = code === 1008 ? 'protocol' : 'unavailable';
  return new ProviderError('deepgram', kind, `deepgram closed the connection (${code}${reason ? ` ${reason}` : ''}).`);
}

/** Deepgram: nova-2 and nova-3, and Flux, which decides turns itself. */
export function createDeepgram({ apiKey, baseUrl = DEEPGRAM_URL, clock = systemClock }: DeepgramOptions): SpeechToText {
  return {
    id: 'deepgram',
    capabilities: { wants: 'any', endOfTurn: true, segmented: false, languages: 'any' },
    modelFor: deepgramModel,
    open({ signal, ...options }) {
      const flux = isFlux(options.model);
      const ulaw = deepgramEncoding(options.sampleRate) === 'mulaw';
      const wire: TranscriptionWire = {
        provider: 'deepgram',
        address: listenAddress(baseUrl, options),
        headers: { authorization: `Token ${apiKey}` },
        sampleRate: options.sampleRate,
        encode: ulaw ? (pcm) => encodeUlaw(pcm) : bytesOf,
        messageMs: flux ? FLUX_MESSAGE_MS : 0,
        keepAlive: { everyMs: KEEP_ALIVE_MS, message: flux ? null : '{"type":"KeepAlive"}', afterSound: true },
        farewell: FAREWELL,
        endOfTurn: flux,
        reader: flux ? fluxReader : novaReader,
        closing,
      };
      return openTranscriptionStream(wire, signal, clock);
    },
  };
}
