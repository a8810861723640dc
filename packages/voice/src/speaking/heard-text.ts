/** A word and when it sounds, ms from the first sample. */
export interface WordTime {
  text: string;
  startMs: number;
  endMs: number;
}

/** Unhurried speech: 15 characters a second. Used only while the true length is not known. */
const TYPICAL_MS_PER_CHARACTER = 65;
/** A word counts as heard when at most this much of its end is missing. */
const WORD_TAIL_MS = 60;

export interface Spoken {
  text: string;
  /** Sound received of it so far, ms. */
  receivedMs: number;
  /** All of its sound was received. */
  complete: boolean;
  /** Where the vendor gives them, in order. */
  words: readonly WordTime[];
}

/** Back to the end of the last whole word at or before `position`. */
function wholeWords(text: string, position: number): string {
  if (position >= text.length) return text;
  if (position <= 0) return '';
  if (/\s/.test(text[position]!)) return text.slice(0, position);
  const cut = text.slice(0, position);
  const space = Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'));
  return space < 0 ? '' : cut.slice(0, space);
}

/** Where in `text` the last of the words ends that were heard by `heardMs`; words that are not found are passed over. */
function positionByWords(text: string, words: readonly WordTime[], heardMs: number): number {
  const lower = text.toLowerCase();
  let position = 0;
  for (const word of words) {
    if (word.endMs - WORD_TAIL_MS > heardMs) break;
    const found = lower.indexOf(word.text.trim().toLowerCase(), position);
    if (found >= 0) position = found + word.text.trim().length;
  }
  while (position < text.length && /[\p{P}]/u.test(text[position]!)) position++;
  return position;
}

/**
 * The part of a text that was heard when `heardMs` of its sound were: whole words only, by the vendor's word times
 * where there are some, else in proportion.
 */
export function heardText({ text, receivedMs, complete, words }: Spoken, heardMs: number): string {
  if (heardMs <= 0 || text === '') return '';
  if (complete && heardMs >= receivedMs - WORD_TAIL_MS) return text;
  if (words.length > 0) return text.slice(0, positionByWords(text, words, heardMs));
  const msPerCharacter = complete ? receivedMs / text.length : Math.max(TYPICAL_MS_PER_CHARACTER, receivedMs / text.length);
  return wholeWords(text, Math.floor((heardMs + WORD_TAIL_MS) / msPerCharacter));
}
