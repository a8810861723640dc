import type { AnswerOf, getCall, hangUpCall, listAssistants, placeCall } from '@talkturo/contract';

export interface TestCallOptions {
  /** Where the server runs, without a slash at the end. */
  serverUrl: string;
  apiKey: string;
  /** E.164. */
  toNumber: string;
  /** Left out: the first that may place calls. */
  assistantId?: string | undefined;
  /** A line for whoever watches. */
  say(line: string): void;
  wait(ms: number): Promise<void>;
}

type Call = AnswerOf<typeof getCall>['call'];

/** Something that stands in the way, as a sentence. */
export class TestCallError extends Error {}

const LOOK_EVERY_MS = 1_000;
/** Long enough to say a few sentences to it. */
const LONGEST_MS = 120_000;

/** What is worth a line, once. */
const TOLD: Readonly<Record<string, string>> = {
  ringing: 'It rings: the carrier has the call, and its webhooks arrive.',
  answered: 'Answered.',
  started: 'The media socket is open: sound flows.',
  assistant_speaking: 'The assistant speaks.',
  caller_speaking: 'You are heard.',
};

/**
 * Lets the running server call somebody, as any client of its API would, and tells step by step what happens: whether the carrier takes the
 * call, its webhooks arrive, its media socket opens, sound flows both ways. @returns whether all of it did.
 * @throws TestCallError with a sentence where no call can be placed.
 */
export async function placeTestCall(options: TestCallOptions): Promise<boolean> {
  const { toNumber, say, wait } = options;
  const assistantId = options.assistantId ?? (await ableAssistant(options));
  const { call } = await ask<AnswerOf<typeof placeCall>>(options, 'POST', '/api/calls', { assistantId, toNumber });
  say(`Calling ${toNumber} from ${call.from_number} over ${call.carrier}: pick up, and say something.`);
  if (call.carrier === 'local') say('It stays on the built-in network: give the assistant a number of a carrier to try that one.');

  const told = new Set<string>();
  for (let ms = 0; ; ms += LOOK_EVERY_MS) {
    const { call: now } = await ask<AnswerOf<typeof getCall>>(options, 'GET', `/api/calls/${call.id}`);
    for (const { type } of now.events) {
      const line = TOLD[type];
      if (line && !told.has(type)) say(line);
      told.add(type);
    }
    if (now.status === 'completed' || now.status === 'failed') return judge(now, told, say);
    if (ms >= LONGEST_MS) await ask<AnswerOf<typeof hangUpCall>>(options, 'POST', `/api/calls/${call.id}/hangup`, {});
    await wait(LOOK_EVERY_MS);
  }
}

function judge(call: Call, told: ReadonlySet<string>, say: (line: string) => void): boolean {
  say(`Over after ${Math.round(call.duration_seconds ?? 0)} s: ${call.ended_reason}.`);
  const lack = lackOf(call, told);
  if (lack) say(lack);
  if (call.error) say(call.error);
  if (!lack && !call.error) say(`All of it works; the record is call ${call.id}.`);
  return !lack && !call.error;
}

function lackOf({ ended_reason: reason }: Call, told: ReadonlySet<string>): string | null {
  // The carrier alone knows of these; that nobody answered may also be our own guess after a long silence of the carrier.
  if (['busy', 'declined', 'invalid_number'].includes(reason ?? '') || (reason === 'no_answer' && told.has('ringing'))) {
    return 'Nobody picked up: try again with a telephone at hand.';
  }
  if (!told.has('ringing') && !told.has('answered')) {
    return 'The carrier told nothing of the call: does PUBLIC_URL lead to this server from outside, and is it the one of the set-up?';
  }
  if (!told.has('answered')) return 'It was not answered.';
  if (!told.has('started')) return 'The media socket did not open: do WebSockets get through to this server at PUBLIC_URL?';
  if (!told.has('assistant_speaking')) return 'The assistant did not speak: has it a first message, and a voice that works?';
  return told.has('caller_speaking') ? null : 'Nothing was heard from the telephone. If you have said something, sound comes one way only.';
}

async function ableAssistant(options: TestCallOptions): Promise<string> {
  const { assistants } = await ask<AnswerOf<typeof listAssistants>>(options, 'GET', '/api/assistants?limit=200');
  const able = assistants.find(({ outbound_enabled: may }) => may);
  if (!able) throw new TestCallError('No assistant of this workspace may place calls: set the outbound_enabled of one.');
  return able.id;
}

async function ask<A>({ serverUrl, apiKey }: TestCallOptions, method: 'GET' | 'POST', path: string, body?: object): Promise<A> {
  const headers = { authorization: `Bearer ${apiKey}`, ...(body ? { 'content-type': 'application/json' } : {}) };
  const answer = await fetch(serverUrl + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }).catch(() => {
    throw new TestCallError(`No server answers at ${serverUrl}: start it with npm start, or say with TALKTURO_URL where it is.`);
  });
  if (answer.status === 401) {
    throw new TestCallError(`The server at ${serverUrl} does not take TALKTURO_API_KEY: it is a key of another server, or was revoked.`);
  }
  const json = (await answer.json().catch(() => ({}))) as { error?: string };
  if (!answer.ok) throw new TestCallError(json.error ?? `The server at ${serverUrl} answered ${answer.status}.`);
  return json as A;
}
