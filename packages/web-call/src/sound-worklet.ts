import { createJitterBuffer } from './jitter-buffer.ts';
import { createResampler } from './resampler.ts';
import type { FromWorklet, ToWorklet } from './worklet-messages.ts';

// The sound side of a call on the audio thread: the microphone goes out in frames of 20 ms at the rate of the call, what comes in is
// played from a jitter buffer. Runs where only the globals of an AudioWorklet exist.

interface WorkletPort {
  onmessage: ((event: { data: ToWorklet }) => void) | null;
  postMessage(message: FromWorklet, transfer?: ArrayBuffer[]): void;
}
declare const sampleRate: number;
declare const AudioWorkletProcessor: new () => { readonly port: WorkletPort };
declare function registerProcessor(name: string, processor: unknown): void;

const FRAME_MS = 20;
/** Levels are told ten times a second. */
const LEVELS_EVERY_MS = 100;

class TalkturoSound extends AudioWorkletProcessor {
  #capture = createResampler(sampleRate, sampleRate);
  #playback = createResampler(sampleRate, sampleRate);
  #buffer = createJitterBuffer(sampleRate);
  #frame = new Float32Array(0);
  #filled = 0;
  #loudestIn = 0;
  #loudestOut = 0;
  #sinceLevels = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      if (data.type === 'rate') {
        this.#capture = createResampler(sampleRate, data.sampleRate);
        this.#playback = createResampler(data.sampleRate, sampleRate);
        this.#frame = new Float32Array(Math.round((data.sampleRate * FRAME_MS) / 1000));
        this.#filled = 0;
      } else if (data.type === 'clear') this.#buffer.clear();
      else this.#buffer.push(this.#playback.process(data.samples));
    };
  }

  #take(samples: Float32Array): void {
    for (const sample of samples) {
      this.#frame[this.#filled++] = sample;
      if (this.#filled < this.#frame.length) continue;
      const frame = this.#frame.slice();
      this.port.postMessage({ type: 'frame', samples: frame }, [frame.buffer]);
      this.#filled = 0;
    }
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const heard = inputs[0]?.[0];
    const out = outputs[0]![0]!;
    if (heard && this.#frame.length > 0) {
      for (const sample of heard) this.#loudestIn = Math.max(this.#loudestIn, Math.abs(sample));
      this.#take(this.#capture.process(heard));
    }
    this.#buffer.pull(out);
    for (const sample of out) this.#loudestOut = Math.max(this.#loudestOut, Math.abs(sample));
    for (const channel of outputs[0]!.slice(1)) channel.set(out);
    this.#sinceLevels += (out.length * 1000) / sampleRate;
    if (this.#sinceLevels >= LEVELS_EVERY_MS) {
      const { waitingMs, targetMs, underruns } = this.#buffer;
      this.port.postMessage({ type: 'levels', microphone: this.#loudestIn, assistant: this.#loudestOut, waitingMs, targetMs, underruns });
      this.#sinceLevels = 0;
      this.#loudestIn = 0;
      this.#loudestOut = 0;
    }
    return true;
  }
}

registerProcessor('talkturo-sound', TalkturoSound);
