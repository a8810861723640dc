/** What a caller can be asked for, in the order in which it is asked. */
export type DetailName = 'name' | 'phone' | 'email' | 'time' | 'reason';

interface Detail {
  /** How a prompt names it. */
  named: RegExp;
  /** How it is asked. */
  question: string;
  /** Recognises that question, or one like it, in what the assistant said. */
  asks: RegExp;
}

export const DETAILS: Record<DetailName, Detail> = {
  name: {
    named: /\bnames?\b(?! of)/i,
    question: 'May I have your name, please?',
    asks: /\b(?:your (?:full |first |last )?name\b[^.!]*\?|who am i speaking)/i,
  },
  phone: {
    named: /\b(?:phone|telephone|callback|call-back|contact|mobile|cell)?\s?numbers?\b|\bphone\b/i,
    question: 'What is your phone number?',
    asks: /\byour (?:(?:phone|telephone|mobile|contact|callback|best) )*number\b[^.!]*\?/i,
  },
  email: { named: /\be-?mails?\b/i, question: 'What is your e-mail address?', asks: /\byour e-?mail(?: address)?\b[^.!]*\?/i },
  time: {
    named:
      /\b(?:preferred|suitable|convenient|desired) (?:day|date|time)|\b(?:day|date),? (?:and )?(?:the )?time\b|\bwhat (?:day|time|date)\b/i,
    question: 'What day and time would suit you?',
    asks: /\b(?:what|which) (?:day|time|date)\b[^.!]*\?/i,
  },
  reason: {
    named: /\b(?:reason|what (?:it|the call) is about|message|description|nature of|their (?:issue|problem|request|need))\b/i,
    question: 'What is it about?',
    asks: /\bwhat is (?:it|your call|this) (?:about|regarding)\b[^.!]*\?/i,
  },
};

const ORDER = Object.keys(DETAILS) as DetailName[];
const ASKING = /\b(?:ask|collect|take|get|request|note(?: down)?|find out|record|obtain|gather|write down|confirm)\b(.*)$/i;
const FORBIDDEN = /\b(?:never|do not|don't|avoid|without|no need to|must not|should not)\b/i;
const CONDITIONAL = /^(?:if|when(?:ever)?|to|in case|for|once|before)\b|\b(?:if|when) (?:they|the caller|someone|he|she|you)\b/i;

/** What a sentence of the prompt tells the assistant to ask callers for. */
export function detailsAsked(sentence: string): { name: DetailName; onlyWhenBooking: boolean }[] {
  const asking = sentence.match(ASKING)?.[1];
  if (!asking || FORBIDDEN.test(sentence)) return [];
  const onlyWhenBooking = CONDITIONAL.test(sentence);
  return ORDER.filter((name) => DETAILS[name].named.test(asking)).map((name) => ({ name, onlyWhenBooking }));
}

/** What the assistant's last words asked for, if anything. */
export const detailAskedIn = (said: string): DetailName | null => ORDER.find((name) => DETAILS[name].asks.test(said)) ?? null;
