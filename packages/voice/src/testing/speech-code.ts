/**
 * Sound that carries its own text, so that tests can read off exactly which words crossed the line: each character is
 * 60 ms (three frames) of one constant value. Loud enough to be speech for a detector by energy.
 */
export const MS_PER_CHARACTER = 60;
const BASE = 4000;
const FRAMES_PER_CHARACTER = 3;

/** Text as sound at `sampleRate` Hz. Neighbouring characters differ in sign, so that doubled letters stay two. */
export function soundOf(text: string, sampleRate = 8000): Int16Array {
  const each = (sampleRate * MS_PER_CHARACTER) / 1000;
  const pcm = new Int16Array(text.length * each);
  for (let i = 0; i < text.length; i++) pcm.fill((BASE + 8 * text.charCodeAt(i)) * (i % 2 ? -1 : 1), i * each, (i + 1) * each);
  return pcm;
}

const characterOf = (value: number): string => String.fromCharCode(Math.round((Math.abs(value) - BASE) / 8));

/** Reads the text back, frame by frame of 20 ms. Give it every frame that crossed the line; silence is not needed. */
export interface SoundReader {
  read(frame: Int16Array): void;
  /** What was carried so far; a character counts once more than half of it came. */
  readonly text: string;
  reset(): void;
}

export function createSoundReader(sampleRate = 8000): SoundReader {
  const frameSamples = sampleRate / 50;
  /** Pieces instead of one growing string, which would keep an object a character. */
  let pieces: string[] = [];
  let value = 0;
  let frames = 0;
  const open = () => (value === 0 ? '' : characterOf(value).repeat(Math.round(frames / FRAMES_PER_CHARACTER)));
  const close = () => {
    const piece = open();
    if (piece !== '') pieces.push(piece);
    frames = 0;
  };
  return {
    read(pcm) {
      for (let at = 0; at < pcm.length; at += frameSamples) {
        const next = pcm[Math.min(at + frameSamples / 2, pcm.length - 1)]!;
        if (next !== value) {
          close();
          value = next;
        }
        frames++;
      }
    },
    get text() {
      return pieces.join('') + open();
    },
    reset() {
      pieces = [];
      value = 0;
      frames = 0;
    },
  };
}
