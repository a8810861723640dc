import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way of being asked for a key: the path, and the header the key stands in. */
interface Door {
  vendor: string;
  path: RegExp;
  key(headers: IncomingHttpHeaders): string | undefined;
  /** What the vendor says to a wrong key. */
  refusal: { status: number; body: unknown };
}

const bearer = (headers: IncomingHttpHeaders) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
const openAiRefusal = { status: 401, body: { error: { message: 'Incorrect API key provided.', type: 'invalid_request_error' } } };
const chat = (vendor: string): Door => ({ vendor, path: new RegExp(`^/${vendor}/v1/models$`), key: bearer, refusal: openAiRefusal });

const DOORS: readonly Door[] = [
  chat('openai'),
  chat('deepseek'),
  chat('qwen'),
  chat('openai-compatible'),
  {
    vendor: 'anthropic',
    path: /^\/anthropic\/v1\/models\?limit=1$/,
    key: (headers) => (headers['anthropic-version'] ? `${headers['x-api-key']}` : undefined),
    refusal: { status: 401, body: { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } } },
  },
  {
    vendor: 'google',
    path: /^\/google\/v1\/models\?pageSize=1$/,
    key: (headers) => `${headers['x-goog-api-key']}`,
    refusal: { status: 400, body: { error: { code: 400, message: 'API key not valid.', details: [{ reason: 'API_KEY_INVALID' }] } } },
  },
  {
    vendor: 'deepgram',
    path: /^\/v1\/auth\/token$/,
    key: (headers) => /^Token (.+)$/.exec(headers.authorization ?? '')?.[1],
    refusal: { status: 401, body: { err_code: 'INVALID_AUTH', err_msg: 'Invalid credentials.' } },
  },
  {
    vendor: 'assemblyai',
    path: /^\/v3\/token\?expires_in_seconds=60$/,
    key: (headers) => headers.authorization,
    refusal: { status: 401, body: { error: 'Unauthorized' } },
  },
  {
    vendor: 'cartesia',
    path: /^\/voices\?limit=1$/,
    key: (headers) => (headers['cartesia-version'] ? bearer(headers) : undefined),
    refusal: { status: 401, body: { title: 'Unauthorized', message: 'Invalid API key.' } },
  },
  {
    vendor: 'elevenlabs',
    path: /^\/v2\/voices\?page_size=1$/,
    key: (headers) => `${headers['xi-api-key']}`,
    refusal: { status: 401, body: { detail: { status: 'invalid_api_key', message: 'Invalid API key' } } },
  },
];

export interface KeySimulator {
  readonly url: string;
  /** Which vendors were asked, in order. */
  readonly asked: readonly string[];
  /** The settings that send every vendor's questions here. */
  readonly settings: Record<string, string>;
  /** The key that a vendor takes. */
  keyOf(vendor: string): string;
  /** The next answer, whatever is asked; `stall` never comes. */
  answers(next: { status: number; body?: unknown; headers?: Record<string, string> } | 'stall'): void;
  stop(): Promise<void>;
}

const VERSIONED = ['OPENAI', 'ANTHROPIC', 'GOOGLE', 'DEEPSEEK', 'QWEN'];
const HOSTS = ['DEEPGRAM', 'ASSEMBLYAI', 'CARTESIA', 'ELEVENLABS'];

/** Stands where all vendors are asked whether they take a key; each takes one, `<vendor>-key-0001`. */
export async function startKeySimulator(): Promise<KeySimulator> {
  const asked: string[] = [];
  const scripted: Parameters<KeySimulator['answers']>[0][] = [];
  const keyOf = (vendor: string) => `${vendor}-key-0001`;
  const server = createServer((request, response) => {
    const door = DOORS.find(({ path }) => path.test(request.url ?? ''));
    if (door) asked.push(door.vendor);
    const next = scripted.shift();
    if (next === 'stall') return;
    const refused = door && door.key(request.headers) !== keyOf(door.vendor) ? door.refusal : null;
    const answer = next ?? (door ? (refused ?? { status: 200, body: { data: [] } }) : { status: 404, body: {} });
    const headers = 'headers' in answer ? answer.headers : {};
    response.writeHead(answer.status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer.body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    settings: Object.fromEntries([
      ...VERSIONED.map((name) => [`${name}_API_URL`, `${url}/${name.toLowerCase()}/v1`]),
      ...HOSTS.map((name) => [`${name}_API_URL`, url]),
    ]),
    keyOf,
    answers: (next) => void scripted.push(next),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
