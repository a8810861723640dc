import type { Clock, SpeechChunk, TextToSpeech } from '../ports/index.ts';
import { ProviderError } from '../ports/index.ts';
import { MS_PER_CHARACTER, soundOf } from './speech-code.ts';

export interface ScriptedTextToSpeechOptions {
  id?: string;
  streaming?: boolean;
  /** Gives word times with its sound. */
  wordTimes?: boolean;
  firstAudioMs?: number;
  /** As one that runs on this machine. */
  thisMachine?: boolean;
  sampleRate?: number;
  /** `stalls`: never a sound. `stops`: half the sound and then nothing. `lags`: half the sound, and the rest 2.5 s later. `hangs`: all the sound and never an end. `refuses`: fails at once. `breaks`: fails after half. */
  behaves?: 'well' | 'refuses' | 'stalls' | 'stops' | 'lags' | 'hangs' | 'breaks' | 'silent';
}

export interface ScriptedTextToSpeech extends TextToSpeech {
  /** Each text it was asked to speak. */
  readonly spoken: readonly string[];
  readonly running: number;
  behaves: NonNullable<ScriptedTextToSpeechOptions['behaves']>;
}

/** A voice whose sound carries its text (see `soundOf`), five times as fast as real time, 100 ms a chunk. */
export function createScriptedTextToSpeech(clock: Clock, options: ScriptedTextToSpeechOptions = {}): ScriptedTextToSpeech {
  const { id = 'scripted-voice', streaming = true, wordTimes = false, firstAudioMs = 80, sampleRate = 8000, thisMachine = false } = options;
  const spoken: string[] = [];
  let running = 0;
  const CHUNK = (sampleRate * MS_PER_CHARACTER * 2) / 1000;

  const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const timer = Number.isFinite(ms) ? clock.setTimer(ms, resolve) : null;
      signal.addEventListener(
        'abort',
        () => {
          timer?.cancel();
          resolve();
        },
        { once: true },
      );
    });

  const wordsOf = (text: string, fromCharacter: number) =>
    [...text.matchAll(/\S+/g)].map((match) => ({
      text: match[0],
      startMs: (fromCharacter + match.index) * MS_PER_CHARACTER,
      endMs: (fromCharacter + match.index + match[0].length) * MS_PER_CHARACTER,
    }));

  async function* speak(pieces: AsyncIterable<string>, signal: AbortSignal): AsyncGenerator<SpeechChunk> {
    if (self.behaves === 'refuses') throw new ProviderError(id, 'unavailable', 'The voice cannot be reached.');
    const index = spoken.push('') - 1;
    let first = true;
    let characters = 0;
    for await (const piece of pieces) {
      if (signal.aborted) return;
      if (piece === '') continue;
      spoken[index] += piece;
      if (self.behaves === 'silent') continue;
      await pause(self.behaves === 'stalls' ? Number.POSITIVE_INFINITY : first ? firstAudioMs : 0, signal);
      first = false;
      const sound = soundOf(characters % 2 ? ` ${piece}` : piece, sampleRate).subarray(characters % 2 ? CHUNK / 2 : 0);
      const words = wordsOf(piece, characters);
      characters += piece.length;
      for (let at = 0; at < sound.length; at += CHUNK) {
        if (signal.aborted) return;
        if (at >= sound.length / 2 && self.behaves === 'breaks') throw new ProviderError(id, 'unavailable', 'The stream broke.');
        if (at >= sound.length / 2 && self.behaves === 'stops') await pause(Number.POSITIVE_INFINITY, signal);
        if (self.behaves === 'lags' && at >= sound.length / 2 && at < sound.length / 2 + CHUNK) await pause(2500, signal);
        yield { pcm: sound.slice(at, at + CHUNK), sampleRate, ...(wordTimes && at === 0 ? { words } : {}) };
        await pause((MS_PER_CHARACTER * 2) / 5, signal);
      }
    }
    if (self.behaves === 'hangs') await pause(Number.POSITIVE_INFINITY, signal);
  }

  async function* oneText(text: string): AsyncGenerator<string> {
    yield text;
  }

  const self: ScriptedTextToSpeech = {
    id,
    capabilities: { streaming, languages: 'any', thisMachine },
    behaves: options.behaves ?? 'well',
    spoken,
    get running() {
      return running;
    },
    async *speak(text, _voice, signal) {
      running++;
      try {
        yield* speak(typeof text === 'string' ? oneText(text) : text, signal);
      } finally {
        running--;
      }
    },
  };
  return self;
}
