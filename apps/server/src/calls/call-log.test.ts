import { asc, eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cluster, createCluster } from '../cluster/cluster.ts';
import { type Connection, connect } from '../database/connect.ts';
import { addAccount } from '../identity/accounts.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { createCallLifecycle } from './call-lifecycle.ts';
import { type CallLog, createCallLog } from './call-log.ts';
import { callEvents, callTurns } from './calls.table.ts';
import type { LoggedEvent } from './logged-event.ts';

let connection: Connection;
let drop: () => Promise<void>;
let cluster: Cluster;
let log: CallLog;
let accountId: string;
const logger = pino({ level: 'silent' });

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  connection = connect(database.url, 4);
  cluster = createCluster({ db: connection.db, databaseUrl: database.url, logger, dataDir: '/a' });
  log = createCallLog({ db: connection.db, cluster, logger });
  accountId = (await addAccount(connection.db, { slug: 'a', name: 'a', plan: 'growth' })).id;
});
afterAll(async () => {
  await connection.close();
  await drop();
});

async function newCall(): Promise<string> {
  const lifecycle = createCallLifecycle(connection.db, async () => {});
  const row = {
    accountId,
    assistantId: null,
    direction: 'outbound',
    carrier: 'local',
    nodeId: 'n',
    fromNumber: null,
    toNumber: null,
  } as const;
  return (await lifecycle.begin(row))!.id;
}
const event = (type: string, more: Partial<LoggedEvent> = {}): LoggedEvent => ({
  type,
  atMs: 0,
  data: {},
  createdAt: new Date(),
  kept: true,
  ...more,
});
const turn = (index: number, text: string) => {
  const said = { index, speaker: 'caller', text, startSeconds: 0, endSeconds: 1, interrupted: false } as const;
  return event('turn', { data: { index }, turn: said });
};
const stored = async (callId: string) =>
  (await connection.db.select().from(callEvents).where(eq(callEvents.callId, callId)).orderBy(asc(callEvents.sequence))).map((row) => [
    row.sequence,
    row.type,
  ]);

test('events of many calls are stored in order, each call counted by itself', async () => {
  const calls = [await newCall(), await newCall(), await newCall()];
  for (let i = 0; i < 50; i++) for (const id of calls) log.add(id, event(`e${i}`));
  await log.flush();
  for (const id of calls) log.add(id, event('last'));
  await log.flush();
  const expected = [...Array.from({ length: 50 }, (_, i) => [i + 1, `e${i}`]), [51, 'last']];
  for (const id of calls) expect(await stored(id)).toEqual(expected);
});

test('two nodes that write about one call never use a number twice', async () => {
  const id = await newCall();
  const second = createCallLog({ db: connection.db, cluster, logger });
  for (let i = 0; i < 20; i++) {
    log.add(id, event('a'));
    second.add(id, event('b'));
    await Promise.all([log.flush(), second.flush()]);
  }
  expect((await stored(id)).map(([sequence]) => sequence)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
});

test('a turn told again is corrected, not doubled', async () => {
  const id = await newCall();
  log.add(id, turn(0, 'I would like'));
  log.add(id, turn(0, 'I would like roses'));
  await log.flush();
  log.add(id, turn(0, 'I would like red roses'));
  await log.flush();
  const rows = await connection.db.select().from(callTurns).where(eq(callTurns.callId, id));
  expect(rows.map((row) => row.text)).toEqual(['I would like red roses']);
});

test('what the database refuses in one call spoils no other', async () => {
  const [bad, good] = [await newCall(), await newCall()];
  log.add(bad, turn(0.5, 'no such index'));
  log.add(good, turn(0, 'NUL \u0000 is left out'));
  log.add('call_gone', event('nobody knows this call'));
  await log.flush();
  expect(await stored(bad)).toEqual([]);
  expect(await stored(good)).toEqual([[1, 'turn']]);
});

test('a flush waits for what was added before it, not for what others go on adding', async () => {
  const id = await newCall();
  const other = await newCall();
  let chatting = true;
  const unfollow = log.follow(other, () => {
    if (chatting) log.add(other, event('chatter'));
  });
  log.add(other, event('chatter'));
  log.add(id, event('mine'));
  await log.flush();
  expect(await stored(id)).toEqual([[1, 'mine']]);
  log.add(id, event('again'));
  await log.flush();
  chatting = false;
  unfollow();
  expect(await stored(id)).toHaveLength(2);
  await log.flush();
});

test('while the database is away events wait, and are stored when it is back', async () => {
  const id = await newCall();
  await connection.pool.query('alter table call_events rename to call_events_away');
  log.add(id, event('patient'));
  const flushed = log.flush();
  await connection.pool.query('alter table call_events_away rename to call_events');
  await flushed;
  expect(await stored(id)).toEqual([[1, 'patient']]);
});
