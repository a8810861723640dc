const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES: readonly (readonly [number, string])[] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
];
const IRREGULAR_ORDINALS: Record<string, string> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** A whole number below 10^15 in English words: 1250 → "one thousand two hundred fifty". */
export function cardinal(n: number): string {
  for (const [scale, name] of SCALES) {
    if (n >= scale) return join(`${cardinal(Math.floor(n / scale))} ${name}`, n % scale);
  }
  if (n >= 100) return join(`${ONES[Math.floor(n / 100)]} hundred`, n % 100);
  if (n >= 20) return join(TENS[Math.floor(n / 10)]!, n % 10);
  return ONES[n]!;
}

const join = (head: string, rest: number): string => (rest === 0 ? head : `${head} ${cardinal(rest)}`);

/** 21 → "twenty first". */
export function ordinal(n: number): string {
  const words = cardinal(n).split(' ');
  const last = words.pop()!;
  words.push(IRREGULAR_ORDINALS[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`));
  return words.join(' ');
}

/** 1999 → "nineteen ninety nine", 2005 → "two thousand five", 1900 → "nineteen hundred". */
export function year(n: number): string {
  const rest = n % 100;
  if (n % 1000 < 10) return cardinal(n);
  const century = cardinal(Math.floor(n / 100));
  if (rest === 0) return `${century} hundred`;
  return rest < 10 ? `${century} oh ${cardinal(rest)}` : `${century} ${cardinal(rest)}`;
}

/** Digits one by one: "0199" → "zero one nine nine". Other characters are left out. */
export const digitByDigit = (digits: string): string => [...digits.replace(/\D/g, '')].map((digit) => ONES[Number(digit)]!).join(' ');

/** A number as written in text, with thousands separators and decimals: "1,250.5" → "one thousand two hundred fifty point five". */
export function spokenNumber(written: string): string {
  const [whole = '', decimals] = written.replaceAll(',', '').split('.');
  const head = whole.length > 15 ? digitByDigit(whole) : cardinal(Number(whole));
  return decimals ? `${head} point ${digitByDigit(decimals)}` : head;
}
