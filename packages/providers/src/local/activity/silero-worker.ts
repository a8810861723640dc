import { parentPort, workerData } from 'node:worker_threads';
import { sileroFile } from '../model-files.ts';
import { CALLS_OPEN, type SharedSoundMemory, SLOTS_USED, STOP, sharedSound, WINDOWS_KEPT, windowSamples } from './shared-sound.ts';
import { loadSilero, newSileroMemory, type SileroMemory, type SileroWindow } from './silero.ts';

/** Windows of all calls are gathered this long and go through the model together: 30 µs each instead of 98. The level tells the time exactly meanwhile. */
const TICK_MS = 16;
const LARGEST_BATCH = 64;
/** A call that lags further behind lost sound anyway: it goes on with the newest. */
const LONGEST_LAG = WINDOWS_KEPT - 2;

const port = parentPort!;
const shared = sharedSound(workerData as SharedSoundMemory);
const { control, rate, generation, written, from, done } = shared;

interface Listening {
  generation: number;
  memory: SileroMemory;
  sound: Int16Array;
  probabilities: Float32Array;
}

const model = await loadSilero(sileroFile(), LARGEST_BATCH);
const lines = [8000, 16_000].map((sampleRate) => ({
  sampleRate,
  window: windowSamples(sampleRate),
  runner: model.at(sampleRate),
  slots: [] as number[],
  batch: [] as SileroWindow[],
}));
const calls: (Listening | undefined)[] = [];

/** The call in a slot, with a fresh memory when it is another than before. */
function listening(slot: number, sampleRate: number): Listening {
  const current = Atomics.load(generation, slot);
  const known = calls[slot];
  if (known?.generation === current) return known;
  const fresh = {
    generation: current,
    memory: newSileroMemory(sampleRate),
    sound: shared.sound(slot),
    probabilities: shared.probabilities(slot),
  };
  calls[slot] = fresh;
  Atomics.store(done, slot, Atomics.load(from, slot));
  return fresh;
}

/** Goes on at a later window: what stands before it is still in the ring. */
function skipTo(slot: number, { memory, sound }: Listening, index: number, window: number): void {
  const { context } = memory;
  const end = (index % WINDOWS_KEPT || WINDOWS_KEPT) * window;
  context.forEach((_, i) => {
    context[i] = sound[end - context.length + i]! / 32768;
  });
  Atomics.store(done, slot, index);
}

/** One window of each call that has one waiting; false when there was none. */
async function runOnce({ sampleRate, window, runner, slots, batch }: (typeof lines)[number]): Promise<boolean> {
  let count = 0;
  const used = Atomics.load(control, SLOTS_USED);
  for (let slot = 0; slot < used && count < LARGEST_BATCH; slot++) {
    if (Atomics.load(rate, slot) !== sampleRate) continue;
    const call = listening(slot, sampleRate);
    const until = Atomics.load(written, slot);
    const first = Math.max(Atomics.load(from, slot), until - LONGEST_LAG);
    if (Atomics.load(done, slot) < first) skipTo(slot, call, first, window);
    if (Atomics.load(done, slot) >= until) continue;
    slots[count] = slot;
    batch[count] = { memory: call.memory, sound: call.sound, at: (Atomics.load(done, slot) % WINDOWS_KEPT) * window };
    count++;
  }
  if (count === 0) return false;
  const probabilities = await runner.run(batch, count);
  for (let i = 0; i < count; i++) {
    const slot = slots[i]!;
    const call = calls[slot]!;
    // A call that ended meanwhile wants no result.
    if (Atomics.load(generation, slot) !== call.generation) continue;
    const index = Atomics.load(done, slot);
    call.probabilities[index % WINDOWS_KEPT] = probabilities[i]!;
    Atomics.store(done, slot, index + 1);
  }
  return true;
}

port.postMessage('ready');
while (Atomics.load(control, STOP) === 0) {
  Atomics.wait(control, STOP, 0, Atomics.load(control, CALLS_OPEN) > 0 ? TICK_MS : undefined);
  let any = false;
  for (const line of lines) while (await runOnce(line)) any = true;
  if (any) port.postMessage('results');
}
await model.release();
port.close();
