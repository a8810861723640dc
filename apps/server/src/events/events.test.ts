import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Connection, connect } from '../database/connect.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { startDispatching } from './dispatch-loop.ts';
import { createDispatcher } from './dispatcher.ts';
import { events } from './events.table.ts';
import { type NewEvent, publish } from './publish.ts';

const logger = pino({ level: 'silent' });
let connection: Connection;
let url: string;
let drop: () => Promise<void>;

beforeEach(async () => {
  const database = await createTestDatabase();
  url = database.url;
  connection = connect(url, 4);
  drop = database.drop;
});
afterEach(async () => {
  await connection.close();
  await drop();
});

const told = (subjectId: string, message: string): NewEvent => ({
  type: 'webhook.test',
  accountId: 'acct_1',
  subjectId,
  data: { endpoint_id: 'whk_1', message },
});
const messageOf = (event: { body: string }) => JSON.parse(event.body).data.message as string;

test('an event of a transaction that is rolled back is never told', async () => {
  await expect(
    connection.db.transaction(async (tx) => {
      await publish(tx, told('a', 'never'));
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect(await connection.db.select().from(events)).toEqual([]);
});

test('data of another shape is refused', async () => {
  const wrong = { ...told('a', 'x'), data: { endpoint_id: 7 } } as unknown as NewEvent;
  await expect(publish(connection.db, wrong)).rejects.toThrow();
});

test('subscribers get each event once, in order', async () => {
  const dispatcher = createDispatcher(connection.db, logger);
  const heard: string[] = [];
  dispatcher.subscribe(async (_tx, batch) => {
    heard.push(...batch.map(messageOf));
  });
  for (const word of ['one', 'two', 'three']) await publish(connection.db, told('a', word));
  await dispatcher.dispatchAll();
  await dispatcher.dispatchAll();
  expect(heard).toEqual(['one', 'two', 'three']);
});

test('two dispatchers at once tell nothing twice', async () => {
  const heard: string[] = [];
  const dispatchers = [1, 2, 3].map(() => {
    const dispatcher = createDispatcher(connection.db, logger);
    dispatcher.subscribe(async (_tx, batch) => {
      heard.push(...batch.map(messageOf));
    });
    return dispatcher;
  });
  for (let i = 0; i < 50; i++) await publish(connection.db, told(`s${i}`, String(i)));
  await Promise.all(dispatchers.map((dispatcher) => dispatcher.dispatchAll()));
  await dispatchers[0]?.dispatchAll();
  expect(heard).toEqual(Array.from({ length: 50 }, (_, i) => String(i)));
});

test('an event a subscriber chokes on is put off with what follows on its subject; others go on', async () => {
  const dispatcher = createDispatcher(connection.db, logger);
  const kept: string[] = [];
  dispatcher.subscribe(async (_tx, batch) => {
    if (batch.some((event) => messageOf(event) === 'poison')) throw new Error('cannot');
    kept.push(...batch.map(messageOf));
  });
  for (const [subject, word] of [
    ['a', 'first'],
    ['b', 'poison'],
    ['b', 'after the poison'],
    ['c', 'other'],
  ] as const)
    await publish(connection.db, told(subject, word));
  await dispatcher.dispatchAll();
  expect(kept).toEqual(['first', 'other']);
  await connection.db
    .update(events)
    .set({ dueAt: new Date(0), body: JSON.stringify({ data: { message: 'cured' } }) })
    .where(eq(events.failures, 1));
  await dispatcher.dispatchAll();
  expect(kept).toEqual(['first', 'other', 'cured', 'after the poison']);
});

test('a running loop tells what is published, at once and after a lost connection', async () => {
  const dispatcher = createDispatcher(connection.db, logger);
  const heard: string[] = [];
  let onHeard = () => {};
  dispatcher.subscribe(async (_tx, batch) => {
    heard.push(...batch.map(messageOf));
    onHeard();
  });
  const next = () =>
    new Promise<void>((resolve) => {
      onHeard = resolve;
    });
  const loop = startDispatching(dispatcher, url, logger);
  try {
    for (const word of ['one', 'two']) {
      const heardIt = next();
      await publish(connection.db, told('a', word));
      await heardIt;
      await connection.pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()",
      );
    }
    expect(heard).toEqual(['one', 'two']);
  } finally {
    await loop.stop();
  }
});
