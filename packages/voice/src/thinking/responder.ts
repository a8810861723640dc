import {
  ABORTED,
  type Clock,
  createWatch,
  type LanguageModel,
  ProviderError,
  type ReplyPart,
  type ReplyRequest,
  type ToolCall,
} from '../ports/index.ts';
import type { Conversation, ReplyDraft } from './conversation.ts';
import { estimateTokens } from './token-estimate.ts';
import type { ToolRun, ToolRunner } from './tools.ts';

/** A model may call tools this often before it must answer. */
const MAX_TOOL_ROUNDS = 5;
/** A model that failed this often in a row is passed over for the rest of the call. */
const FAILURES_TO_SKIP = 2;

export interface ResponderOptions {
  clock: Clock;
  /** In order of preference. */
  models: readonly LanguageModel[];
  request: Omit<ReplyRequest, 'messages' | 'tools'>;
  tools: ToolRunner;
  firstTokenDeadlineMs: number;
  nextTokenDeadlineMs: number;
  failed: (provider: string, error: unknown, next: string | null) => void;
  /** Told at the end of a stream, and at once where it is broken off. */
  used: (tokens: TokensUsed) => void;
}

/** What one request took. */
export interface TokensUsed {
  provider: string;
  /** The model that has answered. */
  model: string | null;
  inputTokens: number;
  outputTokens: number;
  /** False: the vendor did not count them, as of a stream that was broken off. They are estimates. */
  counted: boolean;
}

/** What comes of one turn of thinking. */
export interface ReplyListener {
  text(piece: string): void;
  /** Tools are about to run: what was said so far is all for now. */
  calling(): void;
  tool(run: ToolRun): void;
  /** `committed`: a tool that changes the world is running or has run; the turn must not be thrown away and thought again. */
  committed(): void;
}

export interface Responder {
  /**
   * Answers the conversation. Text goes out as it comes. Resolves `false` when nothing came of it: every model failed, or not a word was said; never rejects.
   * After an abort nothing more is announced; tools with side effects still run to their end and are remembered.
   */
  respond(conversation: Conversation, draft: ReplyDraft, listener: ReplyListener, signal: AbortSignal): Promise<boolean>;
}

interface Round {
  text: string;
  calls: ToolCall[];
}

/** Builds what turns a conversation into a reply: models with deadlines and fallbacks, and their tools. */
export function createResponder(options: ResponderOptions): Responder {
  const { clock, models, tools } = options;
  const failures = models.map(() => 0);

  /** One stream of one model. Throws what the model throws, or a ProviderError when it is too slow. */
  async function stream(
    model: LanguageModel,
    request: ReplyRequest,
    round: Round,
    listener: ReplyListener,
    signal: AbortSignal,
  ): Promise<void> {
    const own = new AbortController();
    /** What came of this stream. */
    let came = '';
    let told = false;
    const tell = (inputTokens: number, outputTokens: number, counted: boolean) => {
      told = true;
      options.used({
        provider: model.id,
        model: model.modelFor?.(request.model) ?? request.model,
        inputTokens,
        outputTokens,
        counted,
      });
    };
    const estimate = () => {
      if (told) return;
      const { inputTokens, outputTokens } = estimateTokens(request, came);
      tell(inputTokens, outputTokens, false);
    };
    const stop = () => {
      own.abort(ABORTED);
      estimate();
    };
    signal.addEventListener('abort', stop, { once: true });
    let expire: (error: Error) => void = () => {};
    const late = new Promise<never>((_, reject) => {
      expire = reject;
    });
    const watch = createWatch(clock, options.firstTokenDeadlineMs, () => {
      expire(
        new ProviderError(model.id, 'timeout', round.text === '' ? 'No first word came in time.' : 'The reply stopped in the middle.'),
      );
      own.abort(ABORTED);
    });
    const take = (part: ReplyPart) => {
      watch.touch(options.nextTokenDeadlineMs);
      if (part.type === 'text') {
        came += part.text;
        round.text += part.text;
        listener.text(part.text);
      } else if (part.type === 'tool-call') {
        came += JSON.stringify(part.call);
        round.calls.push(part.call);
      } else {
        tell(part.inputTokens, part.outputTokens, true);
      }
    };
    const read = async () => {
      for await (const part of model.reply(request, own.signal)) {
        if (own.signal.aborted) return;
        take(part);
      }
      if (!own.signal.aborted) estimate();
    };
    try {
      await Promise.race([read(), late]);
    } catch (error) {
      if (came !== '' || !(error instanceof ProviderError && error.declined)) estimate();
      throw error;
    } finally {
      watch.stop();
      signal.removeEventListener('abort', stop);
    }
  }

  /** One round by the first model that manages it. Null: none did. */
  async function round(
    conversation: Conversation,
    withTools: boolean,
    listener: ReplyListener,
    signal: AbortSignal,
  ): Promise<Round | null> {
    const result: Round = { text: '', calls: [] };
    const order = models.map((_, i) => i).filter((i) => failures[i]! < FAILURES_TO_SKIP);
    const candidates = order.length > 0 ? order : models.map((_, i) => i);
    for (const [position, i] of candidates.entries()) {
      const model = models[i]!;
      try {
        await stream(model, request(conversation, result.text, withTools), result, listener, signal);
        failures[i] = 0;
        return result;
      } catch (error) {
        if (signal.aborted) return result;
        failures[i]!++;
        const next = candidates[position + 1];
        options.failed(model.id, error, next === undefined ? null : models[next]!.id);
        result.calls = [];
      }
    }
    return result.text === '' ? null : result;
  }

  function request(conversation: Conversation, said: string, withTools: boolean): ReplyRequest {
    const base = { ...options.request, messages: conversation.messages, tools: withTools ? tools.definitions : [] };
    if (said === '') return base;
    return {
      ...base,
      instructions: `${base.instructions}\n\nYour reply was cut off after these words: “${said.trim()}”. Go on from there without repeating them.`,
    };
  }

  return {
    async respond(conversation, draft, listener, signal) {
      let spoken = false;
      const hearing: ReplyListener = {
        ...listener,
        text(piece) {
          if (signal.aborted) return;
          spoken = true;
          draft.say(piece);
          listener.text(piece);
        },
      };
      for (let i = 0; i <= MAX_TOOL_ROUNDS; i++) {
        const result = await round(conversation, i < MAX_TOOL_ROUNDS && tools.definitions.length > 0, hearing, signal);
        if (signal.aborted) return true;
        if (!result) return spoken;
        if (result.calls.length === 0) return spoken || i > 0;
        listener.calling();
        if (tools.changesTheWorld(result.calls)) listener.committed();
        let ends = false;
        const results = await tools.run(result.calls, signal, (run) => {
          ends ||= run.effect?.type === 'end-call';
          listener.tool(run);
        });
        draft.tools(result.calls, results);
        if (signal.aborted || (ends && spoken)) return true;
      }
      return true;
    },
  };
}
