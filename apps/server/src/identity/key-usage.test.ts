import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../database/connect.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { createKeyUsage } from './key-usage.ts';

let database: { url: string; drop: () => Promise<void> };
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, 4);
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

/** A node whose clock stands still. */
function node(clock: { now: number }) {
  const usage = createKeyUsage(connection.db, pino({ level: 'silent' }), () => clock.now);
  const headers: Record<string, string> = {};
  const reply = { headers: (more: Record<string, string>) => Object.assign(headers, more) };
  return { ...usage, headers, hit: (key: string, limit: number) => usage.count(key, limit, reply as never) };
}

const HOUR = 3_600_000;

test('nodes share a limit once each has told its counts', async () => {
  const clock = { now: 100 * HOUR + 1 };
  const [one, two] = [node(clock), node(clock)];
  for (let at = 0; at < 20; at++) await one.hit('key_shared', 60);
  await one.flush();
  for (let at = 0; at < 20; at++) await two.hit('key_shared', 60);
  expect(two.headers['ratelimit-remaining']).toBe('20');
  await two.flush();
  await one.hit('key_shared', 60);
  expect(one.headers['ratelimit-remaining']).toBe('39');
  await one.flush();
  await one.hit('key_shared', 60);
  expect(one.headers['ratelimit-remaining']).toBe('18');
  await one.close();
  await two.close();
});

test('the last requests of the hour are counted by all nodes together, without waiting', async () => {
  const clock = { now: 150 * HOUR + 1 };
  const nodes = [node(clock), node(clock)];
  const answers = await Promise.allSettled(Array.from({ length: 15 }, (_, at) => nodes[at % 2]?.hit('key_near', 10)));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(10);
  for (const one of nodes) await one.close();
});

test('a restart forgets nothing, a new hour everything', async () => {
  const clock = { now: 200 * HOUR + 1 };
  const first = node(clock);
  await first.hit('key_restart', 1);
  await first.close();
  const second = node(clock);
  await expect(second.hit('key_restart', 1)).rejects.toMatchObject({ status: 429 });
  clock.now += HOUR;
  await second.hit('key_restart', 1);
  expect(second.headers['ratelimit-reset']).toBe('3600');
  await second.close();
});

test('a hundred at once never pass the limit', async () => {
  const usage = node({ now: 300 * HOUR });
  const answers = await Promise.allSettled(Array.from({ length: 100 }, () => usage.hit('key_burst', 30)));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(30);
  await usage.close();
});
