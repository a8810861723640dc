import { ABORTED, type Clock, type SpeechChunk } from '../ports/index.ts';
import type { KeptPhrases } from './kept-phrases.ts';
import { createPlayout, type Line } from './playout.ts';
import { createSegment, type Segment } from './segment.ts';
import { createSentenceCutter } from './sentences.ts';
import { createSpokenForm } from './spoken-form.ts';
import type { Ticker } from './ticker.ts';
import type { Voicing } from './voicing.ts';
import { waitingTone } from './waiting-tone.ts';

/** Nothing said, nothing sent, nothing awaited for this long: the speech is broken and ends. */
const STUCK_MS = 15_000;
/** With a filler's own beginning of 0.3 s the caller hears nothing for less than 2.5 s. */
const DRY_MS = 2000;
/** A filler that the voice does not begin within this time is not waited for: a voice that is well begins sooner. */
const FILLER_PATIENCE_MS = 400;
/** Text that is held because it may become something else goes out when nothing came for this long and the caller hears nothing. */
const HELD_MS = 300;

export interface SpeakerOptions {
  clock: Clock;
  sampleRate: number;
  language: string;
  leadMs: number;
  voicing: Voicing;
  /** What can be said though the voice has stalled. */
  kept: Pick<KeptPhrases, 'find'>;
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
  /** The caller has heard all there is for some time, and the text goes on: something should bridge the wait. Told again and again. */
  dry?(): void;
  /** Over: the caller has heard it to the end, or no voice could say it. */
  over(outcome: 'heard' | 'failed'): void;
}

/** Sound that comes spoken already, with its words. */
export interface SpokenSound {
  /** The next words. */
  text(piece: string): void;
  sound(chunk: SpeechChunk): void;
  /** Nothing more comes. */
  end(): void;
  /** How much of it came, and how much of that the caller has heard by now. */
  readonly receivedMs: number;
  readonly heardMs: number;
}

