import { type LanguageModel, ProviderError, type ReplyPart, type ReplyRequest } from '@talkturo/voice';
import { connectionError, httpError } from '../wire/http-error.ts';
import { retryBeforeFirst } from '../wire/retry.ts';
import { readServerEvents } from '../wire/sse.ts';
import { type ChatChunk, readChunk } from './chat-chunk.ts';
import { chatRequest } from './chat-request.ts';
import { createSpokenPart } from './spoken-part.ts';
import { createToolCallAssembly } from './tool-calls.ts';

export interface OpenAiCompatibleOptions {
  id: string;
  /** With or without `/v1`: "http://localhost:11434", "https://api.deepseek.com". */
  baseUrl: string;
  apiKey?: string | undefined;
  /** Used whatever the assistant says; null: the assistant's model. */
  model: string | null;
  /** A server that says nothing for this long is given up; the engine's own deadlines are shorter. */
  idleMs?: number;
  /** How it is reached; the platform's own unless given. */
  fetch?: typeof fetch | undefined;
}

const IDLE_MS = 30_000;
const WARM_MS = 5000;
const DONE = '[DONE]';

/** Where the wire lives. A bare host gets the `/v1` that all of these servers use. Throws a ProviderError for what is no http address. */
export function endpointOf(id: string, baseUrl: string): string {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new ProviderError(id, 'refused', `"${baseUrl}" is no address of a language model server.`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new ProviderError(id, 'refused', `The language model server must have an http or https address, not "${baseUrl}".`);
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  return `${url.origin}${path || '/v1'}`;
}

/** Any server with OpenAI's chat completions: hosted ones, Ollama, llama.cpp, vLLM. */
export function createOpenAiCompatible(options: OpenAiCompatibleOptions): LanguageModel {
  const { id, apiKey, idleMs = IDLE_MS, fetch = globalThis.fetch } = options;
  const endpoint = endpointOf(id, options.baseUrl);
  const authorization: Record<string, string> = apiKey ? { authorization: `Bearer ${apiKey}` } : {};

  async function* once(request: ReplyRequest, signal: AbortSignal): AsyncGenerator<ReplyPart> {
    const model = options.model ?? request.model;
    if (!model) throw new ProviderError(id, 'refused', `No model is chosen for ${id}.`);
    const idle = new AbortController();
    const left = new AbortController();
    const stalled = () => idle.abort(new ProviderError(id, 'timeout', `${id} said nothing for ${idleMs / 1000} seconds.`));
    const timer = setTimeout(stalled, idleMs);
    try {
      const response = await fetch(`${endpoint}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...authorization },
        body: JSON.stringify(chatRequest(model, request)),
        redirect: 'error',
        signal: AbortSignal.any([signal, idle.signal, left.signal]),
      });
      if (!response.ok) throw httpError(id, response.status, response.headers, (await response.text()).slice(0, 10_000));
      if (!response.body || !/event-stream/i.test(response.headers.get('content-type') ?? '')) {
        throw new ProviderError(id, 'protocol', `${id} answered without a stream: is ${endpoint} the right address?`);
      }
      yield* readReply(id, response.body, () => timer.refresh());
    } catch (error) {
      if (signal.aborted) return;
      throw idle.signal.aborted ? idle.signal.reason : connectionError(id, error);
    } finally {
      clearTimeout(timer);
      // Closes the socket when the listener has gone before the end.
      left.abort();
    }
  }

  return {
    id,
    modelFor: (model) => options.model ?? model,
    async *reply(request, signal) {
      if (signal.aborted) return;
      for await (const part of retryBeforeFirst(() => once(request, signal), { signal })) {
        if (signal.aborted) return;
        yield part;
      }
    },
    warm() {
      fetch(`${endpoint}/models`, { headers: authorization, signal: AbortSignal.timeout(WARM_MS) })
        .then((response) => response.body?.cancel())
        .catch(() => {
          // Only the connection was wanted; whether the server works shows with the first reply.
        });
    },
  };
}

async function* readReply(id: string, body: AsyncIterable<Uint8Array>, alive: () => void): AsyncGenerator<ReplyPart> {
  const tools = createToolCallAssembly(id);
  const spoken = createSpokenPart();
  let finished: string | null = null;
  let said = false;
  let counted: ChatChunk['usage'] = null;
  for await (const { data } of readServerEvents(id, watched(body, alive))) {
    if (data === DONE) {
      finished ??= 'stop';
      break;
    }
    const chunk = readChunk(data);
    if (!chunk) throw new ProviderError(id, 'protocol', `${id} sent something that is no chunk of a reply.`);
    if (chunk.error) throw streamError(id, chunk.error);
    const [choice] = chunk.choices ?? [];
    const text = spoken.push(choice?.delta?.content ?? '');
    if (text) {
      said = true;
      yield { type: 'text', text };
    }
    tools.add(choice?.delta?.tool_calls ?? []);
    finished = choice?.finish_reason ?? finished;
    // Some servers count with every chunk, from the beginning of the reply: the last count is the reply's.
    counted = chunk.usage ?? counted;
  }
  if (finished === null) throw new ProviderError(id, 'unavailable', `${id} broke off in the middle of a reply.`);
  if (counted) yield { type: 'usage', inputTokens: counted.prompt_tokens ?? 0, outputTokens: counted.completion_tokens ?? 0 };
  if (finished === 'content_filter' && !said) throw new ProviderError(id, 'refused', `${id} refused to answer (content filter).`);
  const rest = spoken.rest();
  if (rest.trim()) yield { type: 'text', text: rest };
  const calls = tools.finish();
  if (finished === 'length' && !said && !rest.trim() && calls.length === 0) {
    throw new ProviderError(id, 'refused', `${id} came to its limit of tokens before the first word.`);
  }
  for (const call of calls) yield { type: 'tool-call', call };
}

async function* watched(body: AsyncIterable<Uint8Array>, alive: () => void): AsyncGenerator<Uint8Array> {
  for await (const bytes of body) {
    alive();
    yield bytes;
  }
}

function streamError(
  id: string,
  error: string | { message?: string | null | undefined; code?: string | number | null | undefined },
): ProviderError {
  const { message, code } = typeof error === 'string' ? { message: error, code: null } : error;
  const status = Number(code);
  return httpError(id, status >= 400 && status < 600 ? status : 500, new Headers(), JSON.stringify({ error: { message, code } }));
}
