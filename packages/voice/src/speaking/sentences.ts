/** Cuts text that comes in pieces into what a voice can speak at once: sentences, and the first one's first clause. */
export interface SentenceCutter {
  /** The sentences that are complete now. Together with `rest` they are the text unchanged. */
  push(text: string): string[];
  /** What is left at the end of the text; '' for nothing. */
  rest(): string;
}

/** A first sentence longer than this is begun at its first clause, so that the caller waits less. */
const LONG_FIRST_SENTENCE = 60;
const SHORTEST_CLAUSE = 24;
/** No voice gets more than this in one piece. */
const LONGEST = 280;

const ABBREVIATION = /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|no|nr|vs|approx|e\.g|i\.e|z\.b|d\.h|bzw|ca|etc|inc|ltd|co|[a-z])\.$/i;
/** The end of a sentence: closing marks and then a space; in scripts without spaces the mark alone. */
const SENTENCE_END = /[.!?…]+["'”’)\]]*\s+|[。！？]+|\n+/g;
const CLAUSE_END = /[,;:–—]\s+/g;

function sentenceEnd(text: string): number {
  for (const match of text.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    const upTo = text.slice(0, end).trimEnd();
    if (!ABBREVIATION.test(upTo)) return end;
  }
  return -1;
}

function clauseEnd(text: string): number {
  for (const match of text.matchAll(CLAUSE_END)) {
    const end = match.index + match[0].length;
    if (end >= SHORTEST_CLAUSE) return end;
  }
  return -1;
}

function lastBreak(text: string): number {
  const clause = Math.max(text.lastIndexOf(', ', LONGEST), text.lastIndexOf('; ', LONGEST));
  if (clause > LONGEST / 2) return clause + 2;
  const space = text.lastIndexOf(' ', LONGEST);
  return space > 0 ? space + 1 : LONGEST;
}

export function createSentenceCutter(): SentenceCutter {
  let pending = '';
  let first = true;
  const next = (): number => {
    const end = sentenceEnd(pending);
    if (first && pending.length > LONG_FIRST_SENTENCE && (end < 0 || end > LONG_FIRST_SENTENCE)) {
      const clause = clauseEnd(pending);
      if (clause > 0) return clause;
    }
    if (end > 0 && end <= LONGEST) return end;
    return pending.length > LONGEST ? lastBreak(pending) : -1;
  };
  return {
    push(text) {
      pending += text;
      const sentences: string[] = [];
      for (let end = next(); end > 0; end = next()) {
        sentences.push(pending.slice(0, end));
        pending = pending.slice(end);
        first = false;
      }
      return sentences;
    },
    rest() {
      const left = pending;
      pending = '';
      return left;
    },
  };
}
