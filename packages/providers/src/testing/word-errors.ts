import { spokenText } from '../local/speaking/spoken-text.ts';

/** Ways of writing that sound the same. */
const ALIKE: Record<string, string> = { ok: 'okay', mr: 'mister', "can't": 'cannot', 'good-by': 'goodbye', 'good-bye': 'goodbye' };

/** Text as bare words, so that only hearing counts, not writing. */
export const bareWords = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/\d+/g, (digits) => ` ${spokenText(digits.length > 2 ? [...digits].join(', ') : digits)} `)
    .split(/[^a-z'-]+/)
    .map((word) => ALIKE[word] ?? word)
    .flatMap((word) => word.split('-'))
    .filter(Boolean);

/** Words wrong, missing or too many in `heard`, and words in `said` (Levenshtein over bare words). */
export function wordErrors(said: string, heard: string): { errors: number; words: number } {
  const reference = bareWords(said);
  const hypothesis = bareWords(heard);
  let row = Array.from({ length: hypothesis.length + 1 }, (_, j) => j);
  for (const [i, word] of reference.entries()) {
    const next = [i + 1];
    for (const [j, other] of hypothesis.entries()) {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (word === other ? 0 : 1)));
    }
    row = next;
  }
  return { errors: row.at(-1)!, words: reference.length };
}
