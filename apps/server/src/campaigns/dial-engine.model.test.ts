import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOpen } from './call-window.ts';
import { type CampaignKit, type CampaignTenant, createCampaignKit, type DialNode } from './testing/campaign-kit.ts';
import type { Placing, SimulatedCall } from './testing/simulated-network.ts';

/**
 * Random courses of events against the engine on a simulated network: nodes die, answers and events are lost, repeated and
 * reordered, the clock jumps, people pause, stop and mark contacts. After every step and at the end the invariants hold.
 */
const ZONES = ['America/New_York', 'America/Los_Angeles', 'Asia/Kathmandu', 'Europe/Berlin'];
const WINDOW = { start: '09:00', end: '17:00' };
const ACCOUNT_CALLS = 3;
const CAMPAIGN_CALLS = 2;
const PACE = 2;
const ATTEMPTS = 3;
const START = new Date('2026-03-06T15:00:00Z');
const HOUR = 3_600_000;

type Step =
  | { do: 'look'; nodes: number[]; placing: Placing[] }
  | { do: 'hurry'; ms: number }
  | { do: 'pass'; ms: number }
  | { do: 'set-back'; ms: number }
  | { do: 'end'; which: number; outcome: string; told: number }
  | { do: 'tell-late'; which: number; outcome: string }
  | { do: 'ask'; node: number }
  | { do: 'run'; campaign: number; action: 'pause' | 'resume' | 'stop' }
  | { do: 'do-not-call'; who: number }
  | { do: 'move'; who: number; zone: string };

const outcome = fc.constantFrom('answered', 'voicemail', 'no_answer', 'busy', 'declined', 'invalid_number', 'error');
const placing = fc.constantFrom<Placing>(
  'taken',
  'taken',
  'taken',
  'answer-lost',
  'not-arrived',
  'dies-before',
  'dies-after',
  'over-before-answer',
);
const small = fc.nat({ max: 9 });
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('look' as const),
        nodes: fc.subarray([0, 1, 2], { minLength: 1 }),
        placing: fc.array(placing, { maxLength: 3 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('hurry' as const), ms: fc.constantFrom(50, 150, 260) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('pass' as const),
        ms: fc.constantFrom(50, 300, 1_000, 20_000, 70_000, 600_000, 3 * HOUR, 9 * HOUR),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('set-back' as const), ms: fc.constantFrom(500, 45_000, 2 * HOUR) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('end' as const), which: small, outcome, told: fc.nat({ max: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('tell-late' as const), which: small, outcome }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('ask' as const), node: fc.nat({ max: 2 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('run' as const),
        campaign: fc.nat({ max: 1 }),
        action: fc.constantFrom('pause' as const, 'resume' as const, 'resume' as const, 'stop' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('do-not-call' as const), who: small }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), who: small, zone: fc.constantFrom(...ZONES) }) },
  ),
  { minLength: 8, maxLength: 40 },
);

/** What is true of the world, and every break of a promise. */
interface World {
  tenant: CampaignTenant;
  campaigns: string[];
  contacts: string[];
  running: Map<string, boolean>;
  stopped: Set<string>;
  zoneOf: Map<string, string>;
  doNotCall: Set<string>;
  /** Real time, which no clock setting changes. */
  elapsedMs: number;
  placedAtMs: number[];
  broken: string[];
}

let kit: CampaignKit;
let world: World;
let nodes: DialNode[];
beforeAll(async () => {
  kit = await createCampaignKit({ maxCallsPerAccount: ACCOUNT_CALLS, callsPerSecond: () => PACE, onDial: (call) => watch(call) });
});
afterAll(() => kit.close());

