import { createSentenceCutter } from '@talkturo/voice';

/** Text that comes in pieces and can be read again from its start, so that a voice may be tried again. */
export function replayable(text: AsyncIterable<string> | string): () => AsyncIterable<string> {
  if (typeof text === 'string') {
    return async function* () {
      yield text;
    };
  }
  const source = text[Symbol.asyncIterator]();
  const pieces: string[] = [];
  let ended = false;
  let pending: Promise<void> | null = null;
  const more = async () => {
    const next = await source.next();
    pending = null;
    if (next.done) ended = true;
    else pieces.push(next.value);
  };
  return async function* () {
    for (let at = 0; ; at++) {
      while (at >= pieces.length) {
        if (ended) return;
        pending ??= more();
        await pending;
      }
      yield pieces[at]!;
    }
  };
}

const HAS_WORDS = /\p{L}|\p{N}/u;

/** The sentences and clauses of a text as they become complete; what has no words waits for what follows. */
export async function* sentencesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  const cutter = createSentenceCutter();
  let wordless = '';
  for await (const piece of text) {
    for (const sentence of cutter.push(piece)) {
      wordless += sentence;
      if (!HAS_WORDS.test(wordless)) continue;
      yield wordless;
      wordless = '';
    }
  }
  const rest = wordless + cutter.rest();
  if (HAS_WORDS.test(rest)) yield rest;
}
