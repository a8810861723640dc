/** The kinds of people the built-in network knows. */
export type PersonKind =
  | 'talker'
  | 'voicemail'
  | 'unanswered'
  | 'busy'
  | 'decliner'
  | 'nobody'
  | 'carrier-error'
  | 'opt-out'
  | 'cut-off'
  | 'silent'
  | 'screening'
  | 'endless';

export interface Person {
  kind: PersonKind;
  /** Chooses among scripts and greetings: the last two digits of the number. */
  variant: number;
}

/** The last two digits of +1 NPA 555 01xx, up to and including the first number, choose the person. */
const KINDS: readonly (readonly [upTo: number, kind: PersonKind])[] = [
  [49, 'talker'],
  [59, 'voicemail'],
  [69, 'unanswered'],
  [79, 'busy'],
  [84, 'decliner'],
  [89, 'nobody'],
  [94, 'carrier-error'],
  [95, 'opt-out'],
  [96, 'cut-off'],
  [97, 'silent'],
  [98, 'screening'],
  [99, 'endless'],
];

/** 555-01xx is kept for fiction in every area of the North American plan (ATIS-0300115). */
const FICTION = /^\+1[2-9]\d{2}55501\d{2}$/;

/** Who answers at a number (E.164): the same on every machine. */
export const personAt = (number: string): Person => {
  const variant = Number(number.slice(-2));
  if (!FICTION.test(number)) return { kind: 'talker', variant: variant % 50 };
  return { kind: KINDS.find(([upTo]) => variant <= upTo)![1], variant };
};
