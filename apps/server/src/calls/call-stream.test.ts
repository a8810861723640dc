import { createHandClock, createScriptedLeg } from '@talkturo/voice/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
import type { ScriptedSession } from '../testing/scripted-session.ts';
import type { TestTenant } from '../testing/test-server.ts';

let server: CallServer;
let elsewhere: CallServer;
let tenant: TestTenant;
let assistantId: string;
let url: string;
let otherUrl: string;
beforeAll(async () => {
  server = await createCallServer();
  elsewhere = await createCallServer({}, server.databaseUrl);
  tenant = await server.tenant();
  assistantId = await server.assistant(tenant);
  url = await server.listen();
  otherUrl = await elsewhere.listen();
  await server.platform.cluster.beat();
});
afterAll(async () => {
  await elsewhere.close();
  await server.close();
});

interface Message {
  id: string | null;
  event: string;
  data: { sequence: number; type: string; data: Record<string, unknown> };
}

/** Reads a stream of server-sent events, message by message, until it ends. */
async function* follow(base: string, id: string, headers: Record<string, string> = {}): AsyncGenerator<Message> {
  const answer = await fetch(`${base}/api/calls/${id}/events`, { headers: { authorization: `Bearer ${tenant.key}`, ...headers } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const data = field('data');
      if (data) yield { id: field('id') ?? null, event: field('event')!, data: JSON.parse(data) };
    }
  }
}

async function liveCall(): Promise<{ id: string; session: ScriptedSession }> {
  const { id } = (await tenant.post('/api/calls', { assistantId, toNumber: '+14155550101' })).body.call;
  server.carrier.opensMedia(`ref-${id}`, createScriptedLeg(createHandClock()));
  return { id, session: await server.sessions.next() };
}
const turn = (index: number, text: string) =>
  ({ type: 'turn', atMs: index, turn: { index, speaker: 'caller', text, startSeconds: 0, endSeconds: 1, interrupted: false } }) as const;
const all = async (stream: AsyncGenerator<Message>) => {
  const messages: Message[] = [];
  for await (const message of stream) messages.push(message);
  return messages;
};

test('a call is followed while it lasts, from its beginning, each event once and in order', async () => {
  const { id, session } = await liveCall();
  const reading = all(follow(url, id));
  const stream = follow(url, id);
  expect((await stream.next()).value).toMatchObject({ id: '1', event: 'answered' });
  expect((await stream.next()).value).toMatchObject({ id: '2', event: 'started' });
  session.tells({ type: 'partial', atMs: 5, text: 'My na' });
  session.tells(turn(0, 'My name is Ada.'));
  expect((await stream.next()).value).toMatchObject({ id: null, event: 'partial', data: { data: { text: 'My na' } } });
  expect((await stream.next()).value).toMatchObject({
    id: '3',
    event: 'turn',
    data: { sequence: 3, data: { text: 'My name is Ada.', speaker: 'caller' } },
  });
  await session.finishes('caller_hung_up', 10);
  expect((await stream.next()).value).toMatchObject({
    id: '4',
    event: 'ended',
    data: { data: { reason: 'caller_hung_up', status: 'completed' } },
  });
  expect((await stream.next()).done).toBe(true);
  // The record is complete when the stream says that the call has ended.
  expect((await tenant.get(`/api/calls/${id}`)).body.call.status).toBe('completed');
  expect((await reading).filter(({ id: number }) => number).map((message) => message.event)).toEqual([
    'answered',
    'started',
    'turn',
    'ended',
  ]);
});

test('a call that is over is replayed and the stream ends; who has seen all is told to stop', async () => {
  const { id, session } = await liveCall();
  session.tells(turn(0, 'Hello.'));
  const over = server.platform.live.get(id)?.over;
  await session.finishes('caller_hung_up', 10);
  await over;
  expect((await all(follow(url, id))).map((message) => message.event)).toEqual(['answered', 'started', 'turn', 'ended']);
  expect((await all(follow(url, id, { 'last-event-id': '2' }))).map((message) => message.event)).toEqual(['turn', 'ended']);
  const done = await fetch(`${url}/api/calls/${id}/events`, { headers: { authorization: `Bearer ${tenant.key}`, 'last-event-id': '4' } });
  expect(done.status).toBe(204);
});

test('a reader that comes back misses nothing', async () => {
  const { id, session } = await liveCall();
  const first = follow(url, id);
  await first.next();
  expect((await first.next()).value).toMatchObject({ id: '2' });
  await first.return(undefined);
  session.tells(turn(0, 'While you were away.'));
  const second = follow(url, id, { 'last-event-id': '2' });
  expect((await second.next()).value).toMatchObject({ id: '3', data: { data: { text: 'While you were away.' } } });
  await session.finishes('caller_hung_up', 10);
  expect((await second.next()).value).toMatchObject({ event: 'ended' });
});

test('a call of another node is followed and hung up from here', async () => {
  const { id, session } = await liveCall();
  const stream = follow(otherUrl, id);
  await stream.next();
  expect((await stream.next()).value).toMatchObject({ id: '2', event: 'started' });
  session.tells(turn(0, 'Far away.'));
  expect((await stream.next()).value).toMatchObject({ id: '3', event: 'turn', data: { data: { text: 'Far away.' } } });
  const answer = await fetch(`${otherUrl}/api/calls/${id}/hangup`, { method: 'POST', headers: { authorization: `Bearer ${tenant.key}` } });
  expect(answer.status).toBe(200);
  expect((await stream.next()).value).toMatchObject({ event: 'ended', data: { data: { reason: 'api_hangup' } } });
  expect((await stream.next()).done).toBe(true);
});

test('a server that closes ends its streams', async () => {
  const third = await createCallServer({}, server.databaseUrl);
  const base = await third.listen();
  const { id, session } = await liveCall();
  const stream = follow(base, id);
  await stream.next();
  await third.close();
  while (!(await stream.next()).done);
  await session.finishes('caller_hung_up', 10);
});
