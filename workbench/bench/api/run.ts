// npm run bench:api [-- --contacts 1000000 --seconds 5 --rounds 3 --connections 16 --soak 0]
// Requests a second and 99th percentile of assistant GET, contact create and contact list on the embedded PostgreSQL, each
// beside a bare Fastify route that sends the same statements. Rounds alternate, so that what else the machine does meets both.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { createAssistants } from '../../../apps/server/src/assistants/assistants.ts';
import { connect } from '../../../apps/server/src/database/connect.ts';
import { startEmbeddedPostgres } from '../../../apps/server/src/database/embedded.ts';
import { newId, teamIdOf } from '../../../apps/server/src/database/ids.ts';
import { migrate } from '../../../apps/server/src/database/migrate.ts';
import { addAccount } from '../../../apps/server/src/identity/accounts.ts';
import { createApiKeys, mintKey } from '../../../apps/server/src/identity/api-keys.ts';
import { createBeliefs } from '../../../apps/server/src/identity/beliefs.ts';
import { load, type Measured } from './load.ts';
import type { Case } from './served.ts';

const { values } = parseArgs({
  options: {
    contacts: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16' },
    soak: { type: 'string', default: '0' },
  },
});
const [contacts, seconds, rounds, connections, soak] = (['contacts', 'seconds', 'rounds', 'connections', 'soak'] as const).map((name) =>
  Number(values[name]),
) as [number, number, number, number, number];

const folder = mkdtempSync(path.join(os.tmpdir(), 'talkturo-bench-api-'));
const postgres = await startEmbeddedPostgres({ dataDir: folder, cluster: path.basename(folder), password: 'bench' });
let phones = 3_000_000_000;
try {
  const url = postgres.urlOf('postgres');
  await migrate(url);
  const { key, cases } = await furnish(url);
  const child = fork(path.join(import.meta.dirname, 'served.ts'), {
    env: { ...process.env, DATABASE_URL: url, BENCH_KEY: key, BENCH_CASES: JSON.stringify(cases) },
  });
  child.once('exit', (code) => code && process.exit(1));
  const [ports] = (await once(child, 'message')) as [{ ours: number; bare: number }];
  console.log(`${contacts.toLocaleString('en')} contacts, ${connections} connections, ${rounds} rounds of ${seconds} s each\n`);
  for (const [at, one] of cases.entries()) {
    const measured = { ours: [] as Round[], bare: [] as Round[] };
    for (let round = 0; round < rounds; round++) {
      for (const side of round % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const))
        measured[side].push(await withCpu(child, () => measure(side, ports[side], one, at, key, seconds)));
    }
    report(one.name, measured);
  }
  if (soak > 0) await soaked(ports.ours, cases, key, async () => (await stateOf(child)).memory);
  child.disconnect();
} finally {
  await postgres.stop();
  postgres.remove();
  rmSync(folder, { recursive: true, force: true });
}

function measure(side: 'ours' | 'bare', port: number, one: Case, at: number, key: string, seconds: number): Promise<Measured> {
  return load({
    port,
    method: one.method,
    path: () => (side === 'ours' ? one.url : `/${at}`),
    headers: side === 'ours' ? { authorization: `Bearer ${key}` } : {},
    ...(one.body ? { body: () => JSON.stringify({ ...one.body, phone: `+1${++phones}` }) } : {}),
    connections,
    seconds,
  });
}

/** A round with what it cost the server's process. */
interface Round extends Measured {
  /** Processor time a request, ms. */
  cpuMs: number;
}

async function withCpu(child: ChildProcess, run: () => Promise<Measured>): Promise<Round> {
  const before = (await stateOf(child)).cpu;
  const measured = await run();
  const { user, system } = (await stateOf(child)).cpu;
  return { ...measured, cpuMs: (user + system - before.user - before.system) / 1000 / measured.requests };
}

