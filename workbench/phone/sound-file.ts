import { readFile } from 'node:fs/promises';
import { mixToMono, readWav, resample, WavError } from '@talkturo/voice';
import { SentenceError } from './sentence-error.ts';

export const PHONE_RATE = 8000;
const LARGEST_BYTES = 500_000_000;

const load = async (path: string): Promise<Uint8Array> => {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new SentenceError(`There is no file ${path}.`);
    if (code === 'EISDIR') throw new SentenceError(`${path} is a folder, not a WAV file.`);
    throw new SentenceError(`${path} cannot be read (${code ?? String(error)}).`);
  }
};

/** Reads a WAV file of any rate and layout as a telephone would send it: PCM16 mono at 8 kHz. */
export const readPhoneSound = async (path: string): Promise<Int16Array> => {
  const bytes = await load(path);
  if (bytes.length > LARGEST_BYTES) throw new SentenceError(`${path} is larger than ${LARGEST_BYTES / 1e6} MB; cut it first.`);
  try {
    const wav = readWav(bytes);
    return resample(mixToMono(wav), wav.sampleRate, PHONE_RATE);
  } catch (error) {
    if (error instanceof WavError) throw new SentenceError(`${path}: ${error.message}`);
    throw error;
  }
};
