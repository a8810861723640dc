import { type SQL, sql } from 'drizzle-orm';

/** PostgreSQL takes no lexeme of 2048 bytes or more. */
const LONGEST_WORD = 100;

/**
 * The words of a text, as they are searched: letters and digits of any script, in small letters. Split and folded here
 * and not by PostgreSQL, whose ways depend on the locale of the database.
 */
const wordsOf = (text: string): string[] =>
  [
    ...(text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []),
  ].map((word) => word.slice(0, LONGEST_WORD));

/** What the index keeps of a turn. */
export const searchable = (text: string): SQL<string> => sql`array_to_tsvector(${sql.param(wordsOf(text))}::text[])`;

/** Finds turns with all the words; the last may be a beginning, so that a search grows while it is typed. Null: no word, nothing to find. */
export function searchFor(text: string): SQL | null {
  const words = wordsOf(text);
  if (words.length === 0) return null;
  return sql`${words.map((word, i) => `'${word}'${i === words.length - 1 ? ':*' : ''}`).join(' & ')}::tsquery`;
}
