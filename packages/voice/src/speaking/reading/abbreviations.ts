import { anyOf, type Rule } from './rule.ts';

/** Abbreviations at which sentences end as well, and what begins the next sentence. */
interface Closing {
  abbreviations: readonly string[];
  nextWord: string;
}

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);

/**
 * As they stand in the table; those of several words with a capital too, as at the beginning of a sentence. The point of one
 * that ends a sentence is said as its end.
 */
export function abbreviationRules(table: Readonly<Record<string, string>>, closing: Closing): readonly Rule[] {
  const said = new Map<string, string>();
  for (const [short, long] of Object.entries(table)) {
    if (/\..*\./.test(short)) said.set(capital(short), capital(long));
    said.set(short, long);
  }
  const bounded = (shorts: readonly string[]) => `(?<![\\p{L}\\d.])(?:${anyOf(shorts)})(?!\\p{L})`;
  const rules: Rule[] = [{ pattern: new RegExp(bounded([...said.keys()]), 'gu'), say: (short) => said.get(short)! }];
  const ending = closing.abbreviations.filter((short) => said.has(short));
  if (ending.length === 0) return rules;
  return [
    { pattern: new RegExp(`${bounded(ending)}(?=\\s+(?:${closing.nextWord}))`, 'gu'), say: (short) => `${said.get(short)!}.` },
    ...rules,
  ];
}

/**
 * All their beginnings: models cut words where they like. A word that is one ("We" of "Wed.") waits for the next piece, which
 * costs nothing: voices are given whole clauses.
 */
export function beginningsOf(abbreviations: readonly string[]): ReadonlySet<string> {
  const beginnings = new Set<string>();
  for (const short of abbreviations) {
    for (let end = 1; end < short.length; end++) {
      beginnings.add(short.slice(0, end));
      beginnings.add(capital(short.slice(0, end)));
    }
  }
  return beginnings;
}
