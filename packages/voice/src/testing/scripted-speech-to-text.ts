import { durationMs } from '../audio/index.ts';
import type { Clock, SpeechToText, SpeechToTextCapabilities, TranscriptEvent } from '../ports/index.ts';
import { ProviderError } from '../ports/index.ts';
import { createAsyncQueue } from './async-queue.ts';
import { createSoundReader } from './speech-code.ts';

export interface ScriptedSpeechToTextOptions {
  id?: string;
  capabilities?: Partial<SpeechToTextCapabilities>;
  /** Silence after speech at which a streaming transcriber sends its final. */
  finalAfterMs?: number;
  /** How often partials come while somebody speaks; 0: none. */
  partialEveryMs?: number;
  /** How long a segmented transcriber takes for a segment. */
  latencyMs?: number;
  /** `refuses`: cannot be opened. `stalls`: opens and never answers. `dies`: breaks at the first word. `closes`: ends at the first word. */
  behaves?: 'well' | 'refuses' | 'stalls' | 'dies' | 'closes';
  /** Opening takes this long. */
  openAfterMs?: number;
}

/** A transcriber that reads the text off the sound (see `soundOf`), with the habits it is told to have. */
export interface ScriptedSpeechToText extends SpeechToText {
  /** Ms of sound written to all its streams. */
  readonly heardMs: number;
  readonly opened: number;
  readonly openNow: number;
  readonly activity: readonly string[];
  behaves: NonNullable<ScriptedSpeechToTextOptions['behaves']>;
}

export function createScriptedSpeechToText(clock: Clock, options: ScriptedSpeechToTextOptions = {}): ScriptedSpeechToText {
  const { finalAfterMs = 100, partialEveryMs = 300, latencyMs = 80, openAfterMs = 0, id = 'scripted-stt' } = options;
  const capabilities: SpeechToTextCapabilities = {
    wants: 'any',
    endOfTurn: false,
    segmented: false,
    languages: 'any',
    ...options.capabilities,
  };
  const seen = { heardMs: 0, opened: 0, openNow: 0, activity: [] as string[] };
  const self: ScriptedSpeechToText = {
    id,
    capabilities,
    behaves: options.behaves ?? 'well',
    get heardMs() {
      return seen.heardMs;
    },
    get opened() {
      return seen.opened;
    },
    get openNow() {
      return seen.openNow;
    },
    get activity() {
      return seen.activity;
    },
    async open({ sampleRate, signal }) {
      if (self.behaves === 'refuses') throw new ProviderError(id, 'unavailable', 'The transcriber cannot be reached.');
      if (openAfterMs > 0) await new Promise<void>((resolve) => clock.setTimer(openAfterMs, resolve));
      seen.opened++;
      seen.openNow++;
      const events = createAsyncQueue<TranscriptEvent>();
      const reader = createSoundReader(sampleRate);
      let samples = 0;
      let startMs = 0;
      let speechMs = 0;
      let silenceMs = 0;
      let lastSpeechMs = 0;
      let nextPartialMs = partialEveryMs;
      let closed = false;
      const broken = (): boolean => {
        if (self.behaves === 'dies') events.fail(new ProviderError(id, 'unavailable', 'The connection broke.'));
        if (self.behaves === 'closes') events.end();
        return self.behaves !== 'well';
      };
      const final = () => {
        const text = reader.text.trim();
        reader.reset();
        if (speechMs === 0) return;
        speechMs = 0;
        nextPartialMs = partialEveryMs;
        events.put({ type: 'final', text, startMs, endMs: lastSpeechMs, confidence: 0.9 });
        if (capabilities.endOfTurn) events.put({ type: 'end-of-turn' });
      };
      const close = () => {
        if (closed) return;
        closed = true;
        seen.openNow--;
        events.end();
      };
      signal.addEventListener('abort', close, { once: true });
      return {
        write(pcm) {
          if (closed) return;
          samples += pcm.length;
          const nowMs = durationMs(samples, sampleRate);
          const frameMs = durationMs(pcm.length, sampleRate);
          seen.heardMs += frameMs;
          reader.read(pcm);
          if (pcm[pcm.length >> 1] === 0) {
            silenceMs += frameMs;
            if (!capabilities.segmented && speechMs > 0 && silenceMs >= finalAfterMs && !broken()) final();
            return;
          }
          if (speechMs === 0) startMs = nowMs - frameMs;
          speechMs += frameMs;
          silenceMs = 0;
          lastSpeechMs = nowMs;
          if (broken() || capabilities.segmented || partialEveryMs === 0 || speechMs < nextPartialMs) return;
          nextPartialMs += partialEveryMs;
          events.put({ type: 'partial', text: reader.text.trim(), startMs, endMs: nowMs });
        },
        activity(event) {
          seen.activity.push(event.type);
          if (!capabilities.segmented || closed || event.type !== 'end') return;
          clock.setTimer(latencyMs, () => {
            if (!broken()) final();
          });
        },
        close,
        [Symbol.asyncIterator]: () => events[Symbol.asyncIterator](),
      };
    },
  };
  return self;
}
