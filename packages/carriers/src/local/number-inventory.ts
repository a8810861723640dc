import type { NumberSearch, OfferedNumber } from '../number-supplier.ts';

/** Area codes of Canada (Canadian Numbering Administrator, 2025); every other geographic code is taken as the United States'. */
const CANADIAN = new Set(
  '204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 468 474 506 514 519 548 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905'.split(
    ' ',
  ),
);
/** Toll-free codes of the North American Numbering Plan. */
const TOLL_FREE = ['800', '888', '877', '866', '855', '844', '833'];
/** Where a search without an area code looks. */
const USUAL = { US: ['415', '212', '312', '512', '206', '305', '617', '702'], CA: ['416', '514', '604', '403'] };

/** How numbers look elsewhere: `#` any digit, `N` 2 to 9. Large cities and the national toll-free range. */
const ABROAD: Readonly<Record<string, { local: string; tollFree?: string }>> = {
  AT: { local: '+431N######', tollFree: '+43800N#####' },
  AU: { local: '+6128N######', tollFree: '+611800N#####' },
  BE: { local: '+3222N#####', tollFree: '+32800N####' },
  CH: { local: '+4144N######', tollFree: '+41800N#####' },
  DE: { local: '+4930N#######', tollFree: '+49800N######' },
  DK: { local: '+4532N#####', tollFree: '+4580N#####' },
  ES: { local: '+34912N#####', tollFree: '+34900N#####' },
  FI: { local: '+3589N######', tollFree: '+358800N####' },
  FR: { local: '+3317N######', tollFree: '+33805N#####' },
  GB: { local: '+44207N######', tollFree: '+44808N######' },
  IE: { local: '+3531N######', tollFree: '+3531800N#####' },
  IT: { local: '+3906N######', tollFree: '+39800N#####' },
  MX: { local: '+5255N#######', tollFree: '+52800N######' },
  NL: { local: '+3120N######', tollFree: '+31800N###' },
  NO: { local: '+4722N#####', tollFree: '+47800N####' },
  NZ: { local: '+649N######', tollFree: '+64800N#####' },
  PL: { local: '+4822N######', tollFree: '+48800N#####' },
  PT: { local: '+35121N######', tollFree: '+351800N#####' },
  SE: { local: '+468N######', tollFree: '+4620N#####' },
};

/** A stream of digits that is the same on every machine for the same seed (FNV-1a, then xorshift32). */
function digitsOf(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % 10;
  };
}

function patternsOf(search: NumberSearch): string[] {
  const { countryCode, areaCode, numberType } = search;
  if (countryCode !== 'US' && countryCode !== 'CA') {
    const pattern = ABROAD[countryCode]?.[numberType === 'local' ? 'local' : 'tollFree'];
    return pattern ? [pattern] : [];
  }
  const known = numberType === 'local' ? USUAL[countryCode] : TOLL_FREE;
  const codes = areaCode === undefined ? known : [areaCode].filter((code) => isCodeOf(countryCode, numberType, code));
  return codes.map((code) => `+1${code}N######`);
}

function isCodeOf(countryCode: 'US' | 'CA', numberType: NumberSearch['numberType'], code: string): boolean {
  if (numberType === 'toll-free') return TOLL_FREE.includes(code);
  // NANP: [2-9][0-8]X, not N11, not toll-free.
  if (!/^[2-9][0-8]\d$/.test(code) || code.endsWith('11') || TOLL_FREE.includes(code)) return false;
  return CANADIAN.has(code) === (countryCode === 'CA');
}

/** Exchanges nobody is given: services (N11) and 555, where the simulated people live. */
const isReserved = (phoneNumber: string): boolean => /^\+1\d{3}(\d11|555)/.test(phoneNumber);

/** What the built-in network offers: the same list on every machine, longer for a larger limit. */
export function offeredNumbers(search: NumberSearch): OfferedNumber[] {
  const patterns = patternsOf(search);
  if (patterns.length === 0) return [];
  const streams = patterns.map((pattern) => ({ pattern, digit: digitsOf(pattern) }));
  const found = new Set<string>();
  // A pattern holds 8,000 numbers or more; the cap only guards against a limit beyond that.
  for (let i = 0; found.size < search.limit && i < search.limit * 20; i++) {
    const { pattern, digit } = streams[i % streams.length]!;
    const phoneNumber = pattern.replace(/[#N]/g, (kind) => String(kind === 'N' ? 2 + (digit() % 8) : digit()));
    if (!isReserved(phoneNumber)) found.add(phoneNumber);
  }
  return [...found].map((phoneNumber) => ({ phoneNumber, monthlyPrice: '1.00', setupPrice: '1.00', features: ['voice'] }));
}
