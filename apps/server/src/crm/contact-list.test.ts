import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, connect } from '../database/connect.ts';
import { addAccount } from '../identity/accounts.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { type ContactFilter, createContactList } from './contact-list.ts';

const CONTACTS = 100_000;
let connection: Connection;
let drop: () => Promise<void>;
let accountId: string;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  connection = connect(database.url, 4);
  const { db } = connection;
  accountId = (await addAccount(db, { slug: 'big', name: 'big', plan: 'growth' })).id;
  await db.execute(
    sql`insert into companies (id, account_id, name, search_text) select 'comp_' || i, ${accountId}, 'C', ' c' from generate_series(1, 100) i`,
  );
  await db.execute(sql`
    insert into contacts (id, account_id, company_id, first_name, last_name, phone, lead_status, do_not_call, tags, search_text, created_at)
    select 'cont_' || i, ${accountId}, 'comp_' || (1 + i % 100), 'F', 'L', '+1' || (2000000000 + i),
      case when i % 1000 = 7 then 'converted' else 'new' end, i % 500 = 0,
      case when i % 700 = 0 then array['vip'] else '{}' end,
      ' ' || substr(md5(i::text), 1, 8) || ' ' || substr(md5(i::text), 9, 8) || ' 1' || (2000000000 + i), now() - i * interval '1 second'
    from generate_series(1, ${CONTACTS}::int) i`);
  await db.execute(sql`vacuum analyze contacts`);
}, 120_000);
afterAll(async () => {
  await connection.close();
  await drop();
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
}
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Lists, then explains each query the list made: how many pages it looked at, and whether it read a table from end to end. */
async function explained(filter: ContactFilter, page = { limit: 50, offset: 0 }) {
  const queries: { text: string; values: unknown[] }[] = [];
  const db = drizzle(connection.pool, { logger: { logQuery: (text, values) => queries.push({ text, values }) } });
  const { rows, count } = await createContactList(db)(accountId, filter, page);
  let pages = 0;
  const scanned: string[] = [];
  for (const { text, values } of queries) {
    const answer = await connection.pool.query(`explain (analyze, buffers, format json) ${text}`, values);
    const plan = answer.rows[0]['QUERY PLAN'][0].Plan as Plan;
    pages += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
    scanned.push(...nodesOf(plan).flatMap((node) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? '') : [])));
  }
  return { rows, count, pages, readsAll: scanned.includes('contacts') };
}

const word = (i: number) => sql<string>`substr(md5(${String(i)}), 1, 8)`;
const value = async (expression: SQL): Promise<string> =>
  (await connection.db.execute<{ v: string }>(sql`select ${expression} as v`)).rows[0]!.v;

describe(`of ${CONTACTS} contacts, by indexes alone`, () => {
  test.each<[string, ContactFilter, number]>([
    ['all', {}, CONTACTS],
    ['a company’s', { companyId: 'comp_7' }, CONTACTS / 100],
    ['a rare status', { leadStatus: 'converted' }, CONTACTS / 1000],
    ['the usual status', { leadStatus: 'new' }, CONTACTS - CONTACTS / 1000],
    ['those not to be called', { doNotCall: true }, CONTACTS / 500],
    ['those that may be called', { doNotCall: false }, CONTACTS - CONTACTS / 500],
    ['a company’s of a status', { companyId: 'comp_8', leadStatus: 'converted' }, CONTACTS / 1000],
    ['a tag', { tag: 'vip' }, Math.floor(CONTACTS / 700)],
    ['a tag nobody has', { tag: 'nobody' }, 0],
    ['a name nobody has', { search: 'xyzzyx' }, 0],
    ['a phone number', { search: '+1 200 005 0000' }, 1],
  ])('%s are listed and counted', async (_what, filter, expected) => {
    const { rows, count, pages, readsAll } = await explained(filter);
    expect({ count, rows: rows.length, readsAll }).toEqual({ count: expected, rows: Math.min(50, expected), readsAll: false });
    // The table alone has over 2,000 pages of 8 KiB.
    expect(pages).toBeLessThan(700);
  });

  test('a word of a name is found by trigrams', async () => {
    const name = await value(word(4711));
    for (const search of [name, name.slice(1, 7), name.toUpperCase()]) {
      const { rows, count, pages, readsAll } = await explained({ search });
      expect({ count, readsAll, ids: rows.map(({ row }) => row.id) }).toEqual({ count: 1, readsAll: false, ids: ['cont_4711'] });
      expect(pages).toBeLessThan(700);
    }
  });

  test('the last page is reached along the index', async () => {
    const { rows, count, readsAll } = await explained({}, { limit: 50, offset: CONTACTS - 20 });
    expect({ count, rows: rows.length, readsAll }).toEqual({ count: CONTACTS, rows: 20, readsAll: false });
  });
});

test('without pg_trgm the same is found, only slower', async () => {
  const search = (await value(word(1234))).slice(0, 6);
  const before = await createContactList(connection.db)(accountId, { search }, { limit: 50, offset: 0 });
  await connection.db.execute(sql`drop extension pg_trgm cascade`);
  const after = await createContactList(connection.db)(accountId, { search }, { limit: 50, offset: 0 });
  expect(before.count).toBeGreaterThan(0);
  expect(after).toEqual(before);
});
