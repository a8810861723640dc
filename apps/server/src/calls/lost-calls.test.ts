import { createHandClock, createScriptedLeg } from '@talkturo/voice/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodes } from '../cluster/nodes.table.ts';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
import type { TestTenant } from '../testing/test-server.ts';
import { calls } from './calls.table.ts';

let server: CallServer;
let tenant: TestTenant;
let assistantId: string;
beforeAll(async () => {
  server = await createCallServer();
  tenant = await server.tenant();
  assistantId = await server.assistant(tenant);
});
afterAll(() => server.close());

const place = async () => (await tenant.post('/api/calls', { assistantId, toNumber: '+14155550101' })).body.call.id as string;
const get = async (id: string) => (await tenant.get(`/api/calls/${id}`)).body.call;
/** Its node is no node any more. */
const lose = (id: string) => server.platform.db.update(calls).set({ nodeId: 'node_gone' }).where(sql`id = ${id}`);

test('a lost call is closed with what is there: transcript, recording up to that moment', async () => {
  const id = await place();
  server.carrier.opensMedia(`ref-${id}`, createScriptedLeg(createHandClock()));
  const session = await server.sessions.next();
  const turn = { index: 0, speaker: 'caller', text: 'Are you there?', startSeconds: 0, endSeconds: 1, interrupted: false } as const;
  session.tells({ type: 'turn', atMs: 1000, turn });
  // More than the recorder keeps in memory: these two seconds are on disk, with a header that knows of none.
  session.options.recording?.write(new Int16Array(8000 * 2 * 2).fill(5));
  await server.platform.log.flush();
  await expect.poll(async () => (await server.platform.calls.find(id))?.recordingKey).toBeTruthy();
  const key = (await server.platform.calls.find(id))?.recordingKey ?? '';
  await expect.poll(() => server.platform.blobs.size(key)).toBeGreaterThan(8000 * 4);
  await lose(id);
  await server.platform.cluster.beat();
  const call = await get(id);
  expect(call).toMatchObject({
    status: 'failed',
    ended_reason: 'node_lost',
    outcome: 'answered',
    error: expect.stringContaining('stopped unexpectedly'),
    messages: [{ text: 'Are you there?' }],
    recording: { channels: 2 },
  });
  expect(call.duration_seconds).toBeGreaterThanOrEqual(1);
  expect(server.carrier.commands).toContain(`hangup ref-${id}`);
  expect(call.events.at(-1)).toMatchObject({ type: 'ended', data: { reason: 'node_lost' } });
  const recording = await server.app.inject({ url: `/api/calls/${id}/recording`, headers: { authorization: `Bearer ${tenant.key}` } });
  expect(recording.statusCode).toBe(200);
  expect(recording.rawPayload.readUInt32LE(40)).toBe(recording.rawPayload.length - 44);
});

test('a call that was never answered is closed too, and calls of living nodes are left alone', async () => {
  const [lost, fine] = [await place(), await place()];
  await lose(lost);
  await server.platform.cluster.beat();
  expect(await get(lost)).toMatchObject({ status: 'failed', ended_reason: 'node_lost', outcome: 'error', duration_seconds: null });
  expect(await get(fine)).toMatchObject({ status: 'queued' });
});

test('a call that still rings when its node is lost is not ended: its carrier tells what becomes of it', async () => {
  server.carrier.outlivesNodes = true;
  const [busy, answered, asked] = [await place(), await place(), await place()];
  for (const id of [busy, answered, asked]) {
    server.platform.live.get(id)?.release();
    await lose(id);
  }
  server.carrier.known = { carrier: 'local', ref: `ref-${asked}` };
  await server.platform.cluster.beat();
  await server.platform.lost.idle();
  for (const id of [busy, answered, asked]) expect(await get(id)).toMatchObject({ status: 'queued' });
  server.carrier.tells(`ref-${busy}`, { type: 'ringing' });
  server.carrier.tells(`ref-${busy}`, { type: 'hangup', cause: 'busy', source: 'callee' });
  await expect.poll(() => get(busy)).toMatchObject({ status: 'failed', outcome: 'busy', ended_reason: 'busy', error: null });
  // Its sound comes to a node that lives: the conversation is held there.
  server.carrier.opensMedia(`ref-${answered}`, createScriptedLeg(createHandClock()));
  const session = await server.sessions.next();
  await session.finishes('caller_hung_up', 3000);
  await expect.poll(() => get(answered)).toMatchObject({ status: 'completed', outcome: 'answered' });
  server.carrier.known = { carrier: 'local', ref: `ref-${asked}`, ended: 'no_answer' };
  await server.platform.cluster.beat();
  await expect.poll(() => get(asked)).toMatchObject({ status: 'failed', outcome: 'no_answer' });
  server.carrier.known = null;
  server.carrier.outlivesNodes = false;
});

test('a call nobody hears of any more is given up after a while, and its carrier told', async () => {
  server.carrier.outlivesNodes = true;
  const id = await place();
  server.platform.live.get(id)?.release();
  await lose(id);
  server.carrier.known = { carrier: 'local', ref: `ref-${id}` };
  await server.platform.db.update(calls).set({ startedAt: sql`now() - interval '181 seconds'` }).where(sql`id = ${id}`);
  await server.platform.cluster.beat();
  await expect.poll(() => get(id)).toMatchObject({ status: 'failed', outcome: 'error', ended_reason: 'node_lost' });
  await expect.poll(() => server.carrier.commands).toContain(`hangup ref-${id}`);
  server.carrier.known = null;
  server.carrier.outlivesNodes = false;
});

test('a node that stops its heartbeat loses its calls to the others', async () => {
  const dying = await createCallServer({}, server.databaseUrl);
  const { id } = (
    await dying
      .request('POST', '/api/calls', {
        headers: { authorization: `Bearer ${tenant.key}` },
        body: { assistantId, toNumber: '+14155550101' },
      })
      .then((answer) => answer.body)
  ).call;
  await server.platform.cluster.beat();
  expect(await get(id)).toMatchObject({ status: 'queued' });
  await server.platform.db
    .update(nodes)
    .set({ heartbeatAt: sql`now() - interval '21 seconds'` })
    .where(sql`id = ${dying.platform.cluster.nodeId}`);
  await server.platform.cluster.beat();
  expect(await get(id)).toMatchObject({ status: 'failed', ended_reason: 'node_lost' });
  await dying.close();
  expect(await get(id)).toMatchObject({ ended_reason: 'node_lost' });
});

test('a call of this node whose end could not be stored is found later', async () => {
  const id = await place();
  server.platform.live.get(id)?.release();
  await server.platform.cluster.beat();
  expect(await get(id)).toMatchObject({ status: 'queued' });
  await server.platform.db.update(calls).set({ startedAt: sql`now() - interval '61 seconds'` }).where(sql`id = ${id}`);
  await server.platform.cluster.beat();
  expect(await get(id)).toMatchObject({ status: 'failed', ended_reason: 'node_lost' });
});
