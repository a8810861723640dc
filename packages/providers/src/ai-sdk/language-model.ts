import { type LanguageModel, ProviderError, type ReplyPart, type ReplyRequest } from '@talkturo/voice';
import type { TextStreamPart, ToolSet } from 'ai';
import { currentModel } from '../retired-models.ts';
import { retryBeforeFirst } from '../wire/retry.ts';
import { modelMessages, modelTools } from './prompt.ts';
import { vendorError } from './vendor-error.ts';
import type { ProviderOptions, Vendor } from './vendors.ts';

export interface VendorModelOptions {
  vendor: Vendor;
  apiKey: string;
  /** Another region, a proxy; with the version in its path. */
  baseUrl?: string | undefined;
  /** A vendor that says nothing for this long is given up; the engine's own deadlines are shorter. */
  idleMs?: number;
  /** Milliseconds since 1970: models are switched off on days that their vendors name. */
  now?: () => number;
}

const IDLE_MS = 30_000;
const WARM_MS = 5000;
/** Where thoughts count as a part of the answer, a short limit would leave nothing to say. */
const ROOM_FOR_THOUGHTS = 1000;
/** Tool calls of a conversation whose marks are remembered. */
const MOST_MARKS = 200;

/** A language model through the AI SDK, whose libraries are loaded when the first call needs them. */
export function createVendorModel(options: VendorModelOptions): LanguageModel {
  const { vendor, apiKey, baseUrl, idleMs = IDLE_MS, now = Date.now } = options;
  const { id } = vendor;
  const baseURL = (baseUrl ?? vendor.baseUrl).replace(/\/+$/, '');
  const marks = new Map<string, ProviderOptions>();
  let loading: ReturnType<typeof loadAll> | null = null;

  async function loadAll() {
    const [sdk, models] = await Promise.all([import('ai'), vendor.load({ apiKey, baseURL })]);
    // It would print a warning for each setting a model does not take.
    globalThis.AI_SDK_LOG_WARNINGS = false;
    return { sdk, models };
  }
  const modelFor = (model: string | null) => currentModel(model || vendor.defaultModel, vendor.retired, now());
  const load = () => {
    loading ??= loadAll();
    return loading;
  };

  async function ask(request: ReplyRequest, signal: AbortSignal): Promise<AsyncIterable<TextStreamPart<ToolSet>>> {
    const { sdk, models } = await load();
    const model = modelFor(request.model);
    return sdk.streamText({
      model: models(model),
      ...(request.instructions && { instructions: request.instructions }),
      messages: modelMessages(request.messages, vendor.callerFirst, (callId) => marks.get(callId)),
      ...(request.tools.length > 0 && { tools: modelTools(request.tools, sdk) }),
      temperature: request.temperature,
      maxOutputTokens: request.maxTokens + (vendor.thinksAnyway(model) ? ROOM_FOR_THOUGHTS : 0),
      reasoning: vendor.reasoning(model),
      // Trying again is the business of wire/retry.ts.
      maxRetries: 0,
      streamRetries: 0,
      abortSignal: signal,
      // They come as parts as well; without this they are printed.
      onError: () => undefined,
    }).stream;
  }

  function remember(callId: string, mark: ProviderOptions | undefined): void {
    if (!mark) return;
    if (marks.size >= MOST_MARKS) marks.delete(marks.keys().next().value!);
    marks.set(callId, mark);
  }

  async function* once(request: ReplyRequest, signal: AbortSignal): AsyncGenerator<ReplyPart> {
    const idle = new AbortController();
    const left = new AbortController();
    const stalled = () => idle.abort(new ProviderError(id, 'timeout', `${id} said nothing for ${idleMs / 1000} seconds.`));
    const timer = setTimeout(stalled, idleMs);
    let said = false;
    try {
      for await (const part of await ask(request, AbortSignal.any([signal, idle.signal, left.signal]))) {
        timer.refresh();
        if (signal.aborted) return;
        if (part.type === 'abort') break;
        if (part.type === 'error') throw part.error;
        if (part.type === 'tool-call') remember(part.toolCallId, part.providerMetadata as ProviderOptions | undefined);
        if (part.type === 'finish') checkWhole(id, part);
        const reply = replyPart(id, part);
        if (reply) yield reply;
        // After its usage: what came to nothing is charged all the same.
        if (part.type === 'finish') checkSaid(id, part, said);
        said ||= reply !== null;
      }
    } catch (error) {
      if (signal.aborted) return;
      throw idle.signal.aborted ? idle.signal.reason : vendorError(id, error);
    } finally {
      clearTimeout(timer);
      // Closes the connection when the listener has gone before the end.
      left.abort();
    }
    if (idle.signal.aborted && !signal.aborted) throw idle.signal.reason;
  }

  return {
    id,
    modelFor,
    async *reply(request, signal) {
      if (signal.aborted) return;
      for await (const part of retryBeforeFirst(() => once(request, signal), { signal })) {
        if (signal.aborted) return;
        yield part;
      }
    },
    warm() {
      load().catch(() => {
        loading = null;
      });
      // The SDK uses the same fetch, and with it the connection that this opens.
      fetch(`${baseURL}/models`, { signal: AbortSignal.timeout(WARM_MS) })
        .then((response) => response.body?.cancel())
        .catch(() => {
          // Only the connection was wanted; whether the vendor works shows with the first reply.
        });
    },
  };
}

function replyPart(id: string, part: TextStreamPart<ToolSet>): ReplyPart | null {
  switch (part.type) {
    case 'text-delta':
      return part.text === '' ? null : { type: 'text', text: part.text };
    case 'tool-call': {
      const { toolCallId, toolName, input } = part;
      if (part.invalid || input === null || typeof input !== 'object') {
        throw new ProviderError(id, 'protocol', `${id} called the tool ${toolName} with arguments that are no JSON object.`);
      }
      return { type: 'tool-call', call: { id: toolCallId, name: toolName, input } };
    }
    case 'finish': {
      const { inputTokens = 0, outputTokens = 0 } = part.totalUsage;
      return inputTokens + outputTokens > 0 ? { type: 'usage', inputTokens, outputTokens } : null;
    }
    default:
      // Thoughts, sources and what later versions may add are not for a caller's ears.
      return null;
  }
}

/** Throws for an end that is none: one for which the vendor gave no reason. */
function checkWhole(id: string, { rawFinishReason }: { rawFinishReason?: string | undefined }): void {
  if (rawFinishReason === undefined) throw new ProviderError(id, 'unavailable', `${id} broke off in the middle of a reply.`);
}

/** Throws for an answer of which nothing came, with the reason that the vendor gave. */
function checkSaid(id: string, { finishReason }: { finishReason: string }, said: boolean): void {
  if (said) return;
  if (finishReason === 'content-filter') throw new ProviderError(id, 'refused', `${id} refused to answer (content filter).`);
  if (finishReason === 'length') throw new ProviderError(id, 'refused', `${id} came to its limit of tokens before the first word.`);
}