/** One turn of the assistant as sound. */
export interface Speech {
  /** Text of the reply as it comes. */
  push(text: string): void;
  /** A piece of the reply that comes spoken: it is played behind what is there. */
  spoken(): SpokenSound;
  /** The text is complete. */
  end(): void;
  /** Says a fixed text and nothing else: from what is kept of it, else as `push` and `end` do. */
  say(text: string): void;
  /** What there is of the text is said now, though more will come. */
  flush(): void;
  /**
   * Says something to bridge the wait, before any reply sound that has not been sent yet: from what is kept of it, else by the
   * voice, and where that is silent too by a tone.
   */
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

export interface SpeechOptions extends SpeakerOptions {
  line: Line;
  ticker: Ticker;
  listener: SpeechListener;
}

interface Waiting {
  segment: Segment;
  spoken: string;
}

/** Begins a speech: text becomes segments, each is voiced, and the playout paces them. */
export function createSpeech(options: SpeechOptions): Speech {
  const { clock, sampleRate, voicing, line, listener } = options;
  const abort = new AbortController();
  const cutter = createSentenceCutter();
  /** Tells when a voice that streams has something to say. */
  let ahead = createSentenceCutter();
  const waiting: Waiting[] = [];
  const newForm = () => createSpokenForm({ language: options.language, readsNumbers: voicing.readsNumbers });
  let form = newForm();
  /** The reply segment that takes text, where the voice streams. */
  let streaming: Segment | null = null;
  let working = false;
  let done = false;
  let ended = false;
  let arrivedOnce = false;
  let heardSomething: 'nothing' | 'filler' | 'reply' = 'nothing';
  let progressAt = clock.now();
  let toldDryAt = 0;

  const playout = createPlayout({
    ...options,
    sent(segment) {
      progressAt = line.endMs;
      const reached = segment.filler ? 'filler' : 'reply';
      if (heardSomething === 'reply' || heardSomething === reached) return;
      heardSomething = reached;
      listener.audible(segment.filler);
    },
  });
  const leave = options.ticker.add(tick);

  function finish(outcome: 'heard' | 'failed' | 'cut'): void {
    if (done) return;
    done = true;
    leave();
    abort.abort(ABORTED);
    for (const segment of playout.all) segment.feed.end();
    if (outcome !== 'cut') listener.over(outcome);
  }

  function tick(): void {
    if (playout.paused) return;
    playout.pump();
    if (done) return;
    const now = clock.now();
    if (ended && !working && waiting.length === 0 && playout.drained && now >= line.endMs) finish('heard');
    // The watchdog: whatever else goes wrong, the assistant is not "speaking" in silence for ever.
    else if (ended && now - progressAt > STUCK_MS) finish('failed');
    else if (!ended && streaming && playout.span && now - line.endMs >= HELD_MS) letGo(streaming);
    if (!done && playout.span && now - Math.max(line.endMs, toldDryAt) >= DRY_MS) {
      toldDryAt = now;
      listener.dry?.();
    }
  }

  function arrived(segment: Segment): void {
    if (done) return;
    progressAt = clock.now();
    if (!segment.filler) playout.skipFillers(true);
    if (!segment.filler && !arrivedOnce) {
      arrivedOnce = true;
      listener.arrived();
    }
    playout.pump();
  }

  /** Has one segment spoken to its end, by whichever voice. Answers whether the speech goes on. */
  async function voice(segment: Segment, spoken: string | null, signal = abort.signal): Promise<boolean> {
    const left = await voicing.speak(segment, spoken, signal, () => arrived(segment));
    if (done) return false;
    if (left === null) {
      // What no voice has said nobody has heard.
      segment.text = segment.said;
      segment.finish();
      // Without its filler the wait is silent; whether the reply can be said shows itself.
      if (!segment.filler) finish('failed');
      return false;
    }
    if (left !== '') replace(segment, left);
    segment.finish();
    playout.pump();
    return true;
  }

  /** Sound that is there already. */
  function readySegment(text: string, pcm: Int16Array, filler: boolean): Segment {
    const segment = createSegment(sampleRate, filler);
    segment.text = text;
    segment.becomesSpeakable();
    segment.accept({ pcm, sampleRate });
    segment.finish();
    return segment;
  }

  /** A filler by the voice, which may have stalled itself: then a tone takes its place. */
  function askForFiller(text: string, insert: (segment: Segment) => void): void {
    const segment = createSegment(sampleRate, true);
    const own = new AbortController();
    const silentSince = line.endMs;
    segment.text = ` ${text} `;
    segment.textEnded = true;
    segment.becomesSpeakable();
    insert(segment);
    if (voicing.mayAnswer) void voice(segment, text, AbortSignal.any([abort.signal, own.signal]));
    const patience = clock.setTimer(FILLER_PATIENCE_MS, () => {
      if (done || playout.paused || line.endMs !== silentSince || segment.receivedMs > 0) return;
      own.abort(ABORTED);
      segment.text = '';
      segment.accept({ pcm: waitingTone(sampleRate).slice(), sampleRate });
      segment.finish();
      playout.pump();
    });
    abort.signal.addEventListener('abort', () => patience.cancel(), { once: true });
  }

  /** Has the waiting sentences spoken, one after the other. */
  async function work(): Promise<void> {
    if (working) return;
    working = true;
    for (let next = waiting.shift(); next && !done; next = waiting.shift()) await voice(next.segment, next.spoken);
    working = false;
  }

  /** The whole of a text as the voice gets it. */
  const wholly = (segment: Segment, text: string): string => segment.saying([...form.push(text), ...form.rest()]);

  /** A voice failed in the middle: what it did not say is a new segment right behind, for the next voice. */
  function replace(segment: Segment, left: string): void {
    const rest = createSegment(sampleRate, segment.filler);
    segment.text = segment.text.slice(0, segment.text.length - left.length);
    rest.text = left;
    rest.becomesSpeakable();
    playout.insertAfter(rest, segment);
    form = newForm();
    if (segment === streaming) {
      continueStream(segment, rest);
      return;
    }
    rest.textEnded = true;
    waiting.unshift({ segment: rest, spoken: wholly(rest, left) });
    void work();
  }

  function continueStream(broken: Segment, rest: Segment): void {
    rest.textEnded = broken.textEnded;
    streaming = voicing.streaming ? rest : null;
    if (!streaming) {
      // The voice that is left does not stream: it gets sentences, now and from here on.
      playout.remove(rest);
      sentences(cutter.push(rest.text));
      if (rest.textEnded) sentences([cutter.rest()]);
      return;
    }
    rest.feed.put(rest.saying(form.push(rest.text)));
    if (rest.textEnded) {
      rest.feed.put(rest.saying(form.rest()));
      rest.feed.end();
    }
    void voice(rest, null);
  }

  function sentences(texts: readonly string[]): void {
    for (const text of texts) {
      if (text.trim() === '') {
        if (playout.last) playout.last.text += text;
        continue;
      }
      const segment = createSegment(sampleRate, false);
      segment.text = text;
      segment.textEnded = true;
      segment.becomesSpeakable();
      playout.append(segment);
      waiting.push({ segment, spoken: wholly(segment, text) });
    }
    void work();
  }

  function stream(text: string): void {
    if (!streaming) {
      streaming = createSegment(sampleRate, false);
      ahead = createSentenceCutter();
      playout.append(streaming);
      void voice(streaming, null);
    }
    streaming.text += text;
    if (!streaming.speakable && ahead.push(text).length > 0) streaming.becomesSpeakable();
    const spoken = streaming.saying(form.push(text));
    if (spoken !== '') streaming.feed.put(spoken);
  }

  function letGo(segment: Segment): void {
    const rest = segment.saying(form.rest());
    if (rest !== '') segment.feed.put(rest);
  }

  /** The text so far is complete for the voice; what comes next is a segment of its own. */
  function close(segment: Segment): void {
    letGo(segment);
    segment.textEnded = true;
    segment.becomesSpeakable();
    segment.feed.end();
    streaming = null;
  }

  function flush(): void {
    if (streaming) close(streaming);
    else sentences([cutter.rest()]);
  }

  return {
    push(text) {
      if (done || ended || text === '') return;
      progressAt = Math.max(progressAt, clock.now());
      if (streaming || (voicing.streaming && waiting.length === 0 && !working)) stream(text);
      else sentences(cutter.push(text));
    },
    spoken() {
      const segment = createSegment(sampleRate, false);
      playout.append(segment);
      return {
        text(piece) {
          segment.text += piece;
        },
        sound(chunk) {
          if (done || segment.complete) return;
          segment.accept(chunk);
          arrived(segment);
        },
        end() {
          segment.finish();
          if (!done) playout.pump();
        },
        get receivedMs() {
          return segment.receivedMs;
        },
        get heardMs() {
          return Math.min(playout.heardMs(segment), segment.receivedMs);
        },
      };
    },
    end() {
      if (done || ended) return;
      ended = true;
      progressAt = Math.max(progressAt, clock.now());
      flush();
    },
    flush() {
      if (!done && !ended) flush();
    },
    say(text) {
      const kept = options.kept.find(text);
      if (kept && !done && !ended) {
        playout.append(readySegment(text, kept, false));
        ended = true;
        playout.pump();
        return;
      }
      this.push(text);
      this.end();
    },
    fill(text) {
      if (done) return;
      voicing.hurry();
      // Sound of the reply is on its way.
      if (arrivedOnce && clock.now() - line.endMs < DRY_MS) return;
      const owed = playout.all.some(({ filler, speakable, sound }) => !filler && speakable && sound.length === 0);
      if (arrivedOnce) flush();
      playout.skipFillers(false);
      const insert = arrivedOnce && !owed ? playout.append : playout.insertNext;
      const kept = options.kept.find(text);
      if (kept) {
        insert(readySegment(` ${text} `, kept, true));
        playout.pump();
        return;
      }
      askForFiller(text, insert);
    },
    pause() {
      if (!done) playout.pause();
    },
    resume() {
      if (done) return;
      progressAt = clock.now();
      playout.resume();
    },
    cut() {
      if (done) return;
      playout.silence();
      finish('cut');
    },
    heard: () => playout.heard((segment) => !segment.filler),
    heardAll: () => playout.heard(() => true).replace(/ +/g, ' '),
    get span() {
      return playout.span;
    },
  };
}
