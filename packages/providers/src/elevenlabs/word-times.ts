import type { SpeechChunk } from '@talkturo/voice';

type Words = NonNullable<SpeechChunk['words']>[number];

/** Puts words together from characters with times, over as many chunks as they take. */
export interface WordTimes {
  /** Characters of a chunk that begins at `baseMs`; times are ms within it. Answers the words that are complete. */
  push(characters: readonly string[], startsMs: readonly number[], durationsMs: readonly number[], baseMs: number): Words[];
  /** The word the text ended with. */
  rest(): Words[];
}

export function createWordTimes(): WordTimes {
  let word: Words | null = null;
  const finish = (): Words[] => {
    const done = word ? [word] : [];
    word = null;
    return done;
  };
  return {
    push(characters, startsMs, durationsMs, baseMs) {
      const words: Words[] = [];
      for (const [i, character] of characters.entries()) {
        if (character.trim() === '') {
          words.push(...finish());
          continue;
        }
        const startMs = baseMs + (startsMs[i] ?? 0);
        const endMs = startMs + (durationsMs[i] ?? 0);
        word = word ? { text: word.text + character, startMs: word.startMs, endMs } : { text: character, startMs, endMs };
      }
      return words;
    },
    rest: finish,
  };
}
