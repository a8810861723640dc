/**
 * The memory that the media thread and the model's thread share: the sound of every call in, probabilities out.
 * Plain copies and two counters a call; no message, no promise and no garbage a frame.
 */

/** Calls that can be listened to at once; memory is only touched for those that are open. */
export const MAX_CALLS = 1024;
/** Windows of sound and of results kept for a call: a second, for networks that deliver late and at once. */
export const WINDOWS_KEPT = 32;
/** The model's window, in ms; 256 samples at 8 kHz, 512 at 16 kHz. */
export const WINDOW_MS = 32;
const LARGEST_WINDOW = 512;
const SLOT_SAMPLES = LARGEST_WINDOW * WINDOWS_KEPT;

export const windowSamples = (sampleRate: number): number => (sampleRate * WINDOW_MS) / 1000;

export type SharedSound = ReturnType<typeof sharedSound>;

/** Views on the buffers; built on both sides from the same `memory`. */
export function sharedSound(memory: SharedSoundMemory) {
  const control = new Int32Array(memory.control);
  const column = (index: number) => new Int32Array(memory.counters, 4 * index * MAX_CALLS, MAX_CALLS);
  return {
    memory,
    /** [0]: 1 once the thread shall end. The thread sleeps on it. [1]: slots ever used, all below this. [2]: calls open. */
    control,
    /** Hz of the call in the slot; 0: free. Written by the media thread. */
    rate: column(0),
    /** Counts the calls that have used the slot: a new one starts with an empty memory. Written by the media thread. */
    generation: column(1),
    /** Whole windows written into the slot, over all its calls. Written by the media thread. */
    written: column(2),
    /** First window that is to be looked at; the ones before were not worth it. Written by the media thread, before `written`. */
    from: column(3),
    /** Windows looked at. Written by the model's thread alone. */
    done: column(4),
    sound: (slot: number) => new Int16Array(memory.sound, 2 * slot * SLOT_SAMPLES, SLOT_SAMPLES),
    probabilities: (slot: number) => new Float32Array(memory.probabilities, 4 * slot * WINDOWS_KEPT, WINDOWS_KEPT),
  };
}

export interface SharedSoundMemory {
  control: SharedArrayBuffer;
  counters: SharedArrayBuffer;
  sound: SharedArrayBuffer;
  probabilities: SharedArrayBuffer;
}

export const allocateSharedSound = (): SharedSoundMemory => ({
  control: new SharedArrayBuffer(4 * 3),
  counters: new SharedArrayBuffer(4 * 5 * MAX_CALLS),
  sound: new SharedArrayBuffer(2 * SLOT_SAMPLES * MAX_CALLS),
  probabilities: new SharedArrayBuffer(4 * WINDOWS_KEPT * MAX_CALLS),
});

export const STOP = 0;
export const SLOTS_USED = 1;
export const CALLS_OPEN = 2;
