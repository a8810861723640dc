import type { Message } from '@talkturo/voice';
import { topicsOf } from './concepts.ts';
import type { DetailName } from './details.ts';
import { type DetailsTaken, detailsTaken, MOST_ATTEMPTS, type Outcome, questionFor, readBack, readBackSoFar } from './details-taken.ts';
import { type HandOver, handOverTo } from './hand-over.ts';
import { type Fact, type Knowledge, sentencesOf } from './knowledge.ts';
import { ANYTHING_ELSE, introduction, NOT_CAUGHT, offerTopics } from './phrases.ts';
import type { Retrieval } from './retrieval.ts';
import { type Intent, intentOf, plainWords, withoutCourtesy } from './small-talk.ts';

export interface DialogueReply {
  text: string;
  /** The call is to end once this was heard. */
  endCall: boolean;
  /** The caller is to be connected with somebody once this was heard. */
  handOver?: HandOver;
}

interface Situation {
  knowledge: Knowledge;
  retrieval: Retrieval;
  /** The caller's words since the assistant last spoke. */
  heard: string;
  /** What the caller had said before that. */
  before: string | undefined;
  /** The assistant's last words. */
  said: string;
  taken: DetailsTaken;
  wanted: readonly DetailName[];
  /** The caller wants something done: a booking, a call back. */
  business: boolean;
  answered: number;
}

const say = (...sentences: readonly (string | null | undefined)[]): DialogueReply => ({
  text: sentences.filter(Boolean).join(' '),
  endCall: false,
});
const farewell = (...sentences: readonly string[]): DialogueReply => ({ text: sentences.join(' '), endCall: true });

const BUSINESS =
  /\b(?:book|booking|appointment|reserve|reservation|schedule|sign (?:me )?up|call (?:me |us )?back|callback|leave (?:a|my) (?:message|number|name|details)|place an order|make an order|come in for)\b/;
/** What is looked at of a caller's turn: the question stands at the end. */
const LONGEST_HEARD = 600;
const OFFER = 'Shall I take your details, so that somebody can call you back?';

/**
 * What the assistant says next. A function of the prompt and of what was said; it keeps nothing.
 * @param destinations names of those the caller may be connected with.
 */
export function respond(
  knowledge: Knowledge,
  retrieval: Retrieval,
  messages: readonly Message[],
  destinations: readonly string[] = [],
): DialogueReply {
  const situation = situationOf(knowledge, retrieval, messages);
  const { heard, taken } = situation;
  if (!heard) return say(...(situation.said ? [NOT_CAUGHT] : ['Hello.', introduction(knowledge), 'How can I help you?']));
  const intent = intentOf(heard);
  const handOver = handOverTo(destinations, heard, intent, situation.before);
  if (handOver) return { ...say(`Of course. I am connecting you with ${handOver.destination}.`), handOver };
  const urgent = intent && URGENT[intent]?.(situation);
  if (urgent) return urgent;
  const detail = taken.outcome && afterDetail(taken.outcome, situation);
  if (detail) return detail;
  const chat = intent && CHAT[intent]?.(situation);
  if (chat) return chat;
  return answer(situation);
}

function situationOf(knowledge: Knowledge, retrieval: Retrieval, messages: readonly Message[]): Situation {
  const turns: { role: 'user' | 'assistant'; text: string }[] = [];
  for (const { role, content } of messages) {
    if (role === 'tool' || !content.trim()) continue;
    const last = turns.at(-1);
    if (last?.role === role) last.text += ` ${content.trim()}`;
    else turns.push({ role, text: content.trim() });
  }
  const callers = turns.filter(({ role }) => role === 'user').map(({ text }) => text);
  const assistants = turns.filter(({ role }) => role === 'assistant').map(({ text }) => text);
  const heard = turns.at(-1)?.role === 'user' ? turns.at(-1)!.text.slice(-LONGEST_HEARD) : '';
  const taken = detailsTaken(turns.map(({ role, text }) => ({ role, content: text })));
  const said = assistants.at(-1) ?? '';
  const accepted = said.includes(OFFER) && intentOf(heard) === 'yes';
  const business = accepted || taken.begun || callers.some((text) => BUSINESS.test(plainWords(text)));
  const wanted = knowledge.details
    .filter(({ onlyWhenBooking }) => business || !onlyWhenBooking)
    .map(({ name }) => name)
    .filter((name) => taken.values[name] === undefined && !taken.declined.has(name));
  const answered = assistants.filter((text) => knowledge.facts.some((fact) => text.includes(fact.text))).length;
  return { knowledge, retrieval, heard, before: callers.at(-2), said, taken, wanted, business, answered };
}

type Reaction = (situation: Situation) => DialogueReply | null;

const BYE = 'Goodbye.';

/** What comes before anything else, even in the middle of a question of ours. */
const URGENT: Partial<Record<Intent, Reaction>> = {
  'opt-out': () => farewell("I'm sorry for the disturbance. I have noted that you do not want to be called again.", BYE),
  goodbye: () => farewell('Thank you for calling.', BYE),
  'not-now': () => farewell('No problem. Thank you for your time.', BYE),
  repeat: ({ said }) => (said ? say('I said:', said.replace(/^I said: /, '')) : null),
  louder: ({ said }) => (said ? say('Of course.', said.replace(/^Of course\. /, '')) : null),
  'are-you-human': ({ knowledge }) => say('No, I am not a person.', introduction(knowledge), 'How can I help you?'),
  'who-are-you': ({ knowledge }) => say(introduction(knowledge), 'How can I help you?'),
  wait: () => say('Of course, take your time.'),
  noise: () => say(NOT_CAUGHT),
  'talk-to-person': (situation) =>
    say('I am an automated assistant and cannot put you through to a person.', reach(situation), nextQuestion(situation, true)),
};

