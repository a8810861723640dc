/** The bounds the API sets. */
const MOST_TERMS = 100;
const LONGEST_TERM = 50;

/** The terms of a text with one a line, each once. */
export const keytermsIn = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

/** What is wrong with a list of terms, as the name of its text under `assistants.keytermsLacks`. */
export function lacksOfKeyterms(terms: readonly string[]): { what: 'tooMany' | 'tooLong'; term: string } | undefined {
  if (terms.length > MOST_TERMS) return { what: 'tooMany', term: '' };
  const long = terms.find((term) => term.length > LONGEST_TERM);
  return long === undefined ? undefined : { what: 'tooLong', term: long };
}
