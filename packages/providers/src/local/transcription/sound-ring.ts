import { rms } from '@talkturo/voice';

/** The last seconds of a call's sound. Times are ms since the first sample written. */
export interface SoundRing {
  write(pcm: Int16Array): void;
  /** End of what was written. */
  readonly writtenMs: number;
  /** A copy of what is still held of `fromMs` … `toMs`. */
  copy(fromMs: number, toMs: number): Int16Array<ArrayBuffer>;
  /** Middle of the quietest tenth of a second in `fromMs` … `toMs`. */
  quietestMs(fromMs: number, toMs: number): number;
}

const FIRST_SECONDS = 4;
const QUIET_SPAN_MS = 100;
const QUIET_STEP_MS = 20;

/** Memory starts small and grows with the length of what is said, up to `maxSeconds`. */
export function createSoundRing(sampleRate: number, maxSeconds: number): SoundRing {
  const maxSamples = maxSeconds * sampleRate;
  let buffer = new Int16Array(Math.min(FIRST_SECONDS * sampleRate, maxSamples));
  let written = 0;
  const samples = (ms: number) => Math.round((ms * sampleRate) / 1000);

  function grow(): void {
    const held = Math.min(written, buffer.length);
    const larger = new Int16Array(Math.min(2 * buffer.length, maxSamples));
    for (let at = written - held; at < written; at++) larger[at % larger.length] = buffer[at % buffer.length]!;
    buffer = larger;
  }

  function copy(fromMs: number, toMs: number): Int16Array<ArrayBuffer> {
    const to = Math.min(samples(toMs), written);
    const from = Math.min(to, Math.max(samples(fromMs), written - buffer.length, 0));
    const piece = new Int16Array(to - from);
    const start = from % buffer.length;
    const head = Math.min(piece.length, buffer.length - start);
    piece.set(buffer.subarray(start, start + head));
    piece.set(buffer.subarray(0, piece.length - head), head);
    return piece;
  }

  return {
    write(pcm) {
      let at = 0;
      while (at < pcm.length) {
        if (written >= buffer.length && buffer.length < maxSamples) grow();
        const start = written % buffer.length;
        const take = Math.min(pcm.length - at, buffer.length - start);
        buffer.set(pcm.subarray(at, at + take), start);
        at += take;
        written += take;
      }
    },
    get writtenMs() {
      return (written * 1000) / sampleRate;
    },
    copy,
    quietestMs(fromMs, toMs) {
      const sound = copy(fromMs, toMs);
      const span = samples(QUIET_SPAN_MS);
      let quietest = Number.POSITIVE_INFINITY;
      let best = toMs;
      for (let at = 0; at + span <= sound.length; at += samples(QUIET_STEP_MS)) {
        const level = rms(sound.subarray(at, at + span));
        if (level < quietest) {
          quietest = level;
          best = fromMs + ((at + span / 2) * 1000) / sampleRate;
        }
      }
      return best;
    },
  };
}
