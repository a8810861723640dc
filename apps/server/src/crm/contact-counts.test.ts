import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

let server: TestServer;
let tenant: TestTenant;
beforeAll(async () => {
  server = await createTestServer();
  tenant = await server.tenant();
  await server.platform.db.execute(
    sql`insert into companies (id, account_id, name, search_text) select 'comp_' || i, ${tenant.accountId}, 'C', ' c' from generate_series(1, 3) i`,
  );
});
afterAll(() => server.close());

/** Kinds whose kept count is not the true one. */
async function wrongCounts(): Promise<unknown[]> {
  const { rows } = await server.platform.db.execute(sql`
    select coalesce(a.company_id, b.company_id) as company, a.n as kept, b.n as counted from
      (select company_id, lead_status, do_not_call, sum(n)::int as n from contact_counts group by 1, 2, 3 having sum(n) <> 0) a
      full join (select company_id, lead_status, do_not_call, count(*)::int as n from contacts group by 1, 2, 3) b
        using (company_id, lead_status, do_not_call)
      where a.n is distinct from b.n`);
  return rows;
}

const add = (
  from: number,
  to: number,
) => sql`insert into contacts (id, account_id, company_id, first_name, last_name, search_text, lead_status)
  select 'cont_' || i, ${tenant.accountId}, 'comp_' || (1 + i % 3), 'A', 'B', '', case when i % 2 = 0 then 'new' else 'qualified' end
  from generate_series(${from}::int, ${to}::int) i`;

test('counts follow inserts, updates and deletes, by many writers at once and with rollbacks', async () => {
  const { db } = server.platform;
  await Promise.all(Array.from({ length: 12 }, (_, i) => db.execute(add(i * 100, i * 100 + 99))));
  expect(await wrongCounts()).toEqual([]);
  await Promise.all([
    db.execute(sql`update contacts set lead_status = 'contacted' where company_id = 'comp_1'`),
    db.execute(sql`update contacts set do_not_call = true, company_id = 'comp_1' where company_id = 'comp_2'`),
    db.execute(sql`delete from contacts where company_id = 'comp_3' and lead_status = 'new'`),
    db
      .transaction(async (tx) => {
        await tx.execute(add(5000, 5099));
        tx.rollback();
      })
      .catch(() => {}),
  ]);
  expect(await wrongCounts()).toEqual([]);
  const { rows } = await db.execute(sql`select count(*)::int as n from contact_counts`);
  expect((rows[0] as { n: number }).n).toBeLessThan(12 * 6);
});
