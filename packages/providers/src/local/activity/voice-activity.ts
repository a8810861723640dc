import { Worker } from 'node:worker_threads';
import { ProviderError, type VoiceActivity, type VoiceActivityOptions, type VoiceActivityStream } from '@talkturo/voice';
import { levelDb } from './energy-floor.ts';
import {
  allocateSharedSound,
  CALLS_OPEN,
  MAX_CALLS,
  SLOTS_USED,
  STOP,
  sharedSound,
  WINDOW_MS,
  WINDOWS_KEPT,
  windowSamples,
} from './shared-sound.ts';
import { createSpeechDetector } from './speech-detector.ts';

export interface SileroVoiceActivity {
  voiceActivity: VoiceActivity;
  stop(): Promise<void>;
}

/** A thread that dies at once again and again is started again ever later. */
const RESTART_DELAY_MS = 200;
const LONGEST_RESTART_DELAY_MS = 10_000;
/** Windows before a sound that the model hears too, to be warm when it begins. */
const ONSET_WINDOWS = 4;

/**
 * Starts Silero v6 in a thread of its own, for all calls of this process together. A thread that dies is replaced; until then the
 * level of the sound alone decides. Rejects with a ProviderError when the model is missing.
 */
export async function createSileroVoiceActivity(): Promise<SileroVoiceActivity> {
  const shared = sharedSound(allocateSharedSound());
  const { control, rate, generation, written, from, done } = shared;
  const streams = new Map<number, () => void>();
  const free: number[] = [];
  let stopping = false;
  let restartDelayMs = RESTART_DELAY_MS;
  let timer: NodeJS.Timeout | undefined;
  let exited: Promise<void> = Promise.resolve();

  function startThread(onReady: (problem: ProviderError | null) => void): void {
    const worker = new Worker(new URL('./silero-worker.ts', import.meta.url), {
      name: 'voice activity',
      workerData: shared.memory,
      execArgv: [],
    });
    const loaded = () => {
      restartDelayMs = RESTART_DELAY_MS;
      onReady(null);
    };
    worker.on('message', (message: 'ready' | 'results') => {
      if (message === 'ready') loaded();
      else for (const collect of streams.values()) collect();
    });
    worker.on('error', (cause) => {
      onReady(new ProviderError('local', 'unavailable', `Local voice activity cannot start: ${(cause as Error).message}`, { cause }));
    });
    exited = new Promise((resolve) => {
      worker.once('exit', () => {
        resolve();
        if (stopping || !started) return;
        timer = setTimeout(() => startThread(() => {}), restartDelayMs);
        restartDelayMs = Math.min(2 * restartDelayMs, LONGEST_RESTART_DELAY_MS);
      });
    });
  }

  function open({ sampleRate, minSpeechMs, listener }: VoiceActivityOptions): VoiceActivityStream {
    if (sampleRate !== 8000 && sampleRate !== 16_000) {
      throw new ProviderError('local', 'refused', `Voice activity listens at 8000 or 16000 Hz, not at ${sampleRate}.`);
    }
    const slot = free.pop() ?? Atomics.load(control, SLOTS_USED);
    if (slot >= MAX_CALLS) throw new ProviderError('local', 'unavailable', `Voice activity already listens to ${MAX_CALLS} calls.`);
    if (slot === Atomics.load(control, SLOTS_USED)) Atomics.add(control, SLOTS_USED, 1);
    const detector = createSpeechDetector(minSpeechMs, listener);
    const window = windowSamples(sampleRate);
    const ring = shared.sound(slot).subarray(0, window * WINDOWS_KEPT);
    const probabilities = shared.probabilities(slot);
    const first = Atomics.load(written, slot);
    let samples = 0;
    let collected = first;
    let published = true;
    let closed = false;

    // The generation is told last: the thread reads where the call begins when it sees a new one.
    Atomics.store(from, slot, first);
    Atomics.add(generation, slot, 1);
    Atomics.store(rate, slot, sampleRate);
    Atomics.add(control, CALLS_OPEN, 1);
    Atomics.notify(control, STOP);

    function collect(): void {
      const ready = Atomics.load(done, slot);
      if (ready - collected > WINDOWS_KEPT) collected = ready - WINDOWS_KEPT;
      while (collected < ready && !closed) {
        const probability = probabilities[collected % WINDOWS_KEPT]!;
        collected++;
        detector.window(probability, (collected - first) * WINDOW_MS);
      }
    }

    function store(pcm: Int16Array): void {
      let at = 0;
      const position = first * window + samples;
      while (at < pcm.length) {
        const start = (position + at) % ring.length;
        const take = Math.min(pcm.length - at, ring.length - start);
        ring.set(take === pcm.length ? pcm : pcm.subarray(at, at + take), start);
        at += take;
      }
      samples += pcm.length;
    }

    /** Lets the model look at what was stored, unless the line is plainly quiet. */
    function publish(): void {
      const { attentive } = detector;
      const whole = first + Math.floor(samples / window);
      if (attentive && !published) {
        collected = Math.max(collected, Atomics.load(written, slot), whole - ONSET_WINDOWS);
        Atomics.store(from, slot, collected);
      }
      if (attentive) Atomics.store(written, slot, whole);
      published = attentive;
    }

    streams.set(slot, collect);
    return {
      push(pcm) {
        if (closed || pcm.length === 0) return;
        store(pcm);
        collect();
        detector.frame(levelDb(pcm), (samples * 1000) / sampleRate);
        publish();
      },
      endSegment: () => detector.endSegment(),
      close() {
        if (closed) return;
        closed = true;
        streams.delete(slot);
        Atomics.store(rate, slot, 0);
        Atomics.add(generation, slot, 1);
        Atomics.sub(control, CALLS_OPEN, 1);
        free.push(slot);
      },
    };
  }

  let started = false;
  const problem = await new Promise<ProviderError | null>(startThread);
  if (problem) throw problem;
  started = true;
  return {
    voiceActivity: { id: 'silero', open },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      Atomics.store(control, STOP, 1);
      Atomics.notify(control, STOP);
      await exited;
    },
  };
}
