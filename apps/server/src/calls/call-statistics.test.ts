import type { CallStatistics } from '@talkturo/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../database/ids.ts';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
import type { TestTenant } from '../testing/test-server.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const NONE = { answered: 0, calls: 0, minutes: 0, replies: 0, reply_p50_ms: null, reply_p95_ms: null };

let server: CallServer;
let mine: TestTenant;
let other: TestTenant;
beforeAll(async () => {
  server = await createCallServer();
  mine = await server.tenant('my-team');
  other = await server.tenant('other-team');
});
afterAll(() => server.close());

const desk = newId('asst');
const setter = newId('asst');
const spring = newId('camp');

interface Past {
  at: string;
  tenant?: TestTenant;
  assistantId?: string;
  campaignId?: string;
  outcome?: string;
  seconds?: number;
  /** How long callers waited, in ms. */
  replies?: number[];
}

async function happened({ at, tenant = mine, assistantId = desk, campaignId, outcome = 'answered', seconds = 60, replies = [] }: Past) {
  const { pool } = server.platform.connection;
  const id = newId('call');
  const answered = outcome === 'answered';
  await pool.query(
    `insert into calls (id, account_id, assistant_id, campaign_id, direction, status, outcome, carrier, node_id, started_at, answered_at, ended_at, duration_ms)
     values ($1, $2, $3, $4, 'outbound', $5, $6, 'local', 'test', $7, $8, $7, $9)`,
    [
      id,
      tenant.accountId,
      assistantId,
      campaignId ?? null,
      outcome === 'live' ? 'in_progress' : 'completed',
      outcome === 'live' ? null : outcome,
      at,
      answered ? at : null,
      answered ? seconds * 1000 : null,
    ],
  );
  for (const [turn, waited] of replies.entries()) {
    await pool.query('insert into call_marks (call_id, turn, caller_stopped, first_sound_out) values ($1, $2, 5000, $3)', [
      id,
      turn,
      5000 + waited,
    ]);
  }
}

const look = (filter: { assistantId?: string; campaignId?: string; days?: number } = {}): Promise<CallStatistics> =>
  server.platform.callStatistics.of(mine.accountId, { days: 30, ...filter }, NOW);

test('calls, answers, minutes, outcomes and reply times by day, assistant and campaign; the same before and after days were counted', async () => {
  await happened({ at: '2026-11-02T23:59:59Z', seconds: 90, replies: [500, 500, 500, 2000] });
  await happened({ at: '2026-11-03T00:00:00Z', assistantId: setter, campaignId: spring, outcome: 'busy' });
  await happened({ at: '2026-11-19T09:00:00Z', assistantId: setter, campaignId: spring, seconds: 30, replies: [800] });
  await happened({ at: '2026-11-20T11:00:00Z', outcome: 'live' });
  // Neither in time nor of this account.
  await happened({ at: '2026-10-21T23:59:59Z', replies: [9000] });
  await happened({ at: '2026-11-19T09:00:00Z', tenant: other, replies: [9000] });

  const fresh = await look();
  expect(fresh).toMatchObject({ since: '2026-10-22', until: '2026-11-20', live: 1 });
  // Each time is told within 3 %.
  expect(fresh.totals).toMatchObject({ calls: 4, answered: 2, minutes: 2, replies: 5 });
  expect(fresh.totals.reply_p50_ms).toBeGreaterThan(485);
  expect(fresh.totals.reply_p50_ms).toBeLessThan(515);
  expect(fresh.totals.reply_p95_ms).toBeGreaterThan(1940);
  expect(fresh.totals.reply_p95_ms).toBeLessThan(2060);
  expect(fresh.days).toHaveLength(30);
  expect(fresh.days[0]).toEqual({ date: '2026-10-22', ...NONE });
  expect(fresh.days.filter((day) => day.calls > 0).map((day) => [day.date, day.calls, day.answered, day.minutes, day.replies])).toEqual([
    ['2026-11-02', 1, 1, 1.5, 4],
    ['2026-11-03', 1, 0, 0, 0],
    ['2026-11-19', 1, 1, 0.5, 1],
    ['2026-11-20', 1, 0, 0, 0],
  ]);
  expect(fresh.outcomes).toEqual([
    { outcome: 'answered', calls: 2 },
    { outcome: 'busy', calls: 1 },
  ]);
  expect(fresh.assistants.map((one) => [one.assistant_id, one.calls, one.answered]).sort()).toEqual(
    [
      [desk, 2, 1],
      [setter, 2, 1],
    ].sort(),
  );
  expect(fresh.campaigns).toMatchObject([{ campaign_id: spring, calls: 2, answered: 1, minutes: 0.5, replies: 1 }]);

  // From the first call to the day before yesterday.
  expect(await server.platform.callStatistics.countDays(NOW)).toBe(29);
  expect(await server.platform.callStatistics.countDays(NOW)).toBe(0);
  expect(await look()).toEqual(fresh);
  const { rows } = await server.platform.connection.pool.query('select count(*)::int as days from call_days');
  expect(rows).toEqual([{ days: 3 }]);

  await happened({ at: '2026-11-20T10:00:00Z', outcome: 'no_answer' });
  expect((await look()).totals.calls).toBe(5);
  // A day later one more day is counted; nothing changes for who looks.
  const before = await look();
  expect(await server.platform.callStatistics.countDays(new Date('2026-11-21T02:41:00Z'))).toBe(1);
  expect(await look()).toEqual(before);
});

test('of one assistant or campaign only', async () => {
  expect((await look({ assistantId: setter })).totals).toMatchObject({ calls: 2, replies: 1 });
  expect((await look({ campaignId: spring, days: 2 })).totals).toMatchObject({ calls: 1, minutes: 0.5 });
  expect((await look({ assistantId: newId('asst') })).totals).toEqual(NONE);
});

test('over the API, for the own account alone', async () => {
  const answer = await mine.get('/api/calls/statistics?days=7');
  expect(answer).toMatchObject({ status: 200, body: { success: true } });
  expect(answer.body.statistics.days).toHaveLength(7);
  expect(await mine.get(`/api/calls/statistics?teamId=${other.teamId}`)).toMatchObject({ status: 403 });
  expect(await mine.get('/api/calls/statistics?days=367')).toMatchObject({ status: 400 });
});

test('the calls of the last days are found by their index', async () => {
  const { rows } = await server.platform.connection.pool
    .query(
      "set enable_seqscan = off; explain select 1 from calls where account_id = 'acct' and started_at >= '2026-11-19' and started_at < '2026-11-21'",
    )
    .then((results) => (results as unknown as { rows: Record<string, string>[] }[])[1]!);
  expect(rows.map((row) => Object.values(row)[0]).join('\n')).toContain('calls_account');
});
