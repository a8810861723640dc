import { randomUUID } from 'node:crypto';
import type { LanguageModel, ReplyPart, Tool } from '@talkturo/voice';
import { answerTo, declinedOf, isKeyed, questionOf } from './consultation-words.ts';

/** After so many answers that nobody could make out, the caller is not put through. */
const MISUNDERSTANDINGS = 3;
/** Of the question, who has heard so many words knows what is asked. */
const WORDS_TELL = 4;

export const ACCEPT = 'accept_caller';
export const DECLINE = 'decline_caller';

/**
 * What answers in a call that asks somebody whether they take a caller. It asks a question to which there are two answers, so it is no
 * language model: the caller, who waits, is never put through because a model was talked into it, nor kept waiting by a chat.
 * @param offer the whole offer, said again to whoever did not understand it.
 */
export const createConsultationModel = (offer: string): LanguageModel => ({
  id: 'consultation',
  async *reply({ messages, language }): AsyncIterable<ReplyPart> {
    const last = messages.at(-1);
    // Whoever has agreed is being connected: nothing more is said.
    if (last?.role !== 'user') return;
    const question = questionOf(language);
    const opening = question.split(' ').slice(0, WORDS_TELL).join(' ');
    const asked = messages.findIndex(({ role, content }) => role === 'assistant' && content.includes(opening));
    // “Yes, hello?” is how people pick up, not what they agree to.
    if (asked < 0 && !isKeyed(last.content)) {
      yield { type: 'text', text: offer };
      return;
    }
    const answer = answerTo(last.content, language);
    if (answer === 'yes') {
      yield { type: 'tool-call', call: { id: randomUUID(), name: ACCEPT, input: {} } };
      return;
    }
    const unclear = messages.slice(asked).filter(({ role, content }) => role === 'user' && answerTo(content, language) === null).length;
    if (answer === null && unclear < MISUNDERSTANDINGS) {
      yield { type: 'text', text: unclear === 1 ? offer : question };
      return;
    }
    yield { type: 'text', text: declinedOf(language) };
    yield { type: 'tool-call', call: { id: randomUUID(), name: DECLINE, input: {} } };
  },
});

const nothing = { type: 'object', properties: {}, additionalProperties: false };

/** What the answer does: `answered` is told once. */
export const consultationTools = (answered: (takes: boolean) => void): Tool[] => [
  {
    definition: { name: ACCEPT, description: 'Puts the caller through.', parameters: nothing },
    sideEffects: true,
    async run() {
      answered(true);
      return { content: 'The caller is being put through.' };
    },
  },
  {
    definition: { name: DECLINE, description: 'Leaves the caller with the assistant, and hangs up.', parameters: nothing },
    sideEffects: true,
    async run() {
      answered(false);
      return { content: 'The caller stays with the assistant.', effect: { type: 'end-call' } };
    },
  },
];
