import { createHandClock, createScriptedLeg } from '@talkturo/voice/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeTestCall } from './test-call.ts';
import { type CallServer, createCallServer } from './testing/call-kit.ts';
import type { ScriptedSession } from './testing/scripted-session.ts';
import type { TestTenant } from './testing/test-server.ts';

const THEIRS = '+442079460123';

let server: CallServer;
let tenant: TestTenant;
let serverUrl: string;
beforeAll(async () => {
  server = await createCallServer();
  serverUrl = await server.app.listen({ port: 0, host: '127.0.0.1' });
  tenant = await server.tenant();
});
afterAll(() => server.close());

/** A test call; between its looks `during` moves the network, look by look. */
async function testCall(during: ((ref: string) => unknown)[], more: { assistantId?: string; apiKey?: string } = {}) {
  const lines: string[] = [];
  const dialled = server.carrier.dialled.length;
  const works = await placeTestCall({
    serverUrl,
    apiKey: tenant.key,
    toNumber: THEIRS,
    say: (line) => lines.push(line),
    async wait() {
      await during.shift()?.(`ref-${server.carrier.dialled[dialled]?.callId}`);
      await server.platform.log.flush();
    },
    ...more,
  });
  return { works, lines };
}

test('tells each step of a call that works', async () => {
  expect(await testCall([]).catch((error: Error) => error.message)).toMatch(/^No assistant of this workspace may place calls/);
  await server.assistant(tenant);
  let session: ScriptedSession;
  const { works, lines } = await testCall([
    (ref) => server.carrier.tells(ref, { type: 'ringing' }),
    async (ref) => {
      server.carrier.opensMedia(ref, createScriptedLeg(createHandClock()));
      session = await server.sessions.next();
      session.tells({ type: 'assistant-speaking', atMs: 300 });
    },
    () => session.tells({ type: 'caller-speaking', atMs: 2_000 }),
    () => session.finishes('caller_hung_up', 5_000),
  ]);
  expect(lines).toEqual([
    `Calling ${THEIRS} from +12025550100 over local: pick up, and say something.`,
    'It stays on the built-in network: give the assistant a number of a carrier to try that one.',
    'It rings: the carrier has the call, and its webhooks arrive.',
    'Answered.',
    'The media socket is open: sound flows.',
    'The assistant speaks.',
    'You are heard.',
    'Over after 5 s: caller_hung_up.',
    expect.stringMatching(/^All of it works; the record is call call_/),
  ]);
  expect(works).toBe(true);
});

test('says where the way breaks off', async () => {
  const lastOf = async (during: ((ref: string) => unknown)[]) => {
    const { works, lines } = await testCall(during);
    expect(works).toBe(false);
    return lines.slice(lines.findIndex((line) => line.startsWith('Over after')) + 1).join(' ');
  };
  const hangup = (cause: 'busy' | 'normal') => (ref: string) => server.carrier.tells(ref, { type: 'hangup', cause, source: 'callee' });
  expect(await lastOf([(ref) => server.carrier.tells(ref, { type: 'ringing' }), hangup('busy')])).toMatch(/^Nobody picked up/);
  expect(await lastOf([hangup('busy')])).toMatch(/^Nobody picked up/);
  expect(await lastOf([hangup('normal')])).toMatch(/^The carrier told nothing of the call: does PUBLIC_URL/);
  expect(await lastOf([(ref) => server.carrier.tells(ref, { type: 'answered' }), hangup('normal')])).toMatch(
    /^The media socket did not open/,
  );
  const silent = [
    async (ref: string) => {
      server.carrier.opensMedia(ref, createScriptedLeg(createHandClock()));
      const session = await server.sessions.next();
      session.tells({ type: 'assistant-speaking', atMs: 300 });
      await session.finishes('caller_hung_up', 5_000);
    },
  ];
  expect(await lastOf(silent)).toMatch(/^Nothing was heard from the telephone/);
});

test('a call that nobody ends is hung up after two minutes; what stands in the way is a sentence', async () => {
  const { lines } = await testCall([
    async (ref) => {
      server.carrier.opensMedia(ref, createScriptedLeg(createHandClock()));
      await server.sessions.next();
    },
  ]);
  expect(lines).toContain('Over after 2 s: api_hangup.');
  await expect(testCall([], { apiKey: 'tk_test_nobody' })).rejects.toThrow(/does not take TALKTURO_API_KEY/);
  const nowhere = placeTestCall({ serverUrl: 'http://127.0.0.1:9', apiKey: 'k', toNumber: THEIRS, say() {}, wait: async () => {} });
  await expect(nowhere).rejects.toThrow(/^No server answers at/);
});
