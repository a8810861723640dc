import { type Concept, topicsOf } from './concepts.ts';
import type { Fact, Knowledge } from './knowledge.ts';

export const ANYTHING_ELSE = 'Is there anything else I can help you with?';
export const NOT_CAUGHT = "Sorry, I didn't catch that. Could you say it again, please?";

/** Who speaks; never claims to be a person. */
export function introduction({ name, organisation }: Knowledge): string {
  const role = organisation ? `the automated assistant of ${organisation}` : 'an automated assistant';
  return name ? `My name is ${name}, I am ${role}.` : `I am ${role}.`;
}

const SUBJECTS: Partial<Record<Concept, string>> = {
  hours: 'our opening hours',
  price: 'prices',
  address: 'our address',
  services: 'our services',
  booking: 'appointments',
  repair: 'repairs',
  delivery: 'delivery',
  returns: 'returns',
  payment: 'payment',
  parking: 'parking',
  warranty: 'the warranty',
  rental: 'rentals',
  food: 'the menu',
  discount: 'discounts',
  trial: 'the trial',
  cancelling: 'cancellations',
  phone: 'our phone number',
  email: 'our e-mail address',
};
const MOST_SUBJECTS = 3;

/** What callers can ask about instead, from what the facts are about. */
export function offerTopics(facts: readonly Fact[]): string {
  const covered = new Set(
    facts.flatMap(({ text, about }) => [...topicsOf(text, { question: false }).concepts, ...topicsOf(about, { question: true }).concepts]),
  );
  const subjects = (Object.keys(SUBJECTS) as Concept[]).filter((concept) => covered.has(concept)).map((concept) => SUBJECTS[concept]!);
  const offered = subjects.slice(0, MOST_SUBJECTS);
  if (offered.length === 0) return 'Is there something else I can help you with?';
  const last = offered.pop()!;
  return `I can tell you about ${offered.length > 0 ? `${offered.join(', ')} or ${last}` : last}.`;
}
