import { send } from './api.ts';

/** One server-sent event; its data was JSON. */
export interface StreamedEvent {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the data of an event depends on its type
  data: any;
}

/**
 * Reads server-sent events until the stream ends or `signal` aborts. (EventSource cannot name the workspace in a header.) With a `body` it is
 * posted.
 * @throws ApiError when refused, TypeError or AbortError when the connection goes.
 */
export async function* readEvents(path: string, signal: AbortSignal, body?: object): AsyncGenerator<StreamedEvent> {
  const headers = { accept: 'text/event-stream', ...(body ? { 'content-type': 'application/json' } : {}) };
  const answer = await send(path, { headers, signal, ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}) });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  while (reader) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      const data = field('data');
      if (data) yield { type: field('event') ?? 'message', data: JSON.parse(data) };
    }
  }
}
