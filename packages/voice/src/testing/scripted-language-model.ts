import type { Clock, LanguageModel, ReplyPart, ReplyRequest } from '../ports/index.ts';
import { ProviderError } from '../ports/index.ts';

/** One reply: text that is sent word by word, or parts, and what goes wrong. */
export interface ScriptedReply {
  text?: string;
  toolCalls?: readonly { name: string; input?: unknown }[];
  /** `refuses`: fails at once. `stalls`: never sends a first part. `stops`: sends half its words and then nothing. `breaks`: fails after half its words. */
  behaves?: 'well' | 'refuses' | 'stalls' | 'stops' | 'breaks';
}

export interface ScriptedLanguageModel extends LanguageModel {
  /** Adds replies; each request takes the next, and the last one is repeated. */
  answers(...replies: (string | ScriptedReply)[]): void;
  /** Every request as it came. */
  readonly requests: readonly ReplyRequest[];
  /** Replies that were aborted before their end. */
  readonly aborted: number;
  /** Replies under way. */
  readonly running: number;
}

/** A model with the first token after 150 ms and then 20 words a second. */
export function createScriptedLanguageModel(
  clock: Clock,
  { id = 'scripted-model', firstTokenMs = 150, tokenMs = 50 } = {},
): ScriptedLanguageModel {
  const script: ScriptedReply[] = [];
  const requests: ReplyRequest[] = [];
  const seen = { aborted: 0, running: 0, next: 0 };

  const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const timer = Number.isFinite(ms) ? clock.setTimer(ms, resolve) : null;
      signal.addEventListener(
        'abort',
        () => {
          timer?.cancel();
          resolve();
        },
        { once: true },
      );
    });

  async function* stream(reply: ScriptedReply, signal: AbortSignal): AsyncGenerator<ReplyPart> {
    const words = (reply.text ?? '').split(/(?= )/).filter(Boolean);
    const half = Math.ceil(words.length / 2);
    await pause(reply.behaves === 'stalls' ? Number.POSITIVE_INFINITY : firstTokenMs, signal);
    if (reply.behaves === 'refuses') throw new ProviderError(id, 'unavailable', 'The model cannot be reached.');
    for (const [i, word] of words.entries()) {
      if (signal.aborted) return;
      if (i >= half && reply.behaves === 'breaks') throw new ProviderError(id, 'unavailable', 'The stream broke.');
      if (i >= half && reply.behaves === 'stops') await pause(Number.POSITIVE_INFINITY, signal);
      yield { type: 'text', text: word };
      await pause(tokenMs, signal);
    }
    for (const [i, call] of (reply.toolCalls ?? []).entries()) {
      if (signal.aborted) return;
      yield { type: 'tool-call', call: { id: `call-${requests.length}-${i}`, name: call.name, input: call.input ?? {} } };
    }
    if (!signal.aborted) yield { type: 'usage', inputTokens: 10, outputTokens: words.length };
  }

  return {
    id,
    async *reply(request, signal) {
      requests.push(structuredClone({ ...request, tools: request.tools }));
      const reply = script[Math.min(seen.next++, script.length - 1)] ?? { text: 'Yes.' };
      seen.running++;
      try {
        yield* stream(reply, signal);
      } finally {
        seen.running--;
        if (signal.aborted) seen.aborted++;
      }
    },
    answers(...replies) {
      for (const reply of replies) script.push(typeof reply === 'string' ? { text: reply } : reply);
    },
    requests,
    get aborted() {
      return seen.aborted;
    },
    get running() {
      return seen.running;
    },
  };
}
