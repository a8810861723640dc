import { isStopWord, stem, wordsOf } from './words.ts';

/**
 * What callers ask about, under the words they use for it. A sentence and a question that share a concept belong together
 * even when they share no word ("How much is it?", "A repair costs 40 dollars").
 */
const CONCEPTS = {
  hours: 'open opening opens hours close closed closing closes weekday weekend',
  price: 'price prices cost costs fee fees charge charges rate rates expensive cheap pricing dollar dollars euro euros pound pounds',
  address: 'address located location street avenue road directions situated downtown',
  phone: 'phone telephone callback',
  email: 'email mail',
  booking: 'book booking appointment appointments reserve reservation schedule',
  services: 'service services offer offers provide specialise specialize',
  repair: 'repair repairs fix mend broken',
  bicycle: 'bike bikes bicycle bicycles',
  tyre: 'tyre tyres tire tires',
  returns: 'return returns refund refunds exchange',
  delivery: 'deliver delivery deliveries ship shipping',
  parking: 'park parking garage',
  payment: 'pay payment payments card cards cash invoice',
  warranty: 'warranty guarantee',
  cancelling: 'cancel cancellation cancellations',
  people: 'owner manager staff team boss founder',
  rental: 'rent rental rentals hire',
  food: 'menu food dish dishes meal meals vegetarian vegan',
  discount: 'discount discounts deal deals promotion sale',
  duration: 'minutes hour days weeks duration wait',
  trial: 'trial demo demonstration',
  business: 'business company',
} as const;

export type Concept = keyof typeof CONCEPTS;

const BY_STEM = new Map<string, Concept>(
  (Object.entries(CONCEPTS) as [Concept, string][]).flatMap(([concept, words]) =>
    words.split(' ').map((word) => [stem(word), concept] as const),
  ),
);

export const knownStems: ReadonlySet<string> = new Set(BY_STEM.keys());

/** Turns of phrase that ask for a concept without naming it. */
const ASKED: readonly (readonly [RegExp, Concept])[] = [
  [/\bhow much\b|\bhow expensive\b/, 'price'],
  [/\bwhere\b|\bhow (?:do|can) i (?:get|come) (?:there|to you)\b/, 'address'],
  [
    /\bwhen (?:are|do|can|will|is)\b|\bwhat times?\b|\btill when\b|\bhow late\b|\bopening (?:ours|hours|times)\b|\bare you there\b/,
    'hours',
  ],
  [/\bhow (?:do|can|could) i (?:reach|contact|call)\b|\b(?:phone|telephone|your) number\b/, 'phone'],
  [/\bhow (?:do|can|could) i (?:reach|contact|write)\b/, 'email'],
  [/\bhow long\b/, 'duration'],
  [/\bwho (?:owns|runs|is the)\b/, 'people'],
  [/\bwhat do you (?:offer|sell|have)\b|\bwhat can you do\b|\bwhat kind of\b/, 'services'],
  [/\bwhat (?:do you do|does your company do)\b|\bwhat (?:kind|sort) of (?:company|business|shop|place)\b/, 'business'],
  [/\bmoney back\b/, 'returns'],
];

/** What a sentence is about by the look of it. */
const SHOWN: readonly (readonly [RegExp, Concept])[] = [
  [/[$€£]\s?\d|\d\s?(?:dollars|euros|pounds|usd|eur)\b/i, 'price'],
  [/\b\d{1,2}(?::\d{2})?\s?[ap]\.?m\b|\b(?:o'clock)\b/i, 'hours'],
  [/\S@\S/, 'email'],
  [/\b\d+\s+[A-Z][a-z]+\s+(?:St|Street|Ave|Avenue|Rd|Road|Lane|Blvd|Boulevard|Square|Drive)\b/, 'address'],
  [/(?:\+\d[\d\s().-]{7,}|\b\d{3}[\s.-]\d{4}\b)/, 'phone'],
];

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const DAY = /\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?s?\b/;
const DAY_RANGE = new RegExp(`${DAY.source}\\.?\\s*(?:-|–|to|through|until|till)\\s*${DAY.source}`, 'g');

/** Days a text names, ranges filled in: "Mon–Wed" is three days, "weekends" two. */
function daysOf(text: string): string[] {
  const lower = text.toLowerCase();
  const named = new Set<number>();
  const index = (short: string) => DAYS.findIndex((day) => day.startsWith(short));
  for (const match of lower.matchAll(DAY_RANGE)) {
    const last = index(match[2]!);
    for (let day = index(match[1]!); ; day = (day + 1) % 7) {
      named.add(day);
      if (day === last) break;
    }
  }
  for (const match of lower.matchAll(new RegExp(DAY.source, 'g'))) named.add(index(match[1]!));
  if (/\bweekdays?\b/.test(lower)) for (let day = 0; day < 5; day++) named.add(day);
  if (/\bweekends?\b/.test(lower)) named.add(5).add(6);
  if (/\b(?:daily|every ?day|seven days)\b/.test(lower)) for (let day = 0; day < 7; day++) named.add(day);
  return [...named].map((day) => DAYS[day]!);
}

export interface Topics {
  /** Stems of the words that carry meaning, days under their full names. */
  stems: string[];
  concepts: Set<Concept>;
  /** Concepts that only a turn of phrase points to: "where" asks for an address, unless it asks where to park. */
  hinted: Set<Concept>;
  days: string[];
}

/** "Address" here is not where somebody lives. */
const withoutFalseFriends = (text: string): string =>
  text.replace(/\be-?mail address(?:es)?\b/gi, 'email').replace(/\bweb address\b/gi, 'website');

export interface TopicOptions {
  /** Also what its turns of phrase ask for; otherwise what its figures and addresses show. */
  question: boolean;
  /** Puts right the stem of a misheard word. */
  correct?: (root: string) => string;
}

/** What a text is about. */
export function topicsOf(written: string, { question, correct = (root) => root }: TopicOptions): Topics {
  const text = withoutFalseFriends(written);
  const days = daysOf(text);
  const stems = wordsOf(text)
    .filter((word) => !isStopWord(word) && !DAY.test(word))
    .map((word) => correct(stem(word)));
  const concepts = new Set<Concept>();
  const hinted = new Set<Concept>();
  for (const root of stems) {
    const concept = BY_STEM.get(root);
    if (concept) concepts.add(concept);
  }
  const looked = question ? text.toLowerCase() : text;
  for (const [pattern, concept] of question ? ASKED : SHOWN) {
    if (pattern.test(looked) && !concepts.has(concept)) (question ? hinted : concepts).add(concept);
  }
  if (days.length > 0 && !question && /\d/.test(text)) concepts.add('hours');
  return { stems, concepts, hinted, days };
}
