import { type Leg, type LegCloseReason, rms } from '@talkturo/voice';

/** A listener of a leg that keeps what a test asks about. */
export interface LegEar {
  /** All frames so far, end to end. */
  readonly pcm: Int16Array;
  readonly frames: number;
  /** Lengths of the frames that came, each once. */
  readonly frameLengths: ReadonlySet<number>;
  readonly digits: string;
  /** Frames that were sound and not silence. */
  readonly loudFrames: number;
  /** Resolves when so many frames have come. */
  heard(frames: number): Promise<void>;
  /** Resolves when so many frames of sound have come. */
  heardSound(frames: number): Promise<void>;
  readonly closed: Promise<LegCloseReason>;
  readonly timesClosed: number;
}

const LOUD_RMS = 200;

/** Starts a leg and listens. */
export const listenTo = (leg: Leg): LegEar => {
  const frames: Int16Array[] = [];
  const frameLengths = new Set<number>();
  let waiters: { holds(): boolean; resolve(): void }[] = [];
  let loudFrames = 0;
  let digits = '';
  let timesClosed = 0;
  const until = (holds: () => boolean) => (holds() ? Promise.resolve() : new Promise<void>((resolve) => waiters.push({ holds, resolve })));
  const closed = new Promise<LegCloseReason>((resolve) => {
    leg.start({
      frame(pcm) {
        frames.push(pcm.slice());
        frameLengths.add(pcm.length);
        if (rms(pcm) > LOUD_RMS) loudFrames += 1;
        for (const waiter of waiters) if (waiter.holds()) waiter.resolve();
        waiters = waiters.filter((waiter) => !waiter.holds());
      },
      digit(digit) {
        digits += digit;
      },
      closed(reason) {
        timesClosed += 1;
        resolve(reason);
      },
    });
  });
  return {
    get pcm() {
      const all = new Int16Array(frames.reduce((sum, one) => sum + one.length, 0));
      let at = 0;
      for (const one of frames) {
        all.set(one, at);
        at += one.length;
      }
      return all;
    },
    get frames() {
      return frames.length;
    },
    frameLengths,
    get digits() {
      return digits;
    },
    get loudFrames() {
      return loudFrames;
    },
    heard: (count) => until(() => frames.length >= count),
    heardSound: (count) => until(() => loudFrames >= count),
    closed,
    get timesClosed() {
      return timesClosed;
    },
  };
};
