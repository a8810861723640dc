import { wordsOf } from './words.ts';

const DIGIT_WORDS: Record<string, string> = {
  zero: '0',
  oh: '0',
  o: '0',
  one: '1',
  won: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  ate: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  thirteen: '13',
  fourteen: '14',
  fifteen: '15',
  sixteen: '16',
  seventeen: '17',
  eighteen: '18',
  nineteen: '19',
};
const TENS: Record<string, string> = {
  twenty: '2',
  thirty: '3',
  forty: '4',
  fifty: '5',
  sixty: '6',
  seventy: '7',
  eighty: '8',
  ninety: '9',
};
/** Said for digits only among digits. */
const AMONG_DIGITS: Record<string, string> = { to: '2', too: '2', for: '4', tree: '3', sex: '6', night: '9', nein: '9' };
const TIMES: Record<string, number> = { double: 2, triple: 3, treble: 3 };

/**
 * The digits somebody dictated, as a row: "five five five, oh one double nine" → "5550199", "555-0199" → "5550199",
 * "eight hundred" → "800", "twenty five" → "25". A leading plus stays. Empty when there are none.
 */
export function spokenDigits(text: string): string {
  const words = wordsOf(text);
  let digits = '';
  let times = 1;
  words.forEach((word, i) => {
    const next = words[i + 1] ?? '';
    const isDigit = (other: string) => /^\d+$/.test(other) || other in DIGIT_WORDS || other in TENS;
    let piece = /^\d+$/.test(word) ? word : (DIGIT_WORDS[word] ?? '');
    if (word in TENS) piece = TENS[word]! + (/^[1-9]$/.test(DIGIT_WORDS[next] ?? next) ? '' : '0');
    else if (word in AMONG_DIGITS && isDigit(words[i - 1] ?? '') && isDigit(next)) piece = AMONG_DIGITS[word]!;
    else if (word === 'hundred' && digits) piece = '00';
    else if (word === 'thousand' && digits) piece = '000';
    if (word in TIMES) times = TIMES[word]!;
    else if (piece) {
      digits += piece.repeat(times);
      times = 1;
    }
  });
  return digits && /(?:^|\s)(?:\+|plus\s)/i.test(text) ? `+${digits}` : digits;
}

/** A telephone number as it is written and read back: 5550199 → "555-0199", 5550100199 → "555-010-0199". */
export function writtenNumber(digits: string): string {
  const plus = digits.startsWith('+') ? '+' : '';
  const row = digits.replace(/\D/g, '');
  if (row.length === 7) return `${plus}${row.slice(0, 3)}-${row.slice(3)}`;
  if (row.length === 10) return `${plus}${row.slice(0, 3)}-${row.slice(3, 6)}-${row.slice(6)}`;
  if (row.length === 11 && row.startsWith('1')) return `${plus}1 ${row.slice(1, 4)}-${row.slice(4, 7)}-${row.slice(7)}`;
  return `${plus}${row.match(/\d{3}(?!\d$)|\d+/g)?.join(' ') ?? ''}`;
}

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/\s*\b(?:at|et)\b(?: sign)?\s*(?=[\w\s.-]*(?:\.|\bdot\b|\bpoint\b))/gi, '@'],
  [/\s*\b(?:dot|point|period)\b\s*/gi, '.'],
  [/\s*\b(?:underscore|under score)\b\s*/gi, '_'],
  [/\s*\b(?:dash|hyphen|minus)\b\s*/gi, '-'],
  [/\s*\bplus\b\s*/gi, '+'],
];
const LEAD_IN = /^.*?\b(?:(?:e-?mail(?: address)?|address) (?:is|it's)|it is|it's|that is|that's|sure|yes|yeah|okay|ok)\b[\s,:]*/i;
const ADDRESS = /[a-z0-9._+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/;

/** The e-mail address somebody dictated: "john dot smith at example dot com" → "john.smith@example.com". Null when there is none. */
export function spokenEmail(text: string): string | null {
  const plain = text.trim().replace(/[.!?]+$/, '');
  for (const candidate of [plain.replace(LEAD_IN, ''), plain]) {
    let written = candidate.toLowerCase().replace(/,/g, ' ');
    for (const [said, sign] of SIGNS) written = written.replace(said, sign);
    written = written.replace(/\b(zero|one|two|three|four|five|six|seven|eight|nine)\b/g, (word) => DIGIT_WORDS[word]!);
    const [before = '', after = ''] = written.split('@');
    const address = `${before.replace(/\s+/g, '')}@${after
      .trim()
      .split(/\s+(?![a-z0-9-]*\.)/)[0]!
      .replace(/\s+/g, '')}`;
    const found = address.match(ADDRESS)?.[0];
    if (found) return found;
  }
  return null;
}

const NAME_LEAD_IN =
  /^(?:(?:um+|uh+|oh|well|yes|yeah|yep|sure|okay|ok|of course|certainly|hi|hello|so)[\s,.]+)*(?:(?:my (?:full |first |last )?name(?:'s| is)|the name(?:'s| is)|name(?:'s| is)|this is|it's|it is|i'm|i am|you can call me|call me|that's|that is)\s+)?/i;
const NAME_TAIL = /[\s,]+(?:please|thanks|thank you|speaking|here|and|that's it)[\s.!]*$/i;
const NO_NAME =
  /\b(?:what|why|how|when|where|who|do|does|can|could|would|is|are|not|don't|you|your|i|want|need|looking|calling|open|number|sorry|no|yes|nope|help|about|the|a|email|phone|busy|good|fine|here|interested|and|but|zero|one|two|three|four|five|six|seven|eight|nine)\b/i;

/** The name in an answer to "May I have your name?", or null. `volunteered`: only when it is said to be one. */
export function spokenName(text: string, volunteered = false): string | null {
  const plain = text.replace(/[“”"]/g, '').trim();
  const introduced = plain.match(/\b(?:my name(?:'s| is)|this is|the name is|call me)\s+([^.,!?]+)/i)?.[1];
  if (volunteered && !/\b(?:my name|the name is|call me)\b/i.test(plain)) return null;
  const said = (introduced ?? plain.replace(NAME_LEAD_IN, '')).replace(/[.!?]+$/, '').replace(NAME_TAIL, '');
  const words = said.split(/[\s,]+/).filter(Boolean);
  const name = words.length > 2 && introduced ? words.slice(0, words.findIndex((word, i) => i > 0 && NO_NAME.test(word)) >>> 0) : words;
  if (name.length === 0 || name.length > 4 || name.some((word) => NO_NAME.test(word) || /\d/.test(word))) return null;
  if (!name.every((word) => /^[\p{L}][\p{L}'.-]*$/u.test(word))) return null;
  return name.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
