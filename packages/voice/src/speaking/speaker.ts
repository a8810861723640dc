import { FRAME_MS, samplesPerFrame } from '../audio/index.ts';
import { ABORTED, type Clock } from '../ports/index.ts';
import { createSegment, type Segment } from './segment.ts';
import { createSentenceCutter } from './sentences.ts';
import { createSpokenForm } from './spoken-form.ts';
import { tickerOf } from './ticker.ts';
import type { Voicing } from './voicing.ts';

/** Nothing said, nothing sent, nothing awaited for this long: the speech is broken and ends. */
const STUCK_MS = 15_000;
/** The far end's buffer may hold sound this long after it should have been heard. */
const FAR_END_MS = 500;
/** An interrupted word is said again from this far back, so that it is whole. */
const RESUME_BACK_MS = 200;

export interface SpeakerOptions {
  clock: Clock;
  sampleRate: number;
  language: string;
  leadMs: number;
  voicing: Voicing;
  /** Sound for the caller, in whole frames; `playsAtMs` is the clock time at which the caller begins to hear it. */
  send: (pcm: Int16Array, playsAtMs: number) => void;
  /** What was sent and not yet heard must not be heard. */
  clear: () => void;
}

export interface SpeechListener {
  /** The first sound of the reply (or of a filler before it) was sent. */
  audible(filler: boolean): void;
  /** The first sound of the reply came from the voice. */
  arrived(): void;
  /** Over: the caller has heard it to the end, or no voice could say it. */
  over(outcome: 'heard' | 'failed'): void;
}

/** One turn of the assistant as sound. */
export interface Speech {
  /** Text of the reply as it comes. */
  push(text: string): void;
  /** The text is complete. */
  end(): void;
  /** Says something to bridge the wait, before any reply sound that has not been sent yet. */
  fill(text: string): void;
  /** Falls silent at once, ready to go on where the caller last heard. */
  pause(): void;
  resume(): void;
  /** Over at once; no more call-backs. */
  cut(): void;
  /** The part of the reply that the caller has heard by now. */
  heard(): string;
  /** Everything the caller has heard by now, fillers too. */
  heardAll(): string;
  /** When the caller began to hear it and when the last sound so far ends, by the clock; null before any sound. */
  readonly span: { startMs: number; endMs: number } | null;
}

export interface Speaker {
  /** Begins a speech; the one before must be over. */
  begin(listener: SpeechListener): Speech;
  /** Clock time at which everything sent so far has been heard. */
  readonly playoutEndMs: number;
}

