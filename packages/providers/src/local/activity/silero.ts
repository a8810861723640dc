import { InferenceSession, Tensor } from 'onnxruntime-node';
import { inferenceOptions } from '../inference.ts';
import { windowSamples } from './shared-sound.ts';

/** Numbers of the model's memory for one call. */
const STATE = 128;

/** What the model keeps of one call between two windows. */
export interface SileroMemory {
  /** Two layers of state. */
  state: Float32Array;
  /** The end of the previous window, which has to stand before the next. */
  context: Float32Array;
}

export interface SileroWindow {
  memory: SileroMemory;
  /** Ring of PCM16 that holds the window without a break, from `at`. */
  sound: Int16Array;
  at: number;
}

export interface Silero {
  /** Speech probabilities of the first `count` windows, each of another call, in one run. Their memories move on. */
  run(windows: readonly SileroWindow[], count: number): Promise<Float32Array>;
}

const contextSamples = (sampleRate: number): number => windowSamples(sampleRate) / 8;

export const newSileroMemory = (sampleRate: number): SileroMemory => ({
  state: new Float32Array(2 * STATE),
  context: new Float32Array(contextSamples(sampleRate)),
});

/** Loads the model file for calls of 8000 or 16000 Hz; the returned runners share it. */
export async function loadSilero(
  file: string,
  largestBatch: number,
): Promise<{ at(sampleRate: number): Silero; release(): Promise<void> }> {
  const session = await InferenceSession.create(file, inferenceOptions);
  return {
    at: (sampleRate) => createRunner(session, sampleRate, largestBatch),
    release: () => session.release(),
  };
}

function createRunner(session: InferenceSession, sampleRate: number, largestBatch: number): Silero {
  const window = windowSamples(sampleRate);
  const context = contextSamples(sampleRate);
  const length = window + context;
  const input = new Float32Array(largestBatch * length);
  const states = new Float32Array(2 * largestBatch * STATE);
  const rate = new Tensor('int64', BigInt64Array.of(BigInt(sampleRate)), []);

  async function run(windows: readonly SileroWindow[], count: number): Promise<Float32Array> {
    for (let i = 0; i < count; i++) {
      const { memory, sound, at } = windows[i]!;
      const base = i * length;
      input.set(memory.context, base);
      for (let k = 0; k < window; k++) input[base + context + k] = sound[at + k]! / 32768;
      memory.context.set(input.subarray(base + window, base + length));
      states.set(memory.state.subarray(0, STATE), i * STATE);
      states.set(memory.state.subarray(STATE), (count + i) * STATE);
    }
    const output = await session.run({
      input: new Tensor('float32', input.subarray(0, count * length), [count, length]),
      state: new Tensor('float32', states.subarray(0, 2 * count * STATE), [2, count, STATE]),
      sr: rate,
    });
    const next = output.stateN!.data as Float32Array;
    for (let i = 0; i < count; i++) {
      const { state } = windows[i]!.memory;
      state.set(next.subarray(i * STATE, (i + 1) * STATE));
      state.set(next.subarray((count + i) * STATE, (count + i + 1) * STATE), STATE);
    }
    return output.output!.data as Float32Array;
  }

  return { run };
}
