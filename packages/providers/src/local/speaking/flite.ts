import { readFileSync } from 'node:fs';
import { mixToMono, readWav } from '@talkturo/voice';
import { runWasiCommand } from './wasi-command.ts';
import { webAssembly } from './web-assembly.ts';

/** The voices compiled into flite 2.3: `kal` speaks at 8 kHz, the others at 16 kHz. */
export const FLITE_VOICES = ['rms', 'slt', 'awb', 'kal', 'kal16'] as const;
export type FliteVoice = (typeof FLITE_VOICES)[number];

export interface Flite {
  /** Speaks a sentence of plain words. Throws Error when flite refuses or traps. */
  speak(text: string, voice: FliteVoice): { pcm: Int16Array; sampleRate: number };
}

const OUTPUT = 'speech.wav';

/** Compiles flite once; each utterance gets an instance of its own, since a command leaves its memory used. */
export function loadFlite(file: string): Flite {
  const module = new webAssembly.Module(readFileSync(file));
  return {
    speak(text, voice) {
      const { exitCode, file: wav } = runWasiCommand(module, ['flite', '-voice', voice, '-t', text, '-o', `/${OUTPUT}`], OUTPUT);
      if (exitCode !== 0) throw new Error(`flite ended with code ${exitCode}`);
      const sound = readWav(wav);
      return { pcm: mixToMono(sound), sampleRate: sound.sampleRate };
    },
  };
}
