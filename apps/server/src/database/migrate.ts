import path from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { installQueue } from '../jobs/boss.ts';

/** Any number will do, as long as every node uses the same: only one of them migrates at a time. */
const LOCK = 7_283_101;
const OLDEST = 150_000;

/**
 * Brings the database to this version. Safe to run on several nodes at once.
 * @throws Error with a sentence when the server is older than PostgreSQL 15.
 */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
    if (Number(rows[0]?.version) < OLDEST) throw new Error(`DATABASE_URL points at a PostgreSQL older than 15 (${rows[0]?.version}).`);
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await runMigrations(drizzle(client), { migrationsFolder: path.join(import.meta.dirname, '../../migrations') });
    const pool = new pg.Pool({ connectionString: url, max: 2 });
    await installQueue(pool).finally(() => pool.end());
  } finally {
    await client.end();
  }
}
