import type { SpokenPiece } from './reading/rule.ts';

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
  /** Where the vendor gives them, in order: of the text as it was said. */
  words: readonly WordTime[];
  /** How its parts are said, from the start; left out where it is said as it is written. */
  pieces?: readonly SpokenPiece[];
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

/** A word is looked for this far on: the next one like it may stand anywhere. */
const LOOK_AHEAD = 60;

/** Where in `said` the last of the words ends that were heard by `heardMs`; words that are not found are passed over. */
function positionByWords(said: string, words: readonly WordTime[], heardMs: number): number {
  const lower = said.toLowerCase();
  let position = 0;
  for (const word of words) {
    if (word.endMs - WORD_TAIL_MS > heardMs) break;
    const wanted = word.text.trim().toLowerCase();
    const found = lower.slice(position, position + LOOK_AHEAD + wanted.length).indexOf(wanted);
    if (found >= 0) position += found + wanted.length;
  }
  while (position < said.length && /[\p{P}]/u.test(said[position]!)) position++;
  return position;
}

/** The position in the written text that stands for one in the text as it is said. What is said otherwise than written is heard whole or not at all. */
function writtenPosition(pieces: readonly SpokenPiece[], position: number): number {
  let left = position;
  let written = 0;
  for (const piece of pieces) {
    if (left < piece.said.length) return piece.said === piece.written ? written + left : written;
    left -= piece.said.length;
    written += piece.written.length;
  }
  return written;
}

/**
 * The part of a text that was heard when `heardMs` of its sound were: whole words only, by the vendor's word times
 * where there are some, else in proportion.
 */
export function heardText({ text, receivedMs, complete, words, pieces }: Spoken, heardMs: number): string {
  if (heardMs <= 0 || text === '') return '';
  if (complete && heardMs >= receivedMs - WORD_TAIL_MS) return text;
  const said = pieces ? pieces.map((piece) => piece.said).join('') : text;
  const inText = (position: number) => (pieces ? writtenPosition(pieces, position) : position);
  if (words.length > 0) return text.slice(0, inText(positionByWords(said, words, heardMs)));
  const msPerCharacter = complete ? receivedMs / said.length : Math.max(TYPICAL_MS_PER_CHARACTER, receivedMs / said.length);
  return wholeWords(text, inText(Math.floor((heardMs + WORD_TAIL_MS) / msPerCharacter)));
}