function watch(call: SimulatedCall): void {
  const broken = (what: string) => world.broken.push(`${what}: ${call.callId} at ${kit.now().toISOString()}`);
  const live = kit.network.live();
  if (kit.network.dialled.filter((one) => one.callId === call.callId).length > 1) broken('dialled twice');
  if (!world.running.get(call.campaignId)) broken('dialled while not running');
  if (world.doNotCall.has(call.contactId)) broken('dialled after do-not-call');
  if (!isOpen(WINDOW, [world.zoneOf.get(call.contactId)!], kit.now())) broken('dialled outside the window');
  if (live.length > ACCOUNT_CALLS) broken('too many calls of the account');
  if (live.filter((one) => one.campaignId === call.campaignId).length > CAMPAIGN_CALLS) broken('too many calls of the campaign');
  if (live.filter((one) => one.toNumber === call.toNumber).length > 1) broken('two calls to one number');
  const ofContact = kit.network.dialled.filter((one) => one.campaignId === call.campaignId && one.contactId === call.contactId);
  if (ofContact.length > ATTEMPTS) broken('too many attempts');
  world.placedAtMs.push(world.elapsedMs);
  if (world.placedAtMs.filter((at) => at > world.elapsedMs - 1_000).length > PACE) broken('too fast');
}

async function newWorld(): Promise<void> {
  const { pool } = kit.server.platform.connection;
  await pool.query("update campaigns set status = 'cancelled' where status in ('running', 'paused')");
  await pool.query('delete from dial_pace');
  kit.network.calls.clear();
  kit.network.dialled.length = 0;
  kit.setTime(START);
  nodes = [kit.node(), kit.node(), kit.node()];
  const tenant = await kit.tenant();
  world = {
    tenant,
    campaigns: [],
    contacts: [],
    running: new Map(),
    stopped: new Set(),
    zoneOf: new Map(),
    doNotCall: new Set(),
    elapsedMs: 0,
    placedAtMs: [],
    broken: [],
  };
  for (const timezone of [...ZONES, ZONES[0]!]) {
    const id = await tenant.contact({ timezone });
    world.contacts.push(id);
    world.zoneOf.set(id, timezone);
  }
  for (let i = 0; i < 2; i++) {
    const id = await tenant.campaign({
      maxConcurrentCalls: CAMPAIGN_CALLS,
      maxAttemptsPerContact: ATTEMPTS,
      retryOnError: true,
      retryDelayErrorMinutes: 1,
    });
    await tenant.run(id, 'start');
    world.campaigns.push(id);
    world.running.set(id, true);
  }
}

async function look(which: readonly number[]): Promise<void> {
  await Promise.all(
    which.map(async (at) => {
      const { engine, dialler } = nodes[at]!;
      await engine.tick();
      await engine.idle();
      // A dead process knows nothing any more; another takes its place.
      if (dialler.dead) nodes[at] = kit.node();
    }),
  );
}

const nth = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)];

async function take(step: Step): Promise<void> {
  switch (step.do) {
    case 'look':
      for (const at of step.nodes) nodes[at]!.next.splice(0, Number.POSITIVE_INFINITY, ...step.placing);
      return look(step.nodes);
    case 'hurry':
      // Looks in quick succession: what keeps calls apart is the pace alone.
      for (let i = 0; i < 6; i++) {
        await look([i % 3]);
        world.elapsedMs += step.ms;
        kit.pass(step.ms);
      }
      return;
    case 'pass':
      world.elapsedMs += step.ms;
      return kit.pass(step.ms);
    case 'set-back':
      return kit.pass(-step.ms);
    case 'end': {
      const call = nth(kit.network.live(), step.which);
      if (!call) return;
      kit.network.end(call.callId, step.outcome);
      for (let times = 0; times < step.told; times++) await kit.tell(call.callId, step.outcome);
      return;
    }
    case 'tell-late': {
      const over = [...kit.network.calls.values()].filter((call) => call.ended);
      const call = nth(over, step.which);
      if (call) await kit.tell(call.callId, step.outcome);
      return;
    }
    case 'ask':
      await nodes[step.node]!.engine.resolveUnknown();
      return;
    case 'run': {
      const id = world.campaigns[step.campaign]!;
      const { status } = await world.tenant.post(`/api/crm/campaigns/${id}/run`, { action: step.action });
      if (status !== 200) return;
      world.running.set(id, step.action === 'resume');
      if (step.action === 'stop') world.stopped.add(id);
      return;
    }
    case 'do-not-call': {
      const id = nth(world.contacts, step.who)!;
      await world.tenant.patch(`/api/crm/contacts/${id}`, { doNotCall: true });
      world.doNotCall.add(id);
      return;
    }
    case 'move': {
      const id = nth(world.contacts, step.who)!;
      await world.tenant.patch(`/api/crm/contacts/${id}`, { timezone: step.zone });
      world.zoneOf.set(id, step.zone);
    }
  }
}

