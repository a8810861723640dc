import { rms } from '@talkturo/voice';

/** What a simulated person says into the line: frames of sound, silence in between. */
export function createSaying(frameSamples: number) {
  const toSay: Int16Array[] = [];
  return {
    /** PCM16 at 8 kHz, after what is still to be said. */
    say: (pcm: Int16Array) => void toSay.push(pcm),
    next(): Int16Array {
      const frame = new Int16Array(frameSamples);
      const next = toSay[0];
      if (!next) return frame;
      frame.set(next.subarray(0, frameSamples));
      if (next.length > frameSamples) toSay[0] = next.subarray(frameSamples);
      else toSay.shift();
      return frame;
    },
  };
}

/** Louder than the noise of a line. */
const LOUD_RMS = 200;

/** What a simulated person hears from the app. */
export function createHearing() {
  const heard: Int16Array[] = [];
  const waiting: { samples: number; resolve(): void }[] = [];
  const listening = new Set<() => void>();
  let samples = 0;
  let firstSoundAt: number | null = null;
  return {
    take(pcm: Int16Array): void {
      if (firstSoundAt === null && rms(pcm) > LOUD_RMS) firstSoundAt = performance.now();
      heard.push(pcm);
      samples += pcm.length;
      for (const restart of listening) restart();
      for (const waiter of waiting) if (samples >= waiter.samples) waiter.resolve();
    },
    /** When the first of it came that was no silence, as `performance.now` counts. */
    get firstSoundAt() {
      return firstSoundAt;
    },
    /** All of it so far, end to end. */
    all(): Int16Array {
      const all = new Int16Array(samples);
      let at = 0;
      for (const pcm of heard) {
        all.set(pcm, at);
        at += pcm.length;
      }
      return all;
    },
    /** Resolves when so many samples have come. */
    heardSamples: (wanted: number): Promise<void> =>
      new Promise((resolve) => (samples >= wanted ? resolve() : waiting.push({ samples: wanted, resolve }))),
    /** Resolves when nothing has come for so many ms. */
    quiet: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const done = () => {
          listening.delete(restart);
          resolve();
        };
        let timer = setTimeout(done, ms);
        const restart = () => {
          clearTimeout(timer);
          timer = setTimeout(done, ms);
        };
        listening.add(restart);
      }),
  };
}
