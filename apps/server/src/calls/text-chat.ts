import type { BodyOf, ChatReplyRecord, chatWithAssistant } from '@talkturo/contract';
import { type CallTimings, type ChatToolRun, type Clock, replyInWriting, type Tool } from '@talkturo/voice';
import type { Assistants } from '../assistants/assistants.ts';
import { fill } from '../assistants/template-variables.ts';
import { AppError, badRequest } from '../http/app-error.ts';
import type { CallPeople } from './call-people.ts';
import { ownAssistant } from './placing-calls.ts';
import { wantedStages } from './prepared-call.ts';
import { chooseLanguageModel, type ProvidersOf } from './stage-choice.ts';

export interface TextChatGround {
  assistants: Assistants;
  people: CallPeople;
  providersOf: ProvidersOf;
  clock: Clock;
  timings: CallTimings;
  tools: readonly Tool[];
}

export type ChatRequest = BodyOf<typeof chatWithAssistant> & { accountId: string; assistantId: string };

/** Hears the reply as it comes. */
export interface ChatListener {
  text(piece: string): void;
  tool(run: ChatToolRun): void;
}

export type TextChat = ReturnType<typeof createTextChat>;

/** Replies that one account may be waiting for at once on this node; prompt work needs one or two. */
const MOST_AT_ONCE = 8;
/** A reply with all its tools and fallbacks, as a call would have given it up long before. */
const REPLY_CAP_MS = 90_000;
/** Letters of a whole conversation: a long call has some 20,000. */
const MOST_LETTERS = 200_000;

const tooMany = () =>
  new AppError('too_many_chats', 429, `${MOST_AT_ONCE} replies are being written for this account; try again when one is there.`, {
    headers: { 'Retry-After': '2' },
  });

/**
 * Assistants in writing: the prompt, variables, language model and tools of a call, without sound and without a record.
 * @throws AppError 404, 403, 409 as for a call; 400 for a conversation that is too long or waits for nobody; 429; 502 when no model answered.
 */
export function createTextChat({ assistants, people, providersOf, clock, timings, tools }: TextChatGround) {
  const underWay = new Map<string, number>();

  function begin(accountId: string): () => void {
    const count = underWay.get(accountId) ?? 0;
    if (count >= MOST_AT_ONCE) throw tooMany();
    underWay.set(accountId, count + 1);
    return () => {
      const left = (underWay.get(accountId) ?? 1) - 1;
      if (left > 0) underWay.set(accountId, left);
      else underWay.delete(accountId);
    };
  }

  return async (request: ChatRequest, listener: ChatListener, signal: AbortSignal): Promise<ChatReplyRecord> => {
    const { accountId, assistantId, messages, contactId = null, changes = {} } = request;
    if (messages.length > 0 && messages.at(-1)?.role !== 'user')
      throw badRequest('messages: the last one must be the caller’s (role user).');
    if (messages.reduce((sum, { content }) => sum + content.length, 0) > MOST_LETTERS) {
      throw badRequest(`messages: a conversation may have ${MOST_LETTERS.toLocaleString('en')} letters in all.`);
    }
    const stored = await ownAssistant(assistants, accountId, assistantId);
    const assistant = {
      ...stored,
      provider: changes.provider ?? stored.provider,
      model: changes.model ?? stored.model,
      temperature: changes.temperature ?? stored.temperature,
      maxTokens: changes.max_tokens ?? stored.maxTokens,
    };
    const { values } = await people.variables({ accountId, contactId, placing: false });
    const instructions = fill(changes.system_prompt ?? stored.systemPrompt, values);
    const firstMessage = fill(changes.first_message ?? stored.firstMessage, values);
    const chosen = chooseLanguageModel(wantedStages(assistant), await providersOf(accountId));
    const done = begin(accountId);
    const cap = new AbortController();
    const timer = clock.setTimer(REPLY_CAP_MS, () => cap.abort());
    try {
      const reply = await replyInWriting(
        {
          clock,
          models: chosen.models,
          briefing: {
            instructions: instructions.text,
            firstMessage: firstMessage.text.trim() === '' ? null : firstMessage.text,
            language: assistant.transcriptorLanguage,
            model: chosen.asWanted ? assistant.model : null,
            temperature: assistant.temperature,
            maxTokens: assistant.maxTokens,
          },
          timings,
          tools,
          lines: messages,
          onText: listener.text,
          onTool: listener.tool,
        },
        AbortSignal.any([signal, cap.signal]),
      );
      if (reply && messages.length > 0 && reply.text === '' && reply.tools.length === 0) {
        throw new AppError('no_reply', 502, `The language model did not answer. ${reply.failures.at(-1) ?? ''}`.trim());
      }
      return {
        message: reply && { role: 'assistant', content: reply.text },
        ended: reply?.ended ?? false,
        tools: (reply?.tools ?? []).map(({ name, ok, durationMs }) => ({ name, ok, duration_ms: durationMs })),
        provider: chosen.models[0]?.id ?? assistant.provider,
        missing_variables: [...new Set([...instructions.missing, ...firstMessage.missing])],
        usage: { input_tokens: reply?.inputTokens ?? 0, output_tokens: reply?.outputTokens ?? 0 },
        first_token_ms: reply?.firstTokenMs ?? null,
        duration_ms: reply?.durationMs ?? 0,
      };
    } finally {
      timer.cancel();
      done();
    }
  };
}
