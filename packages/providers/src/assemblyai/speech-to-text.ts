import { type Clock, encodeUlaw, type SpeechToText, systemClock } from '@talkturo/voice';
import { bytesOf } from '../wire/sound-bytes.ts';
import { openTranscriptionStream } from '../wire/transcription-stream.ts';
import { ASSEMBLYAI_URL, assemblyEncoding, assemblyModel, streamAddress } from './stream-address.ts';
import { assemblyError, turnReader } from './turn-reader.ts';

export interface AssemblyAiOptions {
  apiKey: string;
  /** Another region: "https://streaming.eu.assemblyai.com". */
  baseUrl?: string | undefined;
  clock?: Clock;
}

/** AssemblyAI takes messages of 50 to 1000 ms; frames of 20 ms make 60. */
const MESSAGE_MS = 50;
const KEEP_ALIVE_MS = 5000;

/** AssemblyAI Universal-Streaming (v3), which decides turns itself. */
export function createAssemblyAi({ apiKey, baseUrl = ASSEMBLYAI_URL, clock = systemClock }: AssemblyAiOptions): SpeechToText {
  return {
    id: 'assemblyai',
    // https://www.assemblyai.com/docs/faq/how-does-universal-streaming-session-based-pricing-work (November 2026); the sheet is silent.
    capabilities: { wants: 'any', endOfTurn: true, segmented: false, chargesOpenTime: true, languages: 'any' },
    modelFor: assemblyModel,
    open({ signal, ...options }) {
      const { sampleRate } = options;
      return openTranscriptionStream(
        {
          provider: 'assemblyai',
          address: streamAddress(baseUrl, options),
          headers: { authorization: apiKey },
          sampleRate,
          encode: assemblyEncoding(sampleRate) === 'pcm_mulaw' ? (pcm) => encodeUlaw(pcm) : bytesOf,
          messageMs: MESSAGE_MS,
          wholeMessages: true,
          keepAlive: { message: '{"type":"KeepAlive"}', everyMs: KEEP_ALIVE_MS },
          farewell: '{"type":"Terminate"}',
          endOfTurn: true,
          reader: turnReader,
          closing: assemblyError,
        },
        signal,
        clock,
      );
    },
  };
}
