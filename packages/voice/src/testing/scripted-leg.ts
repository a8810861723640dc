import { FRAME_MS, samplesPerFrame } from '../audio/index.ts';
import type { Clock, Leg, LegCloseReason, LegListener, Timer } from '../ports/index.ts';
import { createSoundReader, soundOf } from './speech-code.ts';

/** The far end of a call: a person with a telephone, moved by the test. */
export interface ScriptedLeg extends Leg {
  /** The caller starts to speak `text`; the sound takes 60 ms a character. Queued behind what is being said. */
  says(text: string): void;
  /** Any sound, queued likewise. */
  plays(pcm: Int16Array): void;
  /** Delivers one frame at once, whatever its length. */
  garbage(pcm: Int16Array): void;
  presses(digits: string): void;
  hangsUp(reason?: LegCloseReason): void;
  /** The line carries sound from now on (default: from the answer). Off: no frame comes at all. */
  carry(on: boolean): void;
  /** What the caller heard so far, read off the sound itself. */
  readonly heard: string;
  /** Each stretch of sound the caller heard, without the pauses. */
  readonly spans: readonly { startMs: number; endMs: number }[];
  /** True while the caller hears the assistant. */
  readonly audible: boolean;
  readonly clears: number;
  readonly hungUp: boolean;
  /** We let the call go on without us. */
  readonly released: boolean;
  readonly digitsSent: string;
  /** The most that was ever sent ahead of what was played, ms. */
  readonly furthestAheadMs: number;
}

/**
 * A leg on a hand-moved clock. A frame comes every 20 ms from `start` on, silence where nothing is said.
 * What the engine sends is played by the clock, as a carrier's buffer would; `clear` drops what was not played.
 */
export function createScriptedLeg(clock: Clock, { sampleRate = 8000, carries = true } = {}): ScriptedLeg {
  const frameSamples = samplesPerFrame(sampleRate);
  const silence = new Int16Array(frameSamples);
  const outgoing: Int16Array[] = [];
  const playout: Int16Array[] = [];
  const reader = createSoundReader(sampleRate);
  const spans: { startMs: number; endMs: number }[] = [];
  let listener: LegListener | null = null;
  let timer: Timer | null = null;
  let open = carries;
  let closed = false;
  let clears = 0;
  let hungUp = false;
  let released = false;
  let digitsSent = '';
  let furthestAheadMs = 0;

  const queueFrames = (pcm: Int16Array, into: Int16Array[]) => {
    for (let at = 0; at < pcm.length; at += frameSamples) {
      const frame = new Int16Array(frameSamples);
      frame.set(pcm.subarray(at, at + frameSamples));
      into.push(frame);
    }
  };
  const close = (reason: LegCloseReason) => {
    if (closed) return;
    closed = true;
    timer?.cancel();
    listener?.closed(reason);
  };
  const play = () => {
    const frame = playout.shift();
    if (!frame) {
      reader.read(silence);
      return;
    }
    reader.read(frame);
    const nowMs = clock.now();
    const last = spans.at(-1);
    if (last && nowMs - last.endMs < FRAME_MS / 2) last.endMs = nowMs + FRAME_MS;
    else spans.push({ startMs: nowMs, endMs: nowMs + FRAME_MS });
  };
  const tick = () => {
    timer = clock.setTimer(FRAME_MS, tick);
    if (open) listener?.frame(outgoing.shift() ?? silence.slice());
    if (!closed) play();
  };

  return {
    sampleRate,
    start(next) {
      listener = next;
      timer = clock.setTimer(FRAME_MS, tick);
    },
    send(pcm) {
      if (closed) return;
      queueFrames(pcm, playout);
      furthestAheadMs = Math.max(furthestAheadMs, playout.length * FRAME_MS);
    },
    clear() {
      clears++;
      playout.length = 0;
    },
    hangup() {
      hungUp = true;
      clock.setTimer(FRAME_MS, () => close('local'));
    },
    release() {
      released = true;
      clock.setTimer(FRAME_MS, () => close('transferred'));
    },
    sendDigits(digits) {
      digitsSent += digits;
    },
    says: (text) => queueFrames(soundOf(text, sampleRate), outgoing),
    plays: (pcm) => queueFrames(pcm, outgoing),
    garbage: (pcm) => listener?.frame(pcm),
    presses(digits) {
      for (const digit of digits) listener?.digit(digit);
    },
    hangsUp: (reason = 'hangup') => close(reason),
    carry(on) {
      open = on;
    },
    get heard() {
      return reader.text;
    },
    spans,
    get audible() {
      return playout.length > 0;
    },
    get clears() {
      return clears;
    },
    get hungUp() {
      return hungUp;
    },
    get released() {
      return released;
    },
    get digitsSent() {
      return digitsSent;
    },
    get furthestAheadMs() {
      return furthestAheadMs;
    },
  };
}
