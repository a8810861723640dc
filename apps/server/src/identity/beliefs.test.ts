import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../database/connect.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { type Beliefs, createBeliefs } from './beliefs.ts';

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

/** A node's belief about one thing, and how often it had to look. */
function believer(beliefs: Beliefs) {
  const belief = beliefs.of<{ role: string }>('memberships');
  let looked = 0;
  const ask = () =>
    belief.about('x', async () => {
      looked++;
      return { role: 'member' };
    });
  const looks = async () => {
    await ask();
    return looked;
  };
  return { belief, looks };
}

/** Asks until an answer is believed, so that the next question finds it. */
async function warmed({ looks }: Pick<ReturnType<typeof believer>, 'looks'>): Promise<number> {
  await expect.poll(async () => (await looks()) - (await looks())).toBe(0);
  return looks();
}

test('without notices nothing is believed', async () => {
  const one = believer(createBeliefs(database.url));
  expect([await one.looks(), await one.looks()]).toEqual([1, 2]);
});

test('a change made by any other connection ends the belief, another table does not', async () => {
  const beliefs = createBeliefs(database.url);
  const one = believer(beliefs);
  beliefs.start();
  const before = await warmed(one);
  await connection.pool.query(`select pg_notify('talkturo_identity', 'api_keys')`);
  await connection.pool.query('delete from memberships');
  await expect.poll(one.looks).toBe(before + 1);
  expect(await one.looks()).toBe(before + 1);
  await beliefs.stop();
});

test('a change that comes while it is looked up is not forgotten', async () => {
  const beliefs = createBeliefs(database.url);
  const { belief, looks } = believer(beliefs);
  beliefs.start();
  await warmed({ looks });
  const late = belief.about('y', async () => {
    belief.forget();
    return { role: 'owner' };
  });
  expect(await late).toEqual({ role: 'owner' });
  expect(await belief.about('y', async () => ({ role: 'member' }))).toEqual({ role: 'member' });
  await beliefs.stop();
});

test('when the connection that hears is lost, what was believed is forgotten', async () => {
  const beliefs = createBeliefs(database.url);
  const one = believer(beliefs);
  beliefs.start();
  const before = await warmed(one);
  await connection.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'`,
  );
  await expect.poll(one.looks).toBeGreaterThan(before);
  await warmed(one);
  await beliefs.stop();
});
