import { CALL_STATUSES } from '@talkturo/contract';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../database/connect.ts';
import { events } from '../events/events.table.ts';
import { addAccount } from '../identity/accounts.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { endingOf } from './call-ending.ts';
import { type CallLifecycle, createCallLifecycle } from './call-lifecycle.ts';
import { earlierThan } from './call-status.ts';
import { type Call, calls } from './calls.table.ts';

let connection: Connection;
let drop: () => Promise<void>;
let lifecycle: CallLifecycle;
let accountId: string;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  connection = connect(database.url, 4);
  lifecycle = createCallLifecycle(connection.db, async () => {});
  accountId = (await addAccount(connection.db, { slug: 'a', name: 'a', plan: 'growth' })).id;
});
afterAll(async () => {
  await connection.close();
  await drop();
});

const ended = { endedAt: new Date('2026-01-01T00:01:00Z'), durationMs: 5000 };
const answeredAt = new Date('2026-01-01T00:00:55Z');

async function begin(more: { carrierRef?: string; direction?: 'inbound' | 'outbound' } = {}): Promise<Call> {
  const call = await lifecycle.begin({
    accountId,
    assistantId: null,
    direction: 'outbound',
    carrier: 'local',
    nodeId: 'node_1',
    fromNumber: '+14155550100',
    toNumber: '+14155550101',
    ...more,
  });
  if (!call) throw new Error('the call was known');
  return call;
}
const rowOf = async (id: string) => (await connection.db.select().from(calls).where(eq(calls.id, id)))[0];
const toldOf = async (id: string) =>
  (await connection.db.select().from(events).where(eq(events.subjectId, id)).orderBy(asc(events.seq))).map((event) => event.type);

test('a status has only earlier ones before it', () => {
  expect(CALL_STATUSES.map(earlierThan)).toEqual([
    [],
    ['queued'],
    ['queued', 'ringing'],
    ['queued', 'ringing', 'in_progress'],
    ['queued', 'ringing', 'in_progress'],
  ]);
});

test('a whole call is told step by step', async () => {
  const { id } = await begin();
  await lifecycle.ringing(id);
  await lifecycle.answered(id, answeredAt);
  await lifecycle.close(id, endingOf('caller_hung_up', true), ended);
  expect(await rowOf(id)).toMatchObject({
    status: 'completed',
    outcome: 'answered',
    endedReason: 'caller_hung_up',
    answeredAt,
    endedAt: ended.endedAt,
    durationMs: 5000,
  });
  expect(await toldOf(id)).toEqual(['call.initiated', 'call.answered', 'call.hangup', 'call.completed']);
});

test('a late answer or ring never overwrites the end', async () => {
  const { id } = await begin();
  await lifecycle.close(id, endingOf('no_answer', false), { ...ended, durationMs: null });
  expect(await lifecycle.answered(id, answeredAt)).toBeNull();
  expect(await lifecycle.ringing(id)).toBe(false);
  expect(await rowOf(id)).toMatchObject({ status: 'failed', outcome: 'no_answer', answeredAt: null });
  expect(await toldOf(id)).toEqual(['call.initiated', 'call.hangup', 'call.completed']);
});

test('only the first end counts, also when several come at once', async () => {
  const { id } = await begin();
  await lifecycle.answered(id, answeredAt);
  const closed = await Promise.all(
    (['caller_hung_up', 'api_hangup', 'node_lost'] as const).map((reason) => lifecycle.close(id, endingOf(reason, true), ended)),
  );
  expect(closed.filter(Boolean)).toHaveLength(1);
  expect((await toldOf(id)).filter((type) => type === 'call.completed')).toHaveLength(1);
});

test('what came twice from the carrier is one call', async () => {
  await begin({ carrierRef: 'ref-1', direction: 'inbound' });
  await expect(begin({ carrierRef: 'ref-1', direction: 'inbound' })).rejects.toThrow('known');
});

test('picked up by a machine is voicemail, not answered', async () => {
  const { id } = await begin();
  await lifecycle.answered(id, answeredAt);
  expect(await lifecycle.machineDetected(id, 'machine', 'words')).toBe(true);
  expect(await lifecycle.machineDetected(id, 'machine', 'beep')).toBe(false);
  await lifecycle.close(id, endingOf('assistant_hung_up', true), ended);
  expect(await rowOf(id)).toMatchObject({ outcome: 'voicemail', status: 'completed' });
});
