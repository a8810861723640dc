import { type ReadingOptions, readingOf } from './reading/reading.ts';
import type { SpokenPiece } from './reading/rule.ts';

/**
 * Text as a voice should read it. Marks of formatting are dropped; addresses and long numbers are spelled the way people
 * say them; where the voice does not do it well itself, numbers, money, dates, units and abbreviations are written out.
 * Everything else passes unchanged and at once.
 */
export interface SpokenForm {
  /** What of the text so far may go to the voice; what may still turn into something else is held back. */
  push(text: string): readonly SpokenPiece[];
  rest(): readonly SpokenPiece[];
}

const LONGEST_HELD = 80;
/** So much of what went out is remembered: it tells what the rest means ("May" before "5"). */
const REMEMBERED = 24;

/** Letters and commas: what mostly needs no reading. */
const PLAIN = /^[^\d@*_#`~≈=×|<>.+()[\]$€£¥&%°ºª§½⅓⅔¼¾\-–—−•\n\p{Cs}\p{Emoji_Modifier}\p{Cf}\p{Extended_Pictographic}]*$/u;

export const saidOf = (pieces: readonly SpokenPiece[]): string => pieces.map(({ said }) => said).join('');

/** The whole text as it should be read. */
export const spokenForm = (text: string, options: ReadingOptions): string => saidOf(readingOf(options).read(text, 0));

export function createSpokenForm(options: ReadingOptions): SpokenForm {
  const reading = readingOf(options);
  let before = '';
  let held = '';

  /** Gives out the first `length` characters of `text`, less where a reading would be torn; the rest is held. */
  function release(text: string, length: number): readonly SpokenPiece[] {
    const pieces: SpokenPiece[] = [];
    let at = 0;
    // All of it is read: what is held tells what stands before it means.
    for (const piece of length === 0 ? [] : reading.read(before + text, before.length)) {
      const end = at + piece.written.length;
      if (end <= length) pieces.push(piece);
      else if (piece.said === piece.written && at < length) {
        const part = piece.written.slice(0, length - at);
        pieces.push({ written: part, said: part });
      }
      if (end > length) {
        if (piece.said === piece.written) at = Math.max(at, length);
        break;
      }
      at = end;
    }
    before = (before + text.slice(0, at)).slice(-REMEMBERED);
    held = text.slice(at);
    return pieces;
  }

  return {
    push(text) {
      if (text === '') return [];
      // Nearly every piece: words that need no reading, and nothing waiting.
      if (held === '' && PLAIN.test(text) && !reading.concerns(before + text)) {
        before = (before + text).slice(-REMEMBERED);
        return [{ written: text, said: text }];
      }
      const all = held + text;
      // Where it began in what went out already, the rest of it is held; no word is torn.
      let from = Math.max(0, reading.openFrom(before + all) - before.length);
      if (from < all.length) while (from > 0 && !/\s/.test(all[from - 1]!)) from--;
      return release(all, all.length - from <= LONGEST_HELD ? from : all.length);
    },
    rest: () => release(held, held.length),
  };
}
