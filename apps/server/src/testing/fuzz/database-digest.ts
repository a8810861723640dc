import { sql } from 'drizzle-orm';
import type { Database } from '../../database/connect.ts';

/**
 * What is written in a database, by table, so that two moments can be compared.
 * @param tables.leaveOut may change whatever is asked
 * @param tables.countOnly may change but not grow or shrink by themselves
 */
export async function createDigest(
  db: Database,
  tables: { leaveOut: ReadonlySet<string>; countOnly: ReadonlySet<string> },
): Promise<() => Promise<Record<string, string>>> {
  const { rows } = await db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const queries = rows
    .filter(({ name }) => !tables.leaveOut.has(name))
    .map(
      ({ name }) =>
        sql`select ${name}::text as name, count(*) || ' ' || ${tables.countOnly.has(name) ? sql`''` : sql`coalesce(sum(hashtextextended(t::text, 0)), 0)`} as digest from ${sql.identifier(name)} t`,
    );
  const all = sql.join(queries, sql` union all `);
  return async () => {
    const { rows } = await db.execute<{ name: string; digest: string }>(all);
    return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
  };
}
