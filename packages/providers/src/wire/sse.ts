import { ProviderError } from '@talkturo/voice';

/** One event of a server-sent event stream. */
export interface ServerEvent {
  /** `message` unless the server names it. */
  event: string;
  data: string;
}

/** More than this in one event is no chunk of a reply. */
const LONGEST_EVENT = 1 << 20;

/**
 * Reads a body as server-sent events (HTML standard, 9.2.6): any line ending, several data lines an event, comments left out,
 * characters split over chunks put together. An event that the end of the body cuts off is dropped, as the standard says.
 * Throws a ProviderError of kind `protocol` when an event grows past a mebibyte. Leaving the iteration cancels the body.
 */
export async function* readServerEvents(provider: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  let event = '';
  let data: string[] = [];
  let size = 0;
  for await (const line of linesOf(provider, body)) {
    if (line === '') {
      if (data.length > 0) yield { event: event || 'message', data: data.join('\n') };
      event = '';
      data = [];
      size = 0;
      continue;
    }
    size += line.length;
    if (size > LONGEST_EVENT) throw tooLong(provider);
    const [, field, value = ''] = line.match(/^([^:]*)(?::[ ]?(.*))?$/s) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
  }
}

async function* linesOf(provider: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    rest += decoder.decode(bytes, { stream: true });
    // A carriage return at the very end may be half of a line ending.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > LONGEST_EVENT) throw tooLong(provider);
  }
  if (rest.endsWith('\r')) yield rest.slice(0, -1);
}

const tooLong = (provider: string) => new ProviderError(provider, 'protocol', `${provider} sent an event longer than a mebibyte.`);
