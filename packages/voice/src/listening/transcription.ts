import { createResampler, durationMs, type Resampler } from '../audio/index.ts';
import {
  ABORTED,
  type Clock,
  ProviderError,
  type SpeechToText,
  type Timer,
  type TranscriptEvent,
  type TranscriptStream,
} from '../ports/index.ts';

/** A vendor that cannot be opened within this time is passed over. */
const OPEN_DEADLINE_MS = 5000;
/** Sound kept for the time until a stream is open, and for a fallback to hear the turn from its start. */
const KEPT_MS = 15_000;
/** Between turns only what a detector may notice late. */
const KEPT_BETWEEN_MS = 1000;
/** A stream that worked this long before it broke is opened again rather than given up. */
const PROVEN_MS = 10_000;

export interface TranscriptionOptions {
  clock: Clock;
  /** In order of preference. */
  transcribers: readonly SpeechToText[];
  /** Hz of the frames. */
  sampleRate: number;
  model: string | null;
  language: string;
  hints: readonly string[];
  /** Times are in the call's stream time, whichever vendor speaks. */
  heard: (event: TranscriptEvent) => void;
  /** A vendor failed; `next` takes its place (itself, where it is tried again), null: none is left. */
  failed: (provider: string, error: unknown, next: string | null) => void;
  /** What a stream took, told when it is closed. */
  used: (heard: SoundUsed) => void;
}

/** What one stream of a transcriber took: seconds of the sound it was sent, or of its being open where its vendor charges that. */
export interface SoundUsed {
  provider: string;
  /** The model that has heard. */
  model: string | null;
  seconds: number;
}

/** One call's transcription, whoever does it: opened ahead, handed on when a vendor fails. */
export interface Transcription {
  readonly segmented: boolean;
  readonly endOfTurn: boolean;
  /** Another one could take over. */
  readonly replaceable: boolean;
  write(frame: Int16Array): void;
  activity(type: 'start' | 'pause' | 'resume' | 'end', startMs: number, endMs: number): void;
  /** The turn is over: the sound kept for a fallback may go. */
  forget(): void;
  /** The vendor did not answer in time. Answers whether another one takes over; the last one goes on. */
  giveUp(message: string): boolean;
  close(): void;
}

