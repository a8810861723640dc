/** Words that carry no topic. */
const STOP_WORDS = new Set(
  (
    'a about actually am an and any anything are as at be been but by can could did do does doing for from get give going got had has have ' +
    'he her hi hello hey him his how i if in into is it its just know let like long looking make may me might more much my need of oh ok okay ' +
    "on or our out please really right she so some something sure tell than thank thanks that that's the their them then there these they " +
    "this those to too uh um up us very want was we well were what what's when where which who why will with would yeah yes you your i'd " +
    "i'm you're it's don't can't do you're also maybe now here hear question ask asking wondering wanted wonder today tomorrow tonight time take accept use car shop store place much many"
  ).split(' '),
);

/** Text in lower case as words and numbers; apostrophes stay inside words. */
export const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/\be-mail/g, 'email')
    .match(/[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu) ?? [];

export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/'s$/, ''],
  [/'$/, ''],
  [/ies$/, 'y'],
  [/(ss|sh|ch|x|z)es$/, '$1'],
  [/([^su])s$/, '$1'],
  [/([aeiouy].*)ing$/, '$1'],
  [/([aeiouy].*)ed$/, '$1'],
  [/([aeiouy].*)ly$/, '$1'],
];

/**
 * A word without its English endings, so that "opening", "opened" and "opens" are one. Light on purpose: what is cut too far
 * makes words meet that have nothing to do with each other.
 */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  let root = word;
  for (const [ending, replacement] of ENDINGS) {
    const cut = root.replace(ending, replacement);
    if (cut.length >= 3) root = cut;
  }
  const single = root.replace(/([bdgkmnprt])\1$/, '$1');
  return single.length > 3 ? single.replace(/e$/, '') : single;
}

/** Whether two words differ by so little that one may be a mishearing of the other: one letter, in long words two. */
export function soundsAlike(a: string, b: string): boolean {
  if (a === b) return true;
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || Math.abs(a.length - b.length) > 2) return false;
  // Most words are unlike at both ends: those need no closer look.
  if (a[0] !== b[0] && a.at(-1) !== b.at(-1)) return false;
  return editDistance(a, b) <= (shorter >= 7 ? 2 : 1);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
