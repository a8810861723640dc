import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';

/** The query builder, on the pool or within a transaction. */
export type Database = NodePgDatabase;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** What a query can run on. */
export type Queryable = Database | Transaction;

export interface Connection {
  db: Database;
  pool: pg.Pool;
  url: string;
  close(): Promise<void>;
}

/** Opens a pool. A lost connection is replaced by the pool; its event must not end the process. */
export function connect(url: string, maxConnections: number): Connection {
  const pool = new pg.Pool({ connectionString: url, max: maxConnections, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 15_000 });
  pool.on('error', () => {});
  return { db: drizzle(pool), pool, url, close: () => pool.end() };
}

/** PostgreSQL's error code of a failed query (23505: unique violation), or undefined. Drizzle keeps it in the cause. */
export const databaseErrorCode = (error: unknown): string | undefined => databaseError(error)?.code;

/** PostgreSQL's detail of a failed query, which names the values in the way; or undefined. */
export const databaseErrorDetail = (error: unknown): string | undefined => databaseError(error)?.detail;

function databaseError(error: unknown): { code: string; detail?: string } | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return at as unknown as { code: string; detail?: string };
  }
  return undefined;
}
