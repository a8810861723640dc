import type { AnswerOf, importContacts, QueryInputOf } from '@talkturo/contract';
import type { Api } from './api-types.ts';
import { createListing } from './listing.ts';
import { routes } from './routes.ts';
import { type ClientSettings, createTransport, type Outgoing, type RequestOptions, type Transport } from './transport.ts';

/** A contact list as a file: text, a file chosen in the browser, or a stream. */
export type CsvFile = string | Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

export interface Talkturo extends Api {
  /** Imports contacts from a CSV file. It may be sent again: people are known by their phone numbers. */
  importContactsFile(
    input: QueryInputOf<typeof importContacts>,
    file: CsvFile,
    options?: RequestOptions & { charset?: string },
  ): Promise<AnswerOf<typeof importContacts>>;
}

type Input = Record<string, unknown>;
type Route = readonly [method: string, path: string, inQuery: readonly string[] | null, answers: string | null];

/**
 * A client of the Talkturo REST API: one method an endpoint, each taking one object and answering as the reference says.
 * @example
 * const talkturo = createTalkturo({ baseUrl: 'https://talkturo.example.com', apiKey: process.env.TALKTURO_API_KEY });
 * const { assistant } = await talkturo.createAssistant({ accountSlug: 'my-team', name: 'Sales Agent' });
 * for await (const contact of talkturo.listContacts({ search: 'ada' })) console.log(contact.first_name);
 */
export function createTalkturo(settings: ClientSettings = {}): Talkturo {
  const send = createTransport(settings);
  const methods = Object.entries(routes as Record<string, Route>).map(([name, route]) => [
    name,
    (input: Input = {}, options?: RequestOptions) => call(send, route, input, options),
  ]);
  return {
    ...(Object.fromEntries(methods) as Api),
    async importContactsFile(input, file, { charset, ...options } = {}) {
      const { url } = outgoingOf(routes.importContacts, input as Input);
      const contentType = charset ? `text/csv; charset=${charset}` : 'text/csv';
      // Big files take their time: only the caller's own signal ends them.
      const unhurried = { timeoutMs: 2 ** 31 - 1, ...options };
      const answer = await send({ method: 'POST', url, body: file, contentType, once: file instanceof ReadableStream }, unhurried);
      return (await answer.json()) as AnswerOf<typeof importContacts>;
    },
  };
}

function call(send: Transport, route: Route, input: Input, options?: RequestOptions): unknown {
  const answers = route[3];
  const ask = (more: Input = {}) => send(outgoingOf(route, { ...input, ...more }), options);
  if (answers === 'file') return ask();
  const asJson = async (more?: Input) => (await ask(more)).json();
  return answers === null ? asJson() : createListing((offset) => asJson(offset === undefined ? {} : { offset }), answers);
}

/** Sorts an input into path, query and body. */
function outgoingOf([method, path, inQuery]: Route, input: Input): Outgoing {
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest.get(name) ?? '');
    rest.delete(name);
    if (value === '') throw new TypeError(`${name} is missing: ${method} ${path} needs it.`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const [name, value] of rest) {
    if (inQuery && !inQuery.includes(name)) continue;
    query.append(name, String(value));
    rest.delete(name);
  }
  const url = query.size > 0 ? `${filled}?${query}` : filled;
  return inQuery ? { method, url, body: JSON.stringify(Object.fromEntries(rest)), contentType: 'application/json' } : { method, url };
}
