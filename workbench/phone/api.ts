import { SentenceError } from './sentence-error.ts';
import { readServerSentEvents } from './server-sent-events.ts';

/** The server's API, as far as the workbench needs it. */
export interface Api {
  readonly url: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  /** Data of server-sent events, until the server ends the stream or the signal aborts. */
  follow<T>(path: string, signal: AbortSignal): AsyncIterable<T>;
}

const EXAMPLE = 'http://localhost:3000';

/** Takes the address and the key from the environment: TALKTURO_URL (else this machine at PORT), TALKTURO_API_KEY. */
export const apiFromEnvironment = (environment: NodeJS.ProcessEnv): Api => {
  const address = environment.TALKTURO_URL || `http://localhost:${environment.PORT || 3000}`;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new SentenceError(`TALKTURO_URL is '${address}', which is not an http address, for example ${EXAMPLE}.`);
  }
  const key = environment.TALKTURO_API_KEY;
  if (!key) throw new SentenceError('Set TALKTURO_API_KEY to an API key of your workspace: the first start of the server prints one.');
  return createApi(address.replace(/\/+$/, ''), key);
};

export const createApi = (url: string, key: string): Api => {
  const request = async (method: 'GET' | 'POST', path: string, { body, signal }: { body?: object; signal?: AbortSignal } = {}) => {
    const init: RequestInit = {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    };
    const response = await fetch(url + path, init).catch((error: Error) => {
      if (signal?.aborted) throw error;
      throw new SentenceError(`No server answers at ${url}. Start it with 'npm start', or set TALKTURO_URL.`);
    });
    if (response.ok) return response;
    throw new SentenceError(await refusal(response, url));
  };

  const json = async <T>(response: Response): Promise<T> => {
    try {
      return (await response.json()) as T;
    } catch {
      throw new SentenceError(`What answers at ${url} is not a Talkturo server.`);
    }
  };

  return {
    url,
    get: async (path) => json(await request('GET', path)),
    post: async (path, body) => json(await request('POST', path, { body })),
    async *follow<T>(path: string, signal: AbortSignal) {
      try {
        const response = await request('GET', path, { signal });
        if (!response.body) return;
        for await (const data of readServerSentEvents(response.body)) yield JSON.parse(data) as T;
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
};

const refusal = async (response: Response, url: string): Promise<string> => {
  if (response.status === 401) return `The server at ${url} does not know this key. Set TALKTURO_API_KEY to a key of your workspace.`;
  const body = (await response.json().catch(() => null)) as { error?: unknown; details?: { path: string; message: string }[] } | null;
  if (typeof body?.error !== 'string') return `The server at ${url} answered ${response.status}; is it a Talkturo server?`;
  const details = body.details ?? [];
  // With one thing wrong the error names it; with several only the first.
  return details.length < 2 ? body.error : `${body.error} (${details.map(({ path, message }) => `${path} ${message}`).join('; ')})`;
};
