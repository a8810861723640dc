import type { TranscriptEvent, TranscriptStream } from '@talkturo/voice';
import { createEventQueue } from '../../wire/event-queue.ts';
import { createSoundRing } from './sound-ring.ts';
import type { Transcription, TranscriptionJob } from './transcription-job.ts';

/** Null: it was aborted, or, being optional, dropped. */
export type Transcribe = (job: TranscriptionJob, options: { optional: boolean; signal: AbortSignal }) => Promise<Transcription | null>;

/** Sound before the detected start that is heard too: detectors miss soft first consonants. */
const PRE_ROLL_MS = 300;
/**
 * Sound heard after the end that was told (the engine's own end lies some 120 ms after the last speech already): with 60–200 ms
 * in all single words are recognised best; the silence that ended the turn only confuses the model.
 */
const TAIL_MS = 60;
/** The model was made for short utterances: longer ones are cut at their quietest point between these. */
const CUT_EARLIEST_MS = 10_000;
const CUT_LATEST_MS = 15_000;
/** An eager transcription stands when the speech turned out to end within this of what it heard. */
const SAME_END_MS = 60;
const HELD_SECONDS = 20;

interface Eager {
  endMs: number;
  abort: AbortController;
  result: Promise<Transcription | null>;
}

/**
 * One call's transcription, cut by the engine's voice activity: an eager run at each pause, its result kept if the speech
 * really ended there. Finals come in the order of the speech. A transcription that fails ends the iteration with its error.
 */
export function createTranscriptStream(sampleRate: number, transcribe: Transcribe, signal: AbortSignal): TranscriptStream {
  const ring = createSoundRing(sampleRate, HELD_SECONDS);
  const events = createEventQueue<TranscriptEvent>();
  const closed = new AbortController();
  let segment: { startMs: number; fromMs: number } | null = null;
  let eager: Eager | null = null;
  /** Sound before this belongs to a final already. */
  let takenMs = 0;
  let finals: Promise<void> = Promise.resolve();

  function run(fromMs: number, endMs: number, optional: boolean, abort?: AbortController): Promise<Transcription | null> {
    const pcm = ring.copy(fromMs, endMs + TAIL_MS);
    const result = transcribe(
      { pcm, sampleRate },
      { optional, signal: abort ? AbortSignal.any([closed.signal, abort.signal]) : closed.signal },
    );
    // Finals report its failure in their turn; an eager run that fails was only an attempt.
    result.catch(() => {});
    return result;
  }

  function dropEager(): void {
    eager?.abort.abort();
    eager = null;
  }

  function commit(startMs: number, endMs: number, result: Promise<Transcription | null>, again: () => Promise<Transcription | null>): void {
    finals = finals.then(async () => {
      try {
        const heard = (await result.catch(() => null)) ?? (await again());
        if (!heard) return;
        const { text, confidence } = heard;
        events.push(text ? { type: 'final', text, startMs, endMs, confidence } : { type: 'final', text, startMs, endMs });
      } catch (error) {
        events.fail(error);
        stop();
      }
    });
  }

  function pause(endMs: number): void {
    if (!segment) return;
    dropEager();
    const { startMs, fromMs } = segment;
    const abort = new AbortController();
    const attempt: Eager = { endMs, abort, result: run(fromMs, endMs, true, abort) };
    eager = attempt;
    const tell = async () => {
      const heard = await attempt.result.catch(() => null);
      if (heard?.text && eager === attempt) events.push({ type: 'partial', text: heard.text, startMs, endMs });
    };
    void tell();
  }

  function end(startMs: number, endMs: number): void {
    const { fromMs } = segment ?? open(startMs);
    const kept = eager && Math.abs(eager.endMs - endMs) <= SAME_END_MS ? eager : null;
    if (!kept) dropEager();
    eager = null;
    segment = null;
    const pcm = ring.copy(fromMs, endMs + TAIL_MS);
    const fresh = () => transcribe({ pcm, sampleRate }, { optional: false, signal: closed.signal });
    const result = kept ? kept.result : fresh();
    result.catch(() => {});
    commit(startMs, endMs, result, kept ? fresh : () => result);
    takenMs = endMs + TAIL_MS;
  }

  function open(startMs: number) {
    return { startMs, fromMs: Math.max(startMs - PRE_ROLL_MS, takenMs, 0) };
  }

  function cutLongSpeech(): void {
    if (!segment || ring.writtenMs - segment.fromMs < CUT_LATEST_MS) return;
    dropEager();
    const { startMs, fromMs } = segment;
    const cutMs = ring.quietestMs(fromMs + CUT_EARLIEST_MS, fromMs + CUT_LATEST_MS);
    const result = run(fromMs, cutMs - TAIL_MS, false);
    commit(startMs, cutMs, result, () => result);
    takenMs = cutMs;
    segment = { startMs: cutMs, fromMs: cutMs };
  }

  function stop(): void {
    closed.abort();
    dropEager();
    signal.removeEventListener('abort', close);
  }

  function close(): void {
    events.end();
    stop();
  }

  if (signal.aborted) close();
  signal.addEventListener('abort', close, { once: true });
  return {
    write(pcm) {
      if (events.ended) return;
      ring.write(pcm);
      cutLongSpeech();
    },
    activity({ type, startMs, endMs }) {
      if (events.ended) return;
      if (type === 'start') segment = open(startMs);
      else if (type === 'pause') pause(endMs);
      else if (type === 'resume') dropEager();
      else end(segment?.startMs ?? startMs, endMs);
    },
    close,
    [Symbol.asyncIterator]: () => events[Symbol.asyncIterator](),
  };
}
