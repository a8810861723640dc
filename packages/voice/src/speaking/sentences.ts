/** Cuts text that comes in pieces into what a voice can speak at once: sentences, and the first one's first clause. */
export interface SentenceCutter {
  /** The sentences that are complete now. Together with `rest` they are the text unchanged. */
  push(text: string): string[];
  /** What is left at the end of the text; '' for nothing. */
  rest(): string;
}

/** A first sentence longer than this is begun at its first clause, so that the caller waits less. */
const LONG_FIRST_SENTENCE = 48;
const SHORTEST_CLAUSE = 24;
/** One so long without such a clause is begun at any. */
const VERY_LONG_FIRST_SENTENCE = 90;
const SHORTEST_OF_ALL = 5;
/** No voice gets more than this in one piece. */
const LONGEST = 280;

/** Titles and the like: a sentence goes on behind them, whatever follows. Single letters are initials, mostly. */
const GOES_ON =
  /(?:^|[\s(„“"'-])(?:mr|mrs|ms|dr|prof|st|nr|vs|approx|bzw|ca|ggf|evtl|inkl|exkl|zzgl|vgl|sog|mind|max|tel|hr|fr|med|dipl|ing|sr|sra|srta|dra|dña|mme|mlle|mm|pr|e\.g|i\.e|z\.\s?b|d\.\s?h|u\.\s?a|p\.\s?ej|p\.\s?ex|[a-z])\.$/i;
/** Behind these a number belongs to them. */
const WITH_NUMBER = /(?:^|[\s(-])(?:no|n|núm|art|pp?|abs|kap|\p{L}*(?:str|nr))\.$/iu;
/** A day, an ordinal, an item of a list: "am 3. Mai". At the price of a sentence that ends with a small number. */
const ORDINAL = /(?:^|[\s(–-])(?:\d{1,2}\.)+$/;
/** What may be shortened, or only a pause: a short word, one with points in it. */
const UNSURE = /(?:^|\s)\S{1,4}$|\.\S+$|(?:\.{2,}|…)\S*$|(?:str|nr)\.$/iu;
/** The end of a sentence: closing marks and then a space; in scripts without spaces the mark alone. */
const SENTENCE_END = /[.!?…।॥؟۔]+["'”’)\]]*\s+|[。！？]+|\n+/g;
/** More than a point: nothing that follows changes it. */
const CERTAIN = /[!?。！？।॥؟۔\n]/;
const CLAUSE_END = /[,;:–—]\s+|[，、；：]/g;
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
/** How long it takes to say, in letters of an alphabet. */
const spokenLength = (text: string): number => text.length + 2 * (text.match(DENSE)?.length ?? 0);

function sentenceEnd(text: string): number {
  for (const match of text.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    if (CERTAIN.test(match[0])) return end;
    const upTo = text.slice(0, end).trimEnd();
    if (GOES_ON.test(upTo) || ORDINAL.test(upTo)) continue;
    if (!UNSURE.test(upTo)) return end;
    const next = text[end];
    // What follows decides: it comes with the next piece.
    if (next === undefined) return -1;
    if (!/\p{Ll}/u.test(next) && !(/\d/.test(next) && WITH_NUMBER.test(upTo))) return end;
  }
  return -1;
}

function clauseEnd(text: string): number {
  const length = spokenLength(text);
  if (length <= LONG_FIRST_SENTENCE) return -1;
  const shortest = length > VERY_LONG_FIRST_SENTENCE ? [SHORTEST_CLAUSE, SHORTEST_OF_ALL] : [SHORTEST_CLAUSE];
  const ends = [...text.matchAll(CLAUSE_END)].map((match) => match.index + match[0].length);
  for (const least of shortest) {
    const end = ends.find((each) => spokenLength(text.slice(0, each)) >= least);
    if (end !== undefined) return end;
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
    if (first && (end < 0 || end > LONG_FIRST_SENTENCE)) {
      const clause = clauseEnd(end < 0 ? pending : pending.slice(0, end));
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
