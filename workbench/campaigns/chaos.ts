// npx node workbench/campaigns/chaos.ts [--contacts 100000] [--nodes 3] [--kill-every 20]
// A campaign dialled by several processes of which one is killed with SIGKILL every few seconds and replaced. The network
// is simulated here, in this process, which outlives them: it loses answers and events, and knows what was really dialled.
// In the end its book and the database's must agree, call for call.
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { type CallEnd, settle } from '../../apps/server/src/campaigns/settle.ts';
import type { Answer, Question } from './chaos-node.ts';
import { seedCampaign, startGround } from './ground.ts';

const { values } = parseArgs({
  options: {
    contacts: { type: 'string', default: '100000' },
    nodes: { type: 'string', default: '3' },
    'kill-every': { type: 'string', default: '20' },
  },
});
const contacts = Number(values.contacts);
const CONCURRENCY = 600;
/** Of all calls: the answer to the request is lost, and the news of the end is lost. */
const LOST_ANSWERS = 0.02;
const LOST_ENDS = 0.02;
const RING_MS = 200;
const SETTLE_EVERY_MS = 50;

interface Placed {
  toNumber: string;
  times: number;
  end: CallEnd | null;
}

const ground = await startGround();
const { db } = ground.connection;
const book = new Map<string, Placed>();
const forbidden = new Set<string>();
const news: CallEnd[] = [];
const onThePhone = new Map<string, number>();
let mostLive = 0;
let live = 0;
let twoAtOnce = 0;
let killed = 0;

/** What people do, by the last two digits of their number. */
function outcomeOf(toNumber: string): string {
  const digits = Number(toNumber.slice(-2));
  if (digits < 60) return 'answered';
  if (digits < 75) return 'no_answer';
  if (digits < 90) return 'busy';
  return digits < 95 ? 'invalid_number' : 'error';
}

function dial(callId: string, toNumber: string): void {
  const placed = book.get(callId) ?? { toNumber, times: 0, end: null };
  placed.times++;
  book.set(callId, placed);
  live++;
  mostLive = Math.max(mostLive, live);
  const parallel = (onThePhone.get(toNumber) ?? 0) + 1;
  onThePhone.set(toNumber, parallel);
  if (parallel > 1) twoAtOnce++;
  setTimeout(() => {
    live--;
    onThePhone.set(toNumber, onThePhone.get(toNumber)! - 1);
    placed.end = { callId, outcome: outcomeOf(toNumber), endedReason: null, endedAt: new Date() };
    if (Math.random() >= LOST_ENDS) news.push(placed.end);
  }, Math.random() * RING_MS);
}

function answer(question: Question): Answer | null {
  const { id, callId } = question;
  if (question.ask === 'place') {
    if (forbidden.has(callId)) return { id, refused: true };
    dial(callId, question.toNumber);
    return Math.random() < LOST_ANSWERS ? null : { id };
  }
  const placed = book.get(callId);
  if (!placed) {
    forbidden.add(callId);
    return { id, fate: { is: 'never-placed' } };
  }
  return { id, fate: placed.end ? { is: 'over', ...placed.end } : { is: 'live' } };
}

function startNode(): ChildProcess {
  const child = fork(path.join(import.meta.dirname, 'chaos-node.ts'), [ground.url], { execArgv: [], serialization: 'advanced' });
  child.on('message', (question: Question) => {
    const reply = answer(question);
    if (reply && child.connected) child.send(reply, () => {});
  });
  return child;
}

const started = performance.now();
const campaignId = await seedCampaign(db, contacts, CONCURRENCY);
console.log(`${contacts} contacts seeded in ${Math.round((performance.now() - started) / 1000)} s`);
const began = performance.now();
const nodes = Array.from({ length: Number(values.nodes) }, startNode);

const killer = setInterval(() => {
  const at = Math.floor(Math.random() * nodes.length);
  nodes[at]!.kill('SIGKILL');
  nodes[at] = startNode();
  killed++;
}, Number(values['kill-every']) * 1000);

let settling = Promise.resolve();
const settler = setInterval(() => {
  const batch = news.splice(0, 500);
  // Some events come twice.
  const twice = batch.filter(() => Math.random() < 0.05);
  if (batch.length > 0) settling = settling.then(() => db.transaction((tx) => settle(tx, [...batch, ...twice]))).then(() => {});
}, SETTLE_EVERY_MS);

async function statusCounts(): Promise<Record<string, number>> {
  const { rows } = await db.execute<{ status: string; n: number }>(
    sql`select status, sum(n)::int as n from campaign_counts where campaign_id = ${campaignId} group by status`,
  );
  return Object.fromEntries(rows.map((row) => [row.status, row.n]));
}

for (let round = 0; ; round++) {
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const { rows } = await db.execute<{ status: string }>(sql`select status from campaigns where id = ${campaignId}`);
  if (rows[0]?.status === 'completed') break;
  if (round % 10 === 9) console.log(`${round + 1} s`, { placed: book.size, live, killed, ...(await statusCounts()) });
}
const seconds = (performance.now() - began) / 1000;
clearInterval(killer);
clearInterval(settler);
for (const node of nodes) node.kill('SIGKILL');
await settling;

const { rows: attempts } = await db.execute<{ call_id: string; state: string }>(
  sql`select call_id, state from campaign_attempts where campaign_id = ${campaignId}`,
);
const done = new Set(attempts.filter((attempt) => attempt.state === 'done').map((attempt) => attempt.call_id));
const { rows: left } = await db.execute<{ open: number; all: number }>(sql`
  select count(*) filter (where status not in ('completed', 'skipped', 'failed'))::int as open, count(*)::int as all
  from campaign_contacts where campaign_id = ${campaignId}`);
const result = {
  contacts,
  'calls placed': book.size,
  'calls a second': Math.round(book.size / seconds),
  seconds: Math.round(seconds),
  'nodes killed': killed,
  'attempts given back': attempts.filter((attempt) => attempt.state === 'void').length,
  'most calls at once': `${mostLive} of ${CONCURRENCY}`,
  'calls dialled twice': [...book.values()].filter((placed) => placed.times > 1).length,
  'numbers called by two calls at once': twoAtOnce,
  'calls the database does not know of': [...book.keys()].filter((id) => !done.has(id)).length,
  'calls that were never placed but count': [...done].filter((id) => !book.has(id)).length,
  'contacts lost': contacts - left[0]!.all,
  'contacts without an end': left[0]!.open,
  ...(await statusCounts()),
};
console.log(result);
await ground.close();
const wrong = [
  'calls dialled twice',
  'numbers called by two calls at once',
  'calls the database does not know of',
  'calls that were never placed but count',
  'contacts lost',
  'contacts without an end',
] as const;
if (wrong.some((what) => result[what] !== 0) || mostLive > CONCURRENCY) {
  console.error('The books do not agree.');
  process.exitCode = 1;
}
