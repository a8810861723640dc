import { ABORTED, type Clock, type LanguageModel } from '../ports/index.ts';
import { createConversation, createResponder, createToolRunner, endCallTool } from '../thinking/index.ts';
import type { Briefing, CallTimings, Tool } from './types.ts';

/** A line of a conversation in writing. */
export interface ChatLine {
  role: 'user' | 'assistant';
  content: string;
}

export interface ChatToolRun {
  name: string;
  ok: boolean;
  durationMs: number;
}

/** What the assistant answers, and what it took. Times in ms. */
export interface ChatReply {
  text: string;
  tools: ChatToolRun[];
  /** It would have hung up here. */
  ended: boolean;
  inputTokens: number;
  outputTokens: number;
  /** Null where not a word came. */
  firstTokenMs: number | null;
  durationMs: number;
  /** What went wrong on the way, of models that were then replaced or of all. */
  failures: string[];
}

export interface TextChatOptions {
  clock: Clock;
  /** In order of preference. */
  models: readonly LanguageModel[];
  briefing: Pick<Briefing, 'instructions' | 'firstMessage' | 'language' | 'model' | 'temperature' | 'maxTokens'>;
  timings: Pick<CallTimings, 'firstTokenDeadlineMs' | 'nextTokenDeadlineMs' | 'toolDeadlineMs'>;
  tools: readonly Tool[];
  /** The conversation so far; empty: the assistant says its first message. */
  lines: readonly ChatLine[];
  /** Text as it comes. */
  onText(piece: string): void;
  onTool(run: ChatToolRun): void;
}

/**
 * One reply of an assistant in writing: the same prompt, model, tools, deadlines and fallbacks as in a call, without sound. What a tool
 * would do to a call is told and not done. Never rejects; an aborted reply ends with what it had.
 * @returns null where the assistant waits for the caller to begin.
 */
export async function replyInWriting(options: TextChatOptions, signal: AbortSignal): Promise<ChatReply | null> {
  const { clock, briefing, lines, timings } = options;
  const startedAt = clock.now();
  const reply: ChatReply = {
    text: '',
    tools: [],
    ended: false,
    inputTokens: 0,
    outputTokens: 0,
    firstTokenMs: null,
    durationMs: 0,
    failures: [],
  };
  if (lines.length === 0) {
    if (briefing.firstMessage === null) return null;
    options.onText(briefing.firstMessage);
    return { ...reply, text: briefing.firstMessage };
  }
  const conversation = createConversation();
  for (const { role, content } of lines) {
    if (role === 'user') conversation.caller(content);
    else conversation.assistant(content);
  }
  const end = new AbortController();
  signal.addEventListener('abort', () => end.abort(ABORTED), { once: true });
  const responder = createResponder({
    clock,
    models: options.models,
    request: {
      model: briefing.model,
      instructions: briefing.instructions,
      temperature: briefing.temperature,
      maxTokens: briefing.maxTokens,
      language: briefing.language,
    },
    tools: createToolRunner({
      clock,
      tools: [endCallTool, ...options.tools],
      deadlineMs: timings.toolDeadlineMs,
      callSignal: end.signal,
    }),
    firstTokenDeadlineMs: timings.firstTokenDeadlineMs,
    nextTokenDeadlineMs: timings.nextTokenDeadlineMs,
    used({ inputTokens, outputTokens }) {
      reply.inputTokens += inputTokens;
      reply.outputTokens += outputTokens;
    },
    failed: (provider, error) => reply.failures.push(`${provider}: ${error instanceof Error ? error.message : String(error)}`),
  });
  await responder.respond(
    conversation,
    conversation.reply(),
    {
      text(piece) {
        reply.firstTokenMs ??= Math.round(clock.now() - startedAt);
        reply.text += piece;
        options.onText(piece);
      },
      calling() {},
      tool({ name, ok, durationMs, effect }) {
        const run = { name, ok, durationMs: Math.round(durationMs) };
        reply.tools.push(run);
        reply.ended ||= effect?.type === 'end-call';
        options.onTool(run);
      },
      committed() {},
    },
    end.signal,
  );
  reply.durationMs = Math.round(clock.now() - startedAt);
  return reply;
}
