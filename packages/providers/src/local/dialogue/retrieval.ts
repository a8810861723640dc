import { type Concept, knownStems, type Topics, topicsOf } from './concepts.ts';
import type { Fact } from './knowledge.ts';
import { soundsAlike } from './words.ts';

export interface Finding {
  fact: Fact;
  score: number;
}

/** Finds what answers a question. Built once for a prompt. */
export interface Retrieval {
  /** The facts that fit best, best first; none when nothing fits well enough. `before`: the question before, for "And on Sunday?". */
  find(question: string, before?: string): Finding[];
}

/** BM25's usual constants. */
const SATURATION = 1.2;
const LENGTH_SHARE = 0.5;
/** A shared concept is weaker evidence than a shared word, a shared heading weaker than a shared sentence. */
const CONCEPT_WEIGHT = 1.6;
/** Of a concept that the turn of phrase points to, when the question names another. */
const HINT_SHARE = 0.3;
const ABOUT_WEIGHT = 0.8;
const DAY_WEIGHT = 1.6;
/** A word that stands for a concept counts for little beside the concept. */
const CONCEPT_WORD_WEIGHT = 0.4;
/** What is said of other days than those asked about is hardly an answer. */
const OTHER_DAYS_SHARE = 0.3;
/** A word that stands nowhere in the prompt: most likely the answer does not either. */
const UNKNOWN_WEIGHT = 0.55;
const BEFORE_WEIGHT = 0.5;
/** Share of the question's meaning that the best fact must cover. */
const LEAST_COVERAGE = 0.4;
/** Further facts are told too when they fit nearly as well. */
const NEARLY_AS_GOOD = 0.85;
const MOST_FACTS = 2;

interface Document {
  fact: Fact;
  counts: Map<string, number>;
  aboutStems: Set<string>;
  topics: Topics;
  concepts: ReadonlySet<Concept>;
  aboutConcepts: ReadonlySet<Concept>;
}

export function buildRetrieval(facts: readonly Fact[]): Retrieval {
  const documents = facts.map(index);
  const average = documents.reduce((sum, { topics }) => sum + topics.stems.length, 0) / Math.max(1, documents.length) || 1;
  const frequency = new Map<string, number>();
  for (const { counts, aboutStems } of documents) {
    for (const root of new Set([...counts.keys(), ...aboutStems])) frequency.set(root, (frequency.get(root) ?? 0) + 1);
  }
  const rarity = (root: string) => Math.log(1 + (documents.length - (frequency.get(root) ?? 0) + 0.5) / ((frequency.get(root) ?? 0) + 0.5));
  const rarest = Math.log(1 + documents.length / 0.5);

  /** A word that neither facts nor concepts know may be a misheard one that they do. */
  function correct(root: string): string {
    if (frequency.has(root) || knownStems.has(root)) return root;
    return [...frequency.keys(), ...knownStems].find((known) => soundsAlike(known, root)) ?? root;
  }

  /** How much of a question's meaning each word carries. */
  function worthOf(root: string): number {
    if (knownStems.has(root)) return CONCEPT_WORD_WEIGHT * (frequency.has(root) ? rarity(root) : rarest);
    return frequency.has(root) ? rarity(root) : UNKNOWN_WEIGHT * rarest;
  }

  function score(document: Document, asked: Topics): { score: number; covered: number; whole: number } {
    let total = 0;
    let covered = 0;
    let whole = 0;
    const length = 1 - LENGTH_SHARE + (LENGTH_SHARE * document.topics.stems.length) / average;
    for (const root of new Set(asked.stems)) {
      const value = worthOf(root);
      whole += value;
      const count = document.counts.get(root) ?? 0;
      if (count > 0) {
        covered += value;
        total += (value * count * (SATURATION + 1)) / (count + SATURATION * length);
      } else if (document.aboutStems.has(root)) {
        covered += value;
        total += ABOUT_WEIGHT * value;
      }
    }
    for (const concept of [...asked.concepts, ...asked.hinted]) {
      const weight = asked.concepts.size > 0 && !asked.concepts.has(concept) ? HINT_SHARE * CONCEPT_WEIGHT : CONCEPT_WEIGHT;
      const hit = document.concepts.has(concept) ? 1 : document.aboutConcepts.has(concept) ? ABOUT_WEIGHT : 0;
      whole += weight;
      total += hit * weight;
      covered += hit * weight;
    }
    for (const day of asked.days) {
      whole += DAY_WEIGHT;
      if (!document.topics.days.includes(day)) continue;
      total += DAY_WEIGHT;
      covered += DAY_WEIGHT;
    }
    const otherDays =
      asked.days.length > 0 && document.topics.days.length > 0 && !asked.days.some((day) => document.topics.days.includes(day));
    const share = otherDays ? OTHER_DAYS_SHARE : 1;
    return { score: share * total, covered: share * covered, whole };
  }

  return {
    find(question, before) {
      const asked = topicsOf(question, { question: true, correct });
      const earlier = before === undefined ? null : topicsOf(before, { question: true, correct });
      // "And on Sunday?" asks the same of another day.
      const carried = earlier && { ...earlier, days: asked.days.length > 0 ? [] : earlier.days };
      const ranked = documents
        .map((document) => {
          const now = score(document, asked);
          const then = carried && score(document, carried);
          const covered = now.covered + BEFORE_WEIGHT * (then?.covered ?? 0);
          const whole = now.whole + BEFORE_WEIGHT * (then?.whole ?? 0);
          return { fact: document.fact, score: now.score + BEFORE_WEIGHT * (then?.score ?? 0), coverage: whole > 0 ? covered / whole : 0 };
        })
        .filter(({ coverage, score: points }) => coverage >= LEAST_COVERAGE && points > 0)
        .sort((a, b) => b.score - a.score);
      const best = ranked[0]?.score ?? 0;
      return ranked.filter(({ score: points }) => points >= NEARLY_AS_GOOD * best).slice(0, MOST_FACTS);
    },
  };
}

function index(fact: Fact): Document {
  const topics = topicsOf(fact.text, { question: false });
  const aboutTopics = topicsOf(fact.about, { question: true });
  const counts = new Map<string, number>();
  for (const root of topics.stems) counts.set(root, (counts.get(root) ?? 0) + 1);
  return {
    fact,
    counts,
    aboutStems: new Set(aboutTopics.stems),
    topics,
    concepts: topics.concepts,
    aboutConcepts: new Set([...aboutTopics.concepts, ...aboutTopics.hinted]),
  };
}