/** From here on nothing goes wrong: everything must come to its end. */
async function bringToAnEnd(): Promise<void> {
  for (const node of nodes) node.next.length = 0;
  for (const id of world.campaigns) {
    if (world.running.get(id) || world.stopped.has(id)) continue;
    const resumed = await world.tenant.post(`/api/crm/campaigns/${id}/run`, { action: 'resume' });
    if (resumed.status === 200) world.running.set(id, true);
  }
  for (let round = 0; round < 60; round++) {
    await nodes[0]!.engine.resolveUnknown();
    await look([0, 1]);
    for (const call of kit.network.live()) await kit.tell(call.callId, 'answered');
    await nodes[0]!.engine.resolveUnknown();
    await look([0]);
    if (await allOver()) return;
    world.elapsedMs += 2 * HOUR;
    kit.pass(2 * HOUR);
  }
}

async function allOver(): Promise<boolean> {
  const { rows } = await kit.server.platform.connection.pool.query(
    `select (select count(*) from campaign_attempts where state = 'dialling' and campaign_id = any($1))::int
      + (select count(*) from campaigns where status = 'running' and id = any($1))::int as open`,
    [world.campaigns],
  );
  return rows[0].open === 0;
}

async function checkTheEnd(): Promise<void> {
  const { pool } = kit.server.platform.connection;
  for (const id of world.campaigns) {
    const { campaign } = (await world.tenant.get(`/api/crm/campaigns/${id}`)).body;
    expect(campaign.status).toBe(world.stopped.has(id) ? 'cancelled' : 'completed');
    const contacts = Object.values(await world.tenant.contactsOf(id));
    expect(contacts.length).toBe(world.contacts.length);
    for (const contact of contacts) expect(['completed', 'skipped', 'failed']).toContain(contact.status);
    const { dashboard } = (await world.tenant.get(`/api/crm/campaigns/${id}/dashboard`)).body;
    for (const status of ['completed', 'skipped', 'failed', 'calling', 'pending', 'queued']) {
      expect(dashboard.contacts[status]).toBe(contacts.filter((one) => one.status === status).length);
    }
    expect(dashboard.contacts_called).toBe(contacts.filter((one) => one.attempts > 0).length);
    // What reached the network is what the books say, call for call.
    const { rows } = await pool.query("select call_id from campaign_attempts where campaign_id = $1 and state = 'done'", [id]);
    const placed = kit.network.dialled.filter((call) => call.campaignId === id).map((call) => call.callId);
    expect(rows.map((row: { call_id: string }) => row.call_id).toSorted()).toEqual(placed.toSorted());
  }
}

test('whatever happens, nobody is called twice, at the wrong time or against his will, and everything comes to one end', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (course) => {
      await newWorld();
      for (const step of course) {
        await take(step);
        expect(world.broken).toEqual([]);
      }
      await bringToAnEnd();
      expect(world.broken).toEqual([]);
      await checkTheEnd();
    }),
    { numRuns: 12, interruptAfterTimeLimit: 120_000, endOnFailure: true },
  );
});
