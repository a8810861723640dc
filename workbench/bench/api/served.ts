// A process of its own, started by run.ts: our server, and beside it bare Fastify routes that send the database the very
// statements ours sends for the same request and answer the rows as they come.
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import pg from 'pg';
import { pino } from 'pino';
import { readConfig } from '../../../apps/server/src/config.ts';
import { newId } from '../../../apps/server/src/database/ids.ts';
import { createPlatform } from '../../../apps/server/src/platform.ts';
import { createServer } from '../../../apps/server/src/server.ts';
import { type Statement, watchStatements } from './statements.ts';

const { DATABASE_URL = '', BENCH_KEY = '', BENCH_CASES = '[]', BENCH_LOG_LEVEL = 'warn' } = process.env;

/** The number in the captured statements, to be replaced in each repetition. */
const PHONE = '+12025550101';

/** A request of the workload; a body gets a new phone number each time. */
export interface Case {
  name: string;
  method: 'GET' | 'POST';
  url: string;
  body?: Record<string, unknown>;
}
const cases = JSON.parse(BENCH_CASES) as Case[];

const config = readConfig({ DATABASE_URL, TALKTURO_ENV: 'production', TALKTURO_SECRET: 'x'.repeat(32), TALKTURO_ROLES: 'api' }, '/tmp');
const platform = createPlatform({ config, databaseUrl: DATABASE_URL, logger: pino({ level: BENCH_LOG_LEVEL }) });
const ours = createServer(platform);
await ours.listen({ port: 0, host: '127.0.0.1' });
platform.identity.start();
const { port } = ours.server.address() as AddressInfo;

const bare = Fastify();
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: config.TALKTURO_DATABASE_POOL });
for (const [at, one] of cases.entries()) {
  const statements = await statementsOf(one);
  if (one.method === 'GET') {
    bare.get(`/${at}`, async () =>
      (await Promise.all(statements.map(({ text, values }) => pool.query(text, values)))).map(({ rows }) => rows),
    );
  } else bare.post(`/${at}`, async (request) => inTransaction(renewed(statements, String((request.body as { phone: string }).phone))));
}
await bare.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ ours: port, bare: (bare.server.address() as AddressInfo).port });
process.once('disconnect', () => process.exit(0));
process.on('message', () => process.send?.({ memory: process.memoryUsage(), cpu: process.cpuUsage() }));

/** What our server sends the database for a request, once its caches are warm. */
async function statementsOf({ method, url, body }: Case): Promise<Statement[]> {
  for (const warm of [true, false]) {
    const watch = warm ? null : watchStatements();
    const answer = await fetch(`http://127.0.0.1:${port}${url}`, {
      method,
      headers: { authorization: `Bearer ${BENCH_KEY}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify({ ...body, phone: warm ? '+12025550100' : PHONE }) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${url}: ${await answer.text()}`);
    if (watch) return watch.stop();
  }
  throw new Error('unreachable');
}

/** The same statements for another contact. */
function renewed(statements: readonly Statement[], phone: string): Statement[] {
  const ids = new Map<string, string>();
  const value = (old: unknown) => {
    if (typeof old !== 'string') return old;
    if (/^(cont|aud)_/.test(old)) return ids.get(old) ?? ids.set(old, newId(old.startsWith('cont') ? 'cont' : 'aud')).get(old);
    return old.replaceAll(PHONE.slice(1), phone.slice(1));
  };
  return statements.map(({ text, values }) => ({ text, values: values.map(value) }));
}

async function inTransaction(statements: readonly Statement[]): Promise<unknown[]> {
  const client = await pool.connect();
  try {
    const rows = [];
    for (const { text, values } of statements) rows.push((await client.query(text, values)).rows);
    return rows;
  } finally {
    client.release();
  }
}
