import { createSpokenForm } from '../../spoken-form.ts';
import type { ReadingOptions } from '../reading.ts';

/** Text cut as language models cut it: words with the space before them, figures by threes, signs. */
export const tokensOf = (text: string): string[] => text.match(/\s?\p{L}+|\s?\d{1,3}|\s?[^\p{L}\d\s]+|\s/gu) ?? [];

/** What is said of a text that comes in pieces, and which text that was. */
export function piecewise(parts: readonly string[], options: ReadingOptions): { said: string; written: string } {
  const form = createSpokenForm(options);
  const pieces = parts.flatMap((part) => form.push(part));
  pieces.push(...form.rest());
  return { said: pieces.map((piece) => piece.said).join(''), written: pieces.map((piece) => piece.written).join('') };
}

/** Pieces of `size` characters. */
export const cutEvery = (size: number, text: string): string[] => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