export function createTranscription(options: TranscriptionOptions): Transcription {
  const { clock, transcribers, sampleRate } = options;
  let index = 0;
  let stream: TranscriptStream | null = null;
  let abort = new AbortController();
  let resampler: Resampler | null = null;
  let offsetMs = 0;
  let writtenMs = 0;
  let kept: Int16Array[] = [];
  let keptMs = 0;
  let openedAt = 0;
  /** Sound that the present stream was sent. */
  let handedMs = 0;
  let closed = false;
  let generation = 0;
  let openTimer: Timer | null = null;
  /** The last thing told about the current segment, told again to a stream that opens later. */
  let segment: { type: 'start' | 'pause' | 'resume' | 'end'; startMs: number; endMs: number } | null = null;

  const current = () => transcribers[index];
  const keep = (frame: Int16Array) => {
    kept.push(frame.slice());
    keptMs += durationMs(frame.length, sampleRate);
    const enoughMs = segment || !stream ? KEPT_MS : KEPT_BETWEEN_MS;
    while (keptMs > enoughMs) keptMs -= durationMs(kept.shift()!.length, sampleRate);
  };
  const tell = (type: 'start' | 'pause' | 'resume' | 'end', startMs: number, endMs: number) =>
    stream?.activity?.({ type, startMs: Math.max(0, startMs - offsetMs), endMs: Math.max(0, endMs - offsetMs) });

  function end(): void {
    openTimer?.cancel();
    abort.abort(ABORTED);
    const transcriber = current();
    if (stream && transcriber) {
      const { model, language } = options;
      options.used({
        provider: transcriber.id,
        model: transcriber.modelFor?.(model, language) ?? model,
        seconds: (transcriber.capabilities.chargesOpenTime ? clock.now() - openedAt : handedMs) / 1000,
      });
    }
    stream?.close();
    stream = null;
  }

  function fail(error: unknown, again: boolean): boolean {
    const transcriber = current();
    if (closed || !transcriber) return false;
    generation++;
    end();
    if (!again) index++;
    const next = current();
    options.failed(transcriber.id, error, next?.id ?? null);
    if (next) open(next);
    return next !== undefined;
  }

  function open(transcriber: SpeechToText): void {
    const mine = ++generation;
    const { wants } = transcriber.capabilities;
    const rate = wants === 'any' ? sampleRate : wants;
    abort = new AbortController();
    resampler = rate === sampleRate ? null : createResampler(sampleRate, rate);
    openTimer = clock.setTimer(OPEN_DEADLINE_MS, () => {
      if (mine === generation) fail(new ProviderError(transcriber.id, 'timeout', 'The transcriber did not open in time.'), false);
    });
    const { model, language, hints } = options;
    transcriber.open({ model, language, hints, sampleRate: rate, signal: abort.signal }).then(
      (opened) => {
        if (mine !== generation || closed) return opened.close();
        openTimer?.cancel();
        openedAt = clock.now();
        begin(opened, mine);
      },
      (error: unknown) => {
        if (mine === generation) fail(error, false);
      },
    );
  }

  function begin(opened: TranscriptStream, mine: number): void {
    stream = opened;
    handedMs = 0;
    offsetMs = writtenMs - keptMs;
    for (const frame of kept) hand(frame);
    if (segment) {
      tell('start', segment.startMs, segment.startMs);
      if (segment.type === 'end') tell('end', segment.startMs, segment.endMs);
    }
    if (index >= transcribers.length - 1) forget();
    void listen(opened, mine);
  }

  async function listen(opened: TranscriptStream, mine: number): Promise<void> {
    let failure: unknown = new ProviderError(current()?.id ?? '', 'unavailable', 'The transcriber ended the stream.');
    try {
      for await (const event of opened) {
        if (mine !== generation || closed) return;
        options.heard(
          event.type === 'end-of-turn' || offsetMs === 0
            ? event
            : { ...event, startMs: event.startMs + offsetMs, endMs: event.endMs + offsetMs },
        );
      }
    } catch (error) {
      failure = error;
    }
    if (mine === generation) fail(failure, clock.now() - openedAt >= PROVEN_MS);
  }

  function hand(frame: Int16Array): void {
    if (!stream) return;
    handedMs += durationMs(frame.length, sampleRate);
    stream.write(resampler ? resampler.process(frame) : frame);
  }
  function forget(): void {
    kept = [];
    keptMs = 0;
  }

  const first = current();
  if (first) open(first);
  else options.failed('', new ProviderError('', 'unavailable', 'No transcriber is configured.'), null);

  return {
    get segmented() {
      return current()?.capabilities.segmented ?? false;
    },
    get endOfTurn() {
      return stream?.endOfTurn ?? current()?.capabilities.endOfTurn ?? false;
    },
    get replaceable() {
      return index < transcribers.length - 1;
    },
    write(frame) {
      if (closed) return;
      writtenMs += durationMs(frame.length, sampleRate);
      if (!stream || index < transcribers.length - 1) keep(frame);
      hand(frame);
    },
    activity(type, startMs, endMs) {
      // Only who is cut by us needs to know of pauses.
      if ((type === 'pause' || type === 'resume') && !current()?.capabilities.segmented) return;
      segment = { type, startMs, endMs };
      tell(type, startMs, endMs);
    },
    forget() {
      segment = null;
      if (stream) forget();
    },
    giveUp(message) {
      const { id } = current() ?? { id: '' };
      const error = new ProviderError(id, 'timeout', message);
      if (index < transcribers.length - 1) return fail(error, false);
      // Slow once is better than nobody: the last one is kept.
      options.failed(id, error, id);
      return false;
    },
    close() {
      if (closed) return;
      closed = true;
      end();
      forget();
    },
  };
}