/** Builds what turns text into paced sound and knows what was heard of it. */
export function createSpeaker(options: SpeakerOptions): Speaker {
  const { clock, sampleRate, voicing } = options;
  const frameSamples = samplesPerFrame(sampleRate);
  const samplesPerMs = sampleRate / 1000;
  let playoutEndMs = 0;

  function begin(listener: SpeechListener): Speech {
    const segments: Segment[] = [];
    const abort = new AbortController();
    const cutter = createSentenceCutter();
    let form = createSpokenForm(options.language);
    /** The segment being sent. */
    let playing = 0;
    /** The reply segment that takes text, where the voice streams. */
    let streaming: Segment | null = null;
    const waiting: { segment: Segment; spoken: string }[] = [];
    let voicingNow = false;
    let paused = false;
    let done = false;
    let ended = false;
    let heardSomething: 'nothing' | 'filler' | 'reply' = 'nothing';
    let arrivedOnce = false;
    let span: { startMs: number; endMs: number } | null = null;
    let progressAt = clock.now();
    const leave = tickerOf(clock).add(tick);

    function finish(outcome: 'heard' | 'failed' | 'cut'): void {
      if (done) return;
      done = true;
      leave();
      abort.abort(ABORTED);
      for (const segment of segments) segment.feed.end();
      if (outcome !== 'cut') listener.over(outcome);
    }

    function arrived(segment: Segment): void {
      if (done) return;
      progressAt = clock.now();
      if (!segment.filler && !arrivedOnce) {
        arrivedOnce = true;
        listener.arrived();
      }
      pump();
    }

    /** Sends what is due: never more than the lead ahead of what the caller hears. */
    function pump(): void {
      if (paused || done) return;
      for (let segment = segments[playing]; segment; segment = segments[playing]) {
        if (segment.filler && segment.sound.sent === 0 && arrivedOnce) {
          // The answer is there before the words that were to bridge the wait for it.
          playing++;
          continue;
        }
        const now = clock.now();
        const aheadMs = Math.max(0, playoutEndMs - now);
        const due = Math.floor((options.leadMs - aheadMs + 0.5) / FRAME_MS) * frameSamples;
        if (due <= 0) return;
        const whole = segment.sound.waiting - (segment.sound.waiting % frameSamples);
        const count = whole > 0 ? Math.min(due, whole) : segment.complete ? segment.sound.waiting : 0;
        if (count > 0) transmit(segment, count, Math.max(now, playoutEndMs));
        else if (!segment.complete) return;
        if (segment.complete && segment.sound.waiting === 0) playing++;
        else if (count === 0) return;
        if (done) return;
      }
    }

    function transmit(segment: Segment, samples: number, playsAtMs: number): void {
      playoutEndMs = playsAtMs + samples / samplesPerMs;
      if (span) span.endMs = playoutEndMs;
      else span = { startMs: playsAtMs, endMs: playoutEndMs };
      progressAt = playoutEndMs;
      options.send(segment.sound.take(samples), playsAtMs);
      segment.sound.release((options.leadMs + RESUME_BACK_MS) * samplesPerMs);
      const reached = segment.filler ? 'filler' : 'reply';
      if (heardSomething === 'reply' || heardSomething === reached) return;
      heardSomething = reached;
      listener.audible(segment.filler);
    }

    function tick(): void {
      if (done) return;
      pump();
      if (done || paused) return;
      const now = clock.now();
      const drained = ended && waiting.length === 0 && playing >= segments.length && !voicingNow;
      if (drained && now >= playoutEndMs) {
        finish('heard');
        return;
      }
      // The watchdog: whatever else goes wrong, the assistant is not "speaking" in silence for ever.
      if (ended && now - progressAt > STUCK_MS) finish('failed');
    }

    /** Has segments spoken one after the other, each in the voice that is left. */
    async function work(): Promise<void> {
      if (voicingNow) return;
      voicingNow = true;
      for (let next = waiting.shift(); next && !done; next = waiting.shift()) {
        if (!(await voiceToEnd(next.segment, next.spoken))) return;
      }
      voicingNow = false;
    }

    async function voiceToEnd(segment: Segment, spoken: string | null): Promise<boolean> {
      const left = await voicing.speak(segment, spoken, abort.signal, () => arrived(segment));
      if (done) return false;
      if (left === null) {
        segment.finish();
        finish('failed');
        return false;
      }
      if (left !== '') replace(segment, left);
      segment.finish();
      pump();
      return true;
    }

    /** A voice failed in the middle: what it did not say is a new segment right behind, for the next voice. */
    function replace(segment: Segment, left: string): void {
      const rest = createSegment(sampleRate, segment.filler);
      segment.text = segment.text.slice(0, segment.text.length - left.length);
      rest.text = left;
      segments.splice(segments.indexOf(segment) + 1, 0, rest);
      form = createSpokenForm(options.language);
      if (segment !== streaming) {
        rest.textEnded = true;
        waiting.unshift({ segment: rest, spoken: form.push(left) + form.rest() });
        void work();
        return;
      }
      rest.textEnded = segment.textEnded;
      streaming = rest;
      if (!voicing.streaming) {
        turnToSentences(rest);
        return;
      }
      rest.feed.put(form.push(left));
      if (rest.textEnded) {
        rest.feed.put(form.rest());
        rest.feed.end();
      }
      void voiceToEnd(rest, null);
    }

    /** The voice that is left does not stream: the text so far goes sentence by sentence, and so does what still comes. */
    function turnToSentences(segment: Segment): void {
      segments.splice(segments.indexOf(segment), 1);
      const whole = segment.textEnded;
      streaming = null;
      sentences(cutter.push(segment.text));
      if (whole) sentences([cutter.rest()]);
    }

    function sentences(texts: readonly string[]): void {
      for (const text of texts) {
        if (text.trim() === '') {
          const last = segments.at(-1);
          if (last && text !== '') last.text += text;
          continue;
        }
        const segment = createSegment(sampleRate, false);
        segment.text = text;
        segment.textEnded = true;
        segments.push(segment);
        waiting.push({ segment, spoken: form.push(text) + form.rest() });
      }
      void work();
    }

    function stream(text: string): void {
      if (!streaming) {
        streaming = createSegment(sampleRate, false);
        segments.push(streaming);
        void voiceToEnd(streaming, null);
      }
      streaming.text += text;
      const spoken = form.push(text);
      if (spoken !== '') streaming.feed.put(spoken);
    }

    /** What was sent and not yet heard is dropped at the far end. */
    function silence(): void {
      const now = clock.now();
      // By our clock it may all have been heard, but the far end's buffer runs a little behind.
      if (!span || now - playoutEndMs > FAR_END_MS) return;
      options.clear();
      playoutEndMs = Math.min(playoutEndMs, now);
      span.endMs = playoutEndMs;
    }

    /** Takes back the last `ms` of what was sent, in whole frames. */
    function rewind(ms: number): void {
      let back = Math.ceil(ms / FRAME_MS) * frameSamples;
      for (let i = Math.min(playing, segments.length - 1); i >= 0 && back > 0; i--) {
        const rewound = segments[i]!.sound.rewind(back);
        back -= rewound;
        if (rewound > 0) playing = i;
      }
    }

    /** How much of the sound sent of each segment was not heard, last first. */
    function collect(which: (segment: Segment) => boolean): string {
      let unheardMs = Math.max(0, playoutEndMs - clock.now());
      let text = '';
      for (let i = Math.min(playing, segments.length - 1); i >= 0; i--) {
        const segment = segments[i]!;
        const sentMs = segment.sound.sent / samplesPerMs;
        const missing = Math.min(unheardMs, sentMs);
        unheardMs -= missing;
        if (which(segment)) text = segment.heard(missing) + text;
      }
      return text;
    }

    return {
      push(text) {
        if (done || ended || text === '') return;
        progressAt = Math.max(progressAt, clock.now());
        if (streaming || (voicing.streaming && waiting.length === 0 && !voicingNow)) stream(text);
        else sentences(cutter.push(text));
      },
      end() {
        if (done || ended) return;
        ended = true;
        progressAt = Math.max(progressAt, clock.now());
        if (streaming) {
          const rest = form.rest();
          if (rest !== '') streaming.feed.put(rest);
          streaming.textEnded = true;
          streaming.feed.end();
        } else sentences([cutter.rest()]);
      },
      fill(text) {
        if (done) return;
        const segment = createSegment(sampleRate, true);
        segment.text = `${text} `;
        segment.textEnded = true;
        const at = segments.findIndex((other, i) => i >= playing && other.sound.length === 0);
        segments.splice(at < 0 ? segments.length : at, 0, segment);
        void voiceToEnd(segment, text);
      },
      pause() {
        if (paused || done) return;
        paused = true;
        const unheardMs = playoutEndMs - clock.now();
        silence();
        if (unheardMs > 0) rewind(unheardMs);
      },
      resume() {
        if (!paused || done) return;
        paused = false;
        progressAt = clock.now();
        if (span) rewind(RESUME_BACK_MS);
        pump();
      },
      cut() {
        if (done) return;
        silence();
        finish('cut');
      },
      heard: () => collect((segment) => !segment.filler),
      heardAll: () => collect(() => true),
      get span() {
        return span;
      },
    };
  }

  return {
    begin,
    get playoutEndMs() {
      return playoutEndMs;
    },
  };
}