function report(name: string, { ours, bare }: { ours: Round[]; bare: Round[] }): void {
  const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  const line = (who: string, list: Round[]) =>
    `  ${who}  ${median(list.map((m) => m.perSecond))
      .toFixed(0)
      .padStart(
        6,
      )} requests/s   p50 ${median(list.map((m) => m.p50)).toFixed(1)} ms   p99 ${median(list.map((m) => m.p99)).toFixed(1)} ms   cpu ${median(list.map((m) => m.cpuMs)).toFixed(2)} ms a request   failed ${list.reduce((sum, m) => sum + m.failed, 0)}`;
  const ratio = median(ours.map((m, round) => m.perSecond / (bare[round]?.perSecond ?? Number.NaN)));
  console.log(`${name}\n${line('talkturo', ours)}\n${line('bare    ', bare)}\n  ratio     ${ratio.toFixed(2)}\n`);
}

/** Mixed load for minutes: memory after each. */
async function soaked(port: number, cases: readonly Case[], key: string, memory: () => Promise<NodeJS.MemoryUsage>): Promise<void> {
  console.log(`soak of ${soak} s`);
  for (let done = 0; done < soak; done += 30) {
    await Promise.all(cases.map((one, at) => measure('ours', port, one, at, key, Math.min(30, soak - done))));
    const { rss, heapUsed } = await memory();
    console.log(
      `  after ${String(done + 30).padStart(4)} s: resident ${(rss / 2 ** 20).toFixed(0)} MiB, heap ${(heapUsed / 2 ** 20).toFixed(0)} MiB`,
    );
  }
}

interface State {
  memory: NodeJS.MemoryUsage;
  cpu: NodeJS.CpuUsage;
}
async function stateOf(child: ChildProcess): Promise<State> {
  child.send('state');
  const [state] = (await once(child, 'message')) as [State];
  return state;
}

/** An account with a key, an assistant, a thousand companies and the contacts. */
async function furnish(url: string): Promise<{ key: string; cases: Case[] }> {
  const { db, close } = connect(url, 4);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const account = await addAccount(db, { slug: 'bench', name: 'Bench', plan: 'scale' });
  const key = mintKey(false);
  await createApiKeys(db, createBeliefs(url)).add({
    accountId: account.id,
    name: 'bench',
    fullKey: key,
    scopes: ['*'],
    rateLimitPerHour: 0,
    createdBy: null,
  });
  const company = newId('comp');
  await client.query(`insert into companies (id, account_id, name, search_text) values ($1, $2, 'Acme', ' acme')`, [company, account.id]);
  await client.query(
    `insert into companies (id, account_id, name, search_text) select 'comp_' || i, $1, 'C' || i, ' c' || i from generate_series(1, 1000) i`,
    [account.id],
  );
  await client.query(
    `insert into contacts (id, account_id, company_id, first_name, last_name, email, phone, lead_status, search_text, created_at)
     select 'cont_' || i, $1, 'comp_' || (1 + i % 1000), f, l, i || '@example.com', '+1' || (2100000000 + i), 'new',
       ' ' || f || ' ' || l || ' ' || i || '@example.com 1' || (2100000000 + i), now() - i * interval '1 second'
     from (select i::bigint, substr(md5(i::text), 1, 6) as f, substr(md5(i::text), 7, 8) as l from generate_series(1, $2::int) i) people`,
    [account.id, contacts],
  );
  await client.query('vacuum analyze');
  await client.query('checkpoint');
  const caller = { accountId: account.id, teamId: teamIdOf(account.id), accountSlug: 'bench', keyId: null, userId: null };
  const assistant = await createAssistants(db).create(
    { ...caller, via: 'key', role: null, scopes: ['*'] },
    { accountSlug: 'bench', name: 'A', templateId: 'custom' },
  );
  await client.end();
  await close();
  const person = { teamId: caller.teamId, companyId: company, firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' };
  return {
    key,
    cases: [
      { name: 'assistant GET', method: 'GET', url: `/api/assistants/${assistant.id}` },
      { name: 'contact create', method: 'POST', url: '/api/crm/contacts', body: person },
      { name: `contact list (50 of ${contacts.toLocaleString('en')})`, method: 'GET', url: `/api/crm/contacts?teamId=${caller.teamId}` },
    ],
  };
}
