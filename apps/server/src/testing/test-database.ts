import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A fresh migrated database of this test's own. Drop it with `drop` when done. */
export async function createTestDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const urlOf = (name: string) => inject('databaseUrl').replace('DATABASE_NAME', name);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await run(urlOf('postgres'), `create database ${name} template talkturo_template`);
  return { url: urlOf(name), drop: () => run(urlOf('postgres'), `drop database if exists ${name} with (force)`) };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Two copies of one template at once collide; PostgreSQL says 55006 then.
    for (let tries = 0; ; tries++) {
      try {
        await client.query(statement);
        return;
      } catch (error) {
        if ((error as { code?: string }).code !== '55006' || tries > 200) throw error;
        await client.query('select pg_sleep(0.02)');
      }
    }
  } finally {
    await client.end();
  }
}