/** Small talk that only counts when nothing was asked for. */
const CHAT: Partial<Record<Intent, Reaction>> = {
  'nothing-else': () => farewell("You're welcome. Thank you for calling.", BYE),
  thanks: (situation) => say("You're welcome.", nextQuestion(situation) ?? ANYTHING_ELSE),
  'how-are-you': () => say('I am fine, thank you. How can I help you?'),
  greeting: ({ said }) =>
    say('Hello.', said.endsWith('?') && !/\bhow can I help\b/i.test(said) ? said.split(/(?<=[.!?])\s+/).at(-1) : 'How can I help you?'),
  yes: (situation) => {
    const { said, knowledge } = situation;
    if (said.includes(OFFER)) return say('Thank you.', nextQuestion(situation));
    if (!said.endsWith('?') || said.includes(ANYTHING_ELSE)) return say('What would you like to know?');
    const [first] = knowledge.facts;
    return say(
      'Great.',
      first && !said.includes(first.text) ? first.text : null,
      nextQuestion(situation) ?? 'What would you like to know?',
    );
  },
  no: ({ said }) => {
    if (said.includes(OFFER) || !said.endsWith('?')) return say('All right.', ANYTHING_ELSE);
    return farewell('All right. Thank you for your time.', BYE);
  },
};

function afterDetail(outcome: Outcome, situation: Situation): DialogueReply | null {
  const { taken } = situation;
  switch (outcome.type) {
    case 'taken': {
      const thanks = outcome.name === 'name' ? `Thank you, ${taken.values.name}.` : 'Thank you.';
      return say(thanks, nextQuestion(situation) ?? `I have noted that. ${ANYTHING_ELSE}`);
    }
    case 'to-confirm':
      return say(readBack(outcome.name, outcome.value));
    case 'partial':
      return say(readBackSoFar(outcome.digits));
    case 'wrong':
      return say("I'm sorry.", questionFor(outcome.name));
    case 'declined':
      return say("That's fine.", nextQuestion(situation) ?? ANYTHING_ELSE);
    case 'not-understood': {
      const aside = asksSomething(situation.heard) ? factsFor(situation) : [];
      if (aside.length > 0) return say(told(aside), questionFor(outcome.name));
      if (outcome.attempts >= MOST_ATTEMPTS)
        return say("I'm sorry, I did not understand. Let us leave that.", nextQuestion(situation) ?? ANYTHING_ELSE);
      return say("I'm sorry, I did not understand.", questionFor(outcome.name));
    }
  }
}

function answer(situation: Situation): DialogueReply {
  const { heard, business, taken, wanted, answered, said, knowledge } = situation;
  const found = factsFor(situation);
  const asksBusiness = BUSINESS.test(plainWords(heard));
  if (asksBusiness && wanted.length > 0 && !/\bhow (?:do|can|much)\b/.test(plainWords(heard)))
    return say('Gladly.', nextQuestion(situation));
  if (found.length > 0) {
    const followUp = nextQuestion(situation) ?? (answered % 3 === 0 ? ANYTHING_ELSE : null);
    return say(told(found), followUp);
  }
  if (/\bmy name is\b/i.test(heard) && taken.values.name)
    return say(`Hello, ${taken.values.name}.`, nextQuestion(situation) ?? 'How can I help you?');
  const again = /\bI don't know (?:that|the answer)\b/.test(said);
  if (business || again) {
    const question = nextQuestion(situation, true);
    if (question) return say("I'm sorry, I don't know the answer to that.", question);
  }
  return say(again ? "I'm sorry, I don't know the answer to that either." : "I'm sorry, I don't know that.", offerTopics(knowledge.facts));
}

/** The next thing to ask the caller for; `offer`: offer to take details when the prompt wants them on such occasions only. */
function nextQuestion({ wanted, knowledge, taken, business, said }: Situation, offer = false): string | null {
  const [next] = wanted;
  if (next && (business || !offer)) return questionFor(next);
  const left = knowledge.details.some(({ name }) => taken.values[name] === undefined && !taken.declined.has(name));
  return offer && left && !said.includes(OFFER) ? OFFER : null;
}

function factsFor({ heard, before, retrieval }: Situation): Fact[] {
  const follows = /^(?:and|what about|how about|also)\b/.test(plainWords(heard)) || topicsOf(heard, { question: true }).stems.length === 0;
  const found: Fact[] = [];
  for (const question of questionsIn(heard)) {
    const findings = retrieval.find(question, follows ? before : undefined);
    for (const { fact } of findings.slice(0, found.length > 0 ? 1 : undefined)) if (!found.includes(fact)) found.push(fact);
  }
  return found.slice(0, 3);
}

/** Questions that were asked in one breath; what is none ("Hello there.") is left out when there are some. */
function questionsIn(heard: string): string[] {
  const pieces = sentencesOf(withoutCourtesy(heard)).flatMap((sentence) =>
    sentence.split(/,? and (?=(?:what|where|when|how|who|do|does|is|are|can)\b)/i),
  );
  const questions = pieces.filter(asksSomething);
  return questions.length > 0 ? questions.slice(-3) : [withoutCourtesy(heard)];
}

const asksSomething = (words: string): boolean =>
  words.trim().endsWith('?') || /^(?:what|where|when|how|who|do|does|is|are|can|tell)\b/i.test(words.trim());

const told = (facts: readonly Fact[]): string => facts.map(({ text }) => text).join(' ');

/** How people can be reached, when the prompt says it. */
const reach = ({ retrieval }: Situation): string | null => retrieval.find('How can I contact you by phone or email?')[0]?.fact.text ?? null;
