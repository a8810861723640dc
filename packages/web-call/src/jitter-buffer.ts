/** What is to be played, held back just long enough for the network's unevenness not to be heard. */
export interface JitterBuffer {
  push(samples: Float32Array): void;
  /** Fills `out` with what is next, silence where there is nothing. Answers how many samples were sound. */
  pull(out: Float32Array): number;
  /** The assistant was interrupted: what waits is not played. */
  clear(): void;
  readonly waitingMs: number;
  /** How much is gathered before playing begins. */
  readonly targetMs: number;
  /** How often sound ran out in the middle. */
  readonly underruns: number;
}

/** Bounds of the target: below, any scheduling is heard; above, the delay is. */
const MIN_TARGET_MS = 40;
const MAX_TARGET_MS = 320;
/** Sound that comes so soon after it ran out was late, not the next utterance. */
const LATE_MS = 250;
/** After so much sound without running out, less is tried. */
const CALM_MS = 10_000;
const EASE = 0.8;
const RAISE = 1.6;
/** More than the server ever sends ahead (a lead of 0.2 s, 2 s after a reconnect): past it the oldest is given up. */
const MAX_WAITING_MS = 10_000;

/** An adaptive buffer at `sampleRate` Hz; its clock is the samples that are pulled. */
export function createJitterBuffer(sampleRate: number): JitterBuffer {
  const ms = (samples: number) => (samples * 1000) / sampleRate;
  let queue: Float32Array[] = [];
  /** Samples of the first piece that are played already. */
  let at = 0;
  let waiting = 0;
  let playing = false;
  let targetMs = MIN_TARGET_MS;
  let underruns = 0;
  /** Silence pulled since sound ran out; and while sound gathers. */
  let sinceEmptyMs = Number.POSITIVE_INFINITY;
  let gatheringMs = 0;
  let calmMs = 0;

  const drop = (samples: number) => {
    let left = samples;
    while (left > 0 && queue[0]) {
      const available = queue[0].length - at;
      if (available > left) {
        at += left;
        waiting -= left;
        return;
      }
      queue.shift();
      at = 0;
      waiting -= available;
      left -= available;
    }
  };

  const begin = () => {
    if (playing || waiting === 0) return;
    // A short utterance must be played too, though it never fills the buffer.
    playing = ms(waiting) >= targetMs || gatheringMs >= targetMs;
  };

  return {
    push(samples) {
      if (samples.length === 0) return;
      if (waiting === 0 && !playing) {
        gatheringMs = 0;
        if (sinceEmptyMs < LATE_MS) {
          underruns++;
          calmMs = 0;
          targetMs = Math.min(MAX_TARGET_MS, targetMs * RAISE);
        }
      }
      queue.push(samples);
      waiting += samples.length;
      if (ms(waiting) > MAX_WAITING_MS) drop(waiting - Math.floor((MAX_WAITING_MS * sampleRate) / 1000));
    },
    pull(out) {
      begin();
      let filled = 0;
      while (playing && filled < out.length && queue[0]) {
        const piece = queue[0].subarray(at, at + out.length - filled);
        out.set(piece, filled);
        filled += piece.length;
        drop(piece.length);
      }
      out.fill(0, filled);
      const silentMs = ms(out.length - filled);
      if (filled > 0) {
        sinceEmptyMs = 0;
        calmMs += ms(filled);
      }
      if (waiting === 0) {
        playing = false;
        sinceEmptyMs += silentMs;
      } else if (!playing) {
        gatheringMs += silentMs;
        sinceEmptyMs += silentMs;
      }
      if (calmMs >= CALM_MS) {
        calmMs = 0;
        targetMs = Math.max(MIN_TARGET_MS, targetMs * EASE);
      }
      return filled;
    },
    clear() {
      queue = [];
      at = 0;
      waiting = 0;
      playing = false;
      // What comes next is another utterance, however soon.
      sinceEmptyMs = Number.POSITIVE_INFINITY;
    },
    get waitingMs() {
      return ms(waiting);
    },
    get targetMs() {
      return targetMs;
    },
    get underruns() {
      return underruns;
    },
  };
}
