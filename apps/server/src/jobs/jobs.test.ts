import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type Connection, connect } from '../database/connect.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { defineJob } from './job.ts';
import { createJobs, type Jobs } from './jobs.ts';

const greet = defineJob({
  name: 'greet',
  payload: z.object({ name: z.string() }),
  retry: { times: 1, firstDelaySeconds: 0 },
  maxSeconds: 30,
});

let connection: Connection;
let url: string;
let drop: () => Promise<void>;
let running: Jobs[];

beforeEach(async () => {
  const database = await createTestDatabase();
  url = database.url;
  drop = database.drop;
  connection = connect(url, 8);
  running = [];
});
afterEach(async () => {
  for (const jobs of running) await jobs.stop(1000);
  await connection.close();
  await drop();
});

function node(): Jobs {
  const jobs = createJobs({ pool: connection.pool, databaseUrl: url, logger: pino({ level: 'silent' }), pollSeconds: 0.5 });
  running.push(jobs);
  return jobs;
}

/** Collects what comes until there are `count` of them. */
function collector<T>(count: number) {
  const got: T[] = [];
  const { promise, resolve } = Promise.withResolvers<T[]>();
  return {
    all: promise,
    add: (item: T) => {
      if (got.push(item) === count) resolve(got);
    },
  };
}

test('a job runs when the transaction that sent it commits, and not when it rolls back', async () => {
  const heard = collector<string>(1);
  const worker = node();
  worker.handle(greet, async ({ name }) => heard.add(name));
  await expect(
    connection.db.transaction(async (tx) => {
      await worker.send(tx, greet, { name: 'nobody' });
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  await connection.db.transaction((tx) => worker.send(tx, greet, { name: 'Ada' }));
  await worker.start();
  expect(await heard.all).toEqual(['Ada']);
});

test('a sending node runs nothing; a working node drains a pile', async () => {
  const sender = node();
  sender.handle(greet, async () => expect.unreachable('the sender has no role worker'));
  for (let i = 0; i < 50; i++) await sender.send(connection.db, greet, { name: String(i) });
  const heard = collector<string>(50);
  const worker = node();
  worker.handle(greet, async ({ name }) => heard.add(name));
  await worker.start();
  expect(new Set(await heard.all).size).toBe(50);
});

test('a failed job is tried again, then lies with the dead and can be put back', async () => {
  const tries = collector<number>(2);
  let cured = false;
  const recovered = Promise.withResolvers<string>();
  const worker = node();
  worker.handle(greet, async ({ name }, { attempt }) => {
    if (cured) return recovered.resolve(name);
    tries.add(attempt);
    throw new Error('not today');
  });
  await worker.start();
  await worker.send(connection.db, greet, { name: 'Bo' });
  expect(await tries.all).toEqual([1, 2]);
  cured = true;
  await expect.poll(() => worker.redrive(greet)).toBe(1);
  expect(await recovered.promise).toBe('Bo');
});

test('jobs with the same key do not pile up', async () => {
  const jobs = node();
  const heard = collector<string>(2);
  jobs.handle(greet, async ({ name }) => heard.add(name));
  await jobs.send(connection.db, greet, { name: 'first' }, { key: 'k' });
  await jobs.send(connection.db, greet, { name: 'swallowed' }, { key: 'k' });
  await jobs.send(connection.db, greet, { name: 'other' }, { key: 'l' });
  await jobs.start();
  expect((await heard.all).toSorted()).toEqual(['first', 'other']);
});

test('a payload of another shape is refused at the door', async () => {
  const jobs = node();
  jobs.handle(greet, async () => {});
  await expect(jobs.send(connection.db, greet, { name: 7 } as unknown as { name: string })).rejects.toThrow();
});

test('schedules are what the code says', async () => {
  const nightly = defineJob({
    ...greet,
    name: 'nightly',
    schedule: { cron: '0 3 * * *', zone: 'Europe/Berlin', payload: { name: 'night' } },
  });
  const schedules = async () =>
    (await connection.pool.query('select name, cron, timezone from pgboss.schedule order by name')).rows as unknown[];
  const before = node();
  before.handle(nightly, async () => {});
  await before.start();
  expect(await schedules()).toEqual([{ name: 'nightly', cron: '0 3 * * *', timezone: 'Europe/Berlin' }]);
  const after = node();
  after.handle(greet, async () => {});
  await after.start();
  expect(await schedules()).toEqual([]);
});
