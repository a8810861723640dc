import { decodeUlaw, encodeUlaw, resample } from '@talkturo/voice';
import { fliteFile } from '../local/model-files.ts';
import { type Flite, type FliteVoice, loadFlite } from '../local/speaking/flite.ts';
import { spokenText } from '../local/speaking/spoken-text.ts';

let flite: Flite | undefined;

export interface TestSpeechOptions {
  sampleRate?: number;
  /** Another voice than the assistant's default makes a caller that can be told apart. */
  voice?: FliteVoice;
}

/** Speech for tests, PCM16 mono, spoken by flite in this thread: no file, no path, the same on every machine. */
export function testSpeech(text: string, { sampleRate = 8000, voice = 'rms' }: TestSpeechOptions = {}): Int16Array<ArrayBuffer> {
  flite ??= loadFlite(fliteFile());
  const spoken = flite.speak(spokenText(text), voice);
  return resample(spoken.pcm, spoken.sampleRate, sampleRate) as Int16Array<ArrayBuffer>;
}

/** What arrives of 8 kHz sound after a telephone line with µ-law. */
export const overTelephone = (pcm: Int16Array): Int16Array => decodeUlaw(encodeUlaw(pcm));

/** A line on which nobody speaks: faint noise (about −68 dBFS) of a fixed seed. */
export function lineNoise(ms: number, sampleRate = 8000, amplitude = 20): Int16Array<ArrayBuffer> {
  let seed = 1;
  return Int16Array.from({ length: (ms * sampleRate) / 1000 }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.round((seed / 2 ** 31 - 1) * amplitude);
  });
}

/** Sounds one after the other. */
export function inARow(...pieces: readonly Int16Array[]): Int16Array<ArrayBuffer> {
  const whole = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Cuts sound into frames of 20 ms, the last filled up with silence. */
export function* framesOf(pcm: Int16Array, sampleRate = 8000): Generator<Int16Array> {
  const size = sampleRate / 50;
  for (let at = 0; at < pcm.length; at += size) {
    const frame = new Int16Array(size);
    frame.set(pcm.subarray(at, at + size));
    yield frame;
  }
}
