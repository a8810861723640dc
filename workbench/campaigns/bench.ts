// npm run bench:campaign [-- --sizes 1000,10000,100000,1000000] [--attempts 5000]
// How many calls a second campaigns can decide on, hand over and settle on PostgreSQL, what an attempt costs the database,
// and whether that grows with the number of contacts. The telephony is simulated: it takes every call at once and ends it.
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { campaigns } from '../../apps/server/src/campaigns/campaigns.table.ts';
import { createDialEngine } from '../../apps/server/src/campaigns/dial-engine.ts';
import { databaseClock } from '../../apps/server/src/campaigns/dialler.ts';
import { type CallEnd, settle } from '../../apps/server/src/campaigns/settle.ts';
import type { Database } from '../../apps/server/src/database/connect.ts';
import { type Ground, seedCampaign, startGround } from './ground.ts';

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '1000,10000,100000' }, attempts: { type: 'string', default: '5000' } },
});
const sizes = values.sizes.split(',').map(Number);
const enough = Number(values.attempts);
/** As the dispatcher of the outbox hands them on. */
const SETTLE_BATCH = 200;
const CONCURRENCY = 1_000;

interface Cost {
  transactions: number;
  blocks: number;
  rowsWritten: number;
}

/** What the database did so far, by its own counters. */
async function costSoFar(db: Database): Promise<Cost> {
  await db.execute(sql`select pg_stat_force_next_flush()`);
  await db.execute(sql`select pg_stat_clear_snapshot()`);
  const { rows } = await db.execute<{ transactions: string; blocks: string; written: string }>(sql`
    select xact_commit + xact_rollback as transactions, blks_hit + blks_read as blocks, tup_inserted + tup_updated + tup_deleted as written
    from pg_stat_database where datname = current_database()`);
  const row = rows[0]!;
  return { transactions: Number(row.transactions), blocks: Number(row.blocks), rowsWritten: Number(row.written) };
}

async function measure({ connection: { db } }: Ground, contacts: number) {
  const seeding = performance.now();
  const campaignId = await seedCampaign(db, contacts, CONCURRENCY);
  const seededMs = performance.now() - seeding;
  const ends: CallEnd[] = [];
  let placed = 0;
  const engine = createDialEngine({
    db,
    dialler: {
      capacity: () => CONCURRENCY,
      place: async ({ callId }) => {
        placed++;
        // Every third is not reached: those come back later.
        ends.push({ callId, outcome: placed % 3 === 0 ? 'no_answer' : 'answered', endedReason: null, endedAt: new Date() });
      },
      lookUp: async () => ({ is: 'unknown' }),
    },
    logger: pino({ level: 'error' }),
    clock: databaseClock,
    maxCallsPerAccount: CONCURRENCY,
    callsPerSecond: () => 100_000,
    lendsNumbers: true,
  });
  const before = await costSoFar(db);
  const started = performance.now();
  let settled = 0;
  while (settled < Math.min(enough, contacts)) {
    const ticking = engine.tick();
    while (ends.length > 0) {
      const batch = ends.splice(0, SETTLE_BATCH);
      settled += (await db.transaction((tx) => settle(tx, batch))).length;
    }
    await ticking;
  }
  const seconds = (performance.now() - started) / 1000;
  await engine.idle();
  const after = await costSoFar(db);
  await db.update(campaigns).set({ status: 'paused' }).where(sql`id = ${campaignId}`);
  return {
    contacts,
    attempts: placed,
    'attempts a second': Math.round(placed / seconds),
    'transactions an attempt': round((after.transactions - before.transactions) / placed),
    'blocks an attempt': Math.round((after.blocks - before.blocks) / placed),
    'rows written an attempt': round((after.rowsWritten - before.rowsWritten) / placed),
    'seeding s': round(seededMs / 1000),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;

const ground = await startGround();
try {
  // The first run warms caches and code; it does not count.
  await measure(ground, 1_000);
  const rows = [];
  for (const size of sizes) {
    rows.push(await measure(ground, size));
    console.log(rows.at(-1));
  }
  console.table(rows);
} finally {
  await ground.close();
}
