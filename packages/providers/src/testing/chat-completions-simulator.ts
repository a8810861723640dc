import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the simulated server does with one request. */
export interface ChatScript {
  /** Other than 200: an error answer with `body`. */
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Sent as they are, one write each, in order: `chunk(…)`, `done`, comments, garbage. */
  writes?: readonly string[];
  /** After the writes: `end` (default) closes the answer, `stall` leaves it open, `drop` cuts the connection; `hang`: it is never answered at all. */
  ending?: 'end' | 'stall' | 'drop' | 'hang';
}

export interface ChatSimulator {
  readonly url: string;
  /** Scripts of the next requests; once used up, requests get a short answer. */
  plays(...scripts: ChatScript[]): void;
  readonly requests: readonly { path: string; headers: IncomingMessage['headers']; body: Record<string, unknown> }[];
  /** Resolves once the client has closed an answer that was not over. */
  readonly clientLeft: Promise<void>;
  stop(): Promise<void>;
}

const event = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;

/** A chunk of the stream with one choice. */
export const chunk = (delta: Record<string, unknown>, finish: string | null = null): string =>
  event({
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason: finish }],
    usage: null,
  });

export const usage = (prompt: number, completion: number): string =>
  event({
    id: 'c1',
    object: 'chat.completion.chunk',
    choices: [],
    usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
  });

export const done = 'data: [DONE]\n\n';
export const keepAlive = ': keep-alive\n\n';

/** A whole answer of words. */
export const answer = (...words: readonly string[]): ChatScript => ({
  writes: [
    chunk({ role: 'assistant', content: '' }),
    ...words.map((content) => chunk({ content })),
    chunk({}, 'stop'),
    usage(10, words.length),
    done,
  ],
});

/** A call of a tool, its arguments in pieces as servers send them. */
export const toolCall = (name: string, ...fragments: readonly string[]): ChatScript => ({
  writes: [
    chunk({ role: 'assistant', content: null }),
    chunk({ tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name, arguments: '' } }] }),
    ...fragments.map((text) => chunk({ tool_calls: [{ index: 0, function: { arguments: text } }] })),
    chunk({}, 'tool_calls'),
    usage(10, 5),
    done,
  ],
});

export const refusal = (status: number, message: string, headers: Record<string, string> = {}): ChatScript => ({
  status,
  headers,
  body: JSON.stringify({ error: { message, type: 'error', code: null } }),
});

/**
 * Starts a server on loopback that answers as scripted, with the wire of chat completions unless the scripts are of another
 * one. It simulates no model. `otherwise` is the answer to requests without a script.
 */
export async function startChatSimulator(otherwise: () => ChatScript = () => answer('Yes', ', of', ' course.')): Promise<ChatSimulator> {
  const scripts: ChatScript[] = [];
  const requests: { path: string; headers: IncomingMessage['headers']; body: Record<string, unknown> }[] = [];
  let left = () => {};
  const clientLeft = new Promise<void>((resolve) => {
    left = resolve;
  });

  async function play(script: ChatScript, response: ServerResponse): Promise<void> {
    response.on('close', () => {
      if (!response.writableFinished) left();
    });
    if (script.status !== undefined && script.status !== 200) {
      response.writeHead(script.status, { 'content-type': 'application/json', ...script.headers }).end(script.body ?? '');
      return;
    }
    if (script.ending === 'hang') return;
    response.writeHead(200, { 'content-type': 'text/event-stream', ...script.headers }).flushHeaders();
    for (const write of script.writes ?? []) {
      response.write(write);
      // Separate packets, as over a network.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (script.ending === 'drop') response.destroy();
    else if (script.ending !== 'stall') response.end(script.body ?? '');
  }

  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => {
      text += piece;
    });
    request.on('end', () => {
      requests.push({ path: request.url ?? '', headers: request.headers, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} });
      void play(request.method === 'POST' ? (scripts.shift() ?? otherwise()) : { status: 404 }, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plays: (...more) => scripts.push(...more),
    requests,
    clientLeft,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
