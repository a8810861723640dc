import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { likePart } from '../database/like.ts';

/** Letters that Unicode does not take apart but people do. */
const SPELLED: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };
const MOST_WORDS = 10;

/**
 * Text as searches compare it: lower case, without accents, single spaces, ASCII only. Letters of other scripts are spelled
 * by their code point, since PostgreSQL's trigrams see no letters beyond ASCII in a database of the locale C.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\0-\x7f]/gu, (letter) => SPELLED[letter] ?? (/\s/.test(letter) ? ' ' : `z${letter.codePointAt(0)?.toString(36)}`))
    .replace(/\s+/g, ' ')
    .trim();
}

/** What is stored to be searched: the folded parts, each after a blank, so that a blank marks the beginning of a word. */
export function searchTextOf(...parts: readonly (string | null | undefined)[]): string {
  return parts
    .map((part) => fold(part ?? ''))
    .filter(Boolean)
    .map((part) => ` ${part}`)
    .join('');
}

/**
 * The words of a query. A phone number, however written, is one word of digits without the zeros of trunk and
 * international prefixes, so that it is found in an E.164 number.
 */
export function searchWords(query: string): string[] {
  const folded = fold(query);
  if (/^[\d\s()+./-]+$/.test(folded) && /\d/.test(folded)) {
    const digits = folded.replaceAll('(0)', '').replace(/\D/g, '').replace(/^0+/, '');
    return digits === '' ? [] : [digits];
  }
  return folded.split(' ').filter(Boolean).slice(0, MOST_WORDS);
}

/**
 * The condition that every word occurs; undefined for a query without words. A word of one or two letters has no trigram
 * of its own and matches beginnings of words only.
 */
export function searchCondition(column: PgColumn, query: string): SQL | undefined {
  const words = searchWords(query);
  if (words.length === 0) return undefined;
  const conditions = words.map((word) => {
    const part = likePart(word);
    return sql`${column} like ${word.length < 3 ? `% ${part.slice(1)}` : part}`;
  });
  return sql.join(conditions, sql` and `);
}
