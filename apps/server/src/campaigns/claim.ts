import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { calls } from '../calls/calls.table.ts';
import type { Transaction } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import { campaignAttempts } from './campaign-attempts.table.ts';
import { type CampaignRow, campaigns } from './campaigns.table.ts';
import { noteChange } from './campaigns.ts';
import { storedZones, zonesOf } from './contact-zones.ts';
import { takePace } from './dial-pace.ts';
import type { PlannedCall, SharedClock } from './dialler.ts';
import { type DueContact, lockDueContacts } from './due-contacts.ts';
import { chooseFromNumber, type FromNumber } from './from-numbers.ts';
import { readinessOf } from './readiness.ts';

export interface ClaimRules {
  clock: SharedClock;
  /** Live campaign calls of one account, over all nodes. */
  maxCallsPerAccount: number;
  /** New calls a second on one carrier connection, over all nodes. */
  callsPerSecond(connection: string): number;
  lendsNumbers: boolean;
}

export interface Claim {
  calls: PlannedCall[];
  /** When it is worth looking again for the sake of the pace; null: wait for something to happen. */
  againInMs: number | null;
}

/** Contacts one transaction takes on. */
const BATCH = 50;
/** A number that is on the phone with this account is tried again after this. */
const NUMBER_BUSY_MS = 60_000;
/** Numbers nobody owns are lent by this carrier. */
const LENDING_CONNECTION = 'local';
/** Priority, then age, decides among all contacts: it does not begin with some of them. */
const STILL_ENROLLING = 'Its contacts are still being added; it calls when all are there.';
const LIVE = ['queued', 'ringing', 'in_progress'];

/** What the proof at the instant of dialling says about a contact. */
type Verdict =
  | { is: 'call'; from: FromNumber | null }
  | { is: 'skip'; reason: 'do_not_call' | 'no_phone_number' }
  | { is: 'exhausted' }
  | { is: 'elsewhere'; zones: string }
  | { is: 'number-busy' };

/**
 * Decides on calls, in one transaction that proves for each that it may be placed now: the campaign runs, the window is
 * open where the contact is, it is not marked do-not-call, has attempts left, nobody of the account is on the phone with
 * that number, numbers and assistant are active, concurrency and pace leave room. What does not hold is written down. The
 * attempts are on record when this returns, so whatever happens next, none is placed twice.
 */
export async function claimCalls(tx: Transaction, campaignId: string, capacity: number, rules: ClaimRules): Promise<Claim> {
  const nothing: Claim = { calls: [], againInMs: null };
  const [peek] = await tx.select({ accountId: campaigns.accountId }).from(campaigns).where(eq(campaigns.id, campaignId));
  if (!peek || capacity <= 0) return nothing;
  // Counting and claiming of one account happen one after the other, on whatever node.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`campaign calls of ${peek.accountId}`}, 0))`);
  const [campaign] = await tx
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.status, 'running'), isNull(campaigns.deletedAt)))
    .for('share');
  if (!campaign) return nothing;
  const now = await rules.clock(tx);
  const { problems, numbers } = await readinessOf(tx, campaign, now, rules.lendsNumbers);
  const problem = problems[0] ?? (campaign.enrollingAfter === null ? null : STILL_ENROLLING);
  if (problem !== campaign.problem) await tx.update(campaigns).set({ problem }).where(eq(campaigns.id, campaignId));
  if (problem) return nothing;

  const room = Math.min(capacity, BATCH, await roomOf(tx, campaign, rules.maxCallsPerAccount));
  if (room <= 0) return nothing;
  const due = await lockDueContacts(tx, campaign, now, room);
  if (due.length === 0) return nothing;
  const verdicts = await judge(tx, campaign, due, numbers);
  const { granted, againInMs } = await pace(tx, verdicts, rules.callsPerSecond, now);
  const planned = [...granted].map(([contact, from]) => ({ contact, from, callId: newId('call') }));
  await writeAttempts(tx, campaign, planned, now);
  await writeVerdicts(tx, verdicts, now);
  await noteChange(tx, campaignId);
  const full = due.length === room && planned.length > 0;
  return { calls: planned.map((one) => plannedCall(campaign, one)), againInMs: againInMs ?? (full ? 0 : null) };
}

/** How many more calls campaign and account may have. Calls of the account outside campaigns count too. */
async function roomOf(tx: Transaction, campaign: CampaignRow, maxCallsPerAccount: number): Promise<number> {
  const { rows } = await tx.execute<{ of_campaign: number; of_account: number; others: number }>(sql`
    select
      (select count(*)::int from campaign_attempts where campaign_id = ${campaign.id} and state = 'dialling') as of_campaign,
      (select count(*)::int from campaign_attempts where account_id = ${campaign.accountId} and state = 'dialling') as of_account,
      (select count(*)::int from calls where account_id = ${campaign.accountId} and campaign_id is null
        and status in ('queued', 'ringing', 'in_progress')) as others`);
  const live = rows[0]!;
  return Math.min(campaign.maxConcurrentCalls - live.of_campaign, maxCallsPerAccount - live.of_account - live.others);
}

async function judge(
  tx: Transaction,
  campaign: CampaignRow,
  due: readonly DueContact[],
  numbers: readonly FromNumber[],
): Promise<Map<DueContact, Verdict>> {
  const busy = await numbersOnThePhone(
    tx,
    campaign.accountId,
    due.flatMap((contact) => contact.phone ?? []),
  );
  const verdictOn = (contact: DueContact): Verdict => {
    if (contact.doNotCall) return { is: 'skip', reason: 'do_not_call' };
    if (contact.phone === null) return { is: 'skip', reason: 'no_phone_number' };
    const zones = storedZones(zonesOf(contact));
    if (zones !== contact.zones) return { is: 'elsewhere', zones };
    if (contact.attempts >= campaign.maxAttemptsPerContact) return { is: 'exhausted' };
    if (busy.has(contact.phone)) return { is: 'number-busy' };
    busy.add(contact.phone);
    return {
      is: 'call',
      from: chooseFromNumber(numbers, { id: contact.contactId, phone: contact.phone, fromNumberId: contact.fromNumberId }),
    };
  };
  return new Map(due.map((contact) => [contact, verdictOn(contact)]));
}

/** Which of these numbers the account is on the phone with, by any campaign or none, outbound or inbound. */
async function numbersOnThePhone(tx: Transaction, accountId: string, numbers: string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set();
  const dialled = await tx
    .select({ number: campaignAttempts.toNumber })
    .from(campaignAttempts)
    .where(
      and(eq(campaignAttempts.accountId, accountId), eq(campaignAttempts.state, 'dialling'), inArray(campaignAttempts.toNumber, numbers)),
    );
  const others = await tx
    .select({ from: calls.fromNumber, to: calls.toNumber })
    .from(calls)
    .where(
      and(
        eq(calls.accountId, accountId),
        inArray(calls.status, LIVE),
        sql`(${inArray(calls.toNumber, numbers)} or ${inArray(calls.fromNumber, numbers)})`,
      ),
    );
  return new Set([...dialled.map((row) => row.number), ...others.flatMap((row) => [row.from, row.to])].filter((one) => one !== null));
}

/** As many calls as the pace of each carrier connection lets through, the first in order. */
async function pace(tx: Transaction, verdicts: ReadonlyMap<DueContact, Verdict>, perSecond: ClaimRules['callsPerSecond'], now: Date) {
  const connections = new Map<string, { contact: DueContact; from: FromNumber | null }[]>();
  for (const [contact, verdict] of verdicts) {
    if (verdict.is !== 'call') continue;
    const connection = verdict.from?.connection ?? LENDING_CONNECTION;
    connections.set(connection, [...(connections.get(connection) ?? []), { contact, from: verdict.from }]);
  }
  const granted = new Map<DueContact, FromNumber | null>();
  let againInMs: number | null = null;
  // In the same order on every node, so that two never wait for each other.
  for (const connection of [...connections.keys()].sort()) {
    const wanted = connections.get(connection)!;
    const slots = await takePace(tx, connection, wanted.length, perSecond(connection), now);
    for (const { contact, from } of wanted.slice(0, slots.granted)) granted.set(contact, from);
    if (slots.granted < wanted.length) againInMs = Math.min(againInMs ?? Number.POSITIVE_INFINITY, slots.nextInMs);
  }
  return { granted, againInMs };
}

interface Planned {
  contact: DueContact;
  from: FromNumber | null;
  callId: string;
}

async function writeAttempts(tx: Transaction, campaign: CampaignRow, planned: readonly Planned[], now: Date): Promise<void> {
  if (planned.length === 0) return;
  await tx.insert(campaignAttempts).values(
    planned.map(({ contact, from, callId }) => ({
      callId,
      campaignId: campaign.id,
      accountId: campaign.accountId,
      campaignContactId: contact.id,
      contactId: contact.contactId,
      number: contact.attempts + 1,
      fromNumberId: from?.id ?? null,
      fromNumber: from?.phoneNumber ?? null,
      toNumber: contact.phone,
      startedAt: now,
      checkedAt: now,
    })),
  );
  const rows = planned.map(({ contact, from, callId }) => ({ id: contact.id, call_id: callId, from_id: from?.id ?? null }));
  await tx.execute(sql`
    update campaign_contacts cc set status = 'calling', attempts = cc.attempts + 1, last_attempt_at = ${now.toISOString()}::timestamptz,
      last_call_id = planned.call_id, from_number_id = coalesce(planned.from_id, cc.from_number_id), updated_at = ${now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as planned(id text, call_id text, from_id text) where cc.id = planned.id`);
}

/** What a verdict other than `call` changes about a contact. */
function changeOf({ id, zones }: DueContact, verdict: Verdict, now: Date) {
  const stays = { id, status: 'pending', reason: null as string | null, until: null as string | null, zones };
  switch (verdict.is) {
    case 'skip':
      return { ...stays, status: 'skipped', reason: verdict.reason };
    case 'exhausted':
      return { ...stays, status: 'failed' };
    case 'elsewhere':
      return { ...stays, zones: verdict.zones };
    case 'number-busy':
      return { ...stays, until: new Date(now.getTime() + NUMBER_BUSY_MS).toISOString() };
    case 'call':
      return null;
  }
}

/** What keeps a contact from being called is written down with it. */
async function writeVerdicts(tx: Transaction, verdicts: ReadonlyMap<DueContact, Verdict>, now: Date): Promise<void> {
  const rows = [...verdicts].map(([contact, verdict]) => changeOf(contact, verdict, now)).filter((row) => row !== null);
  if (rows.length === 0) return;
  await tx.execute(sql`
    update campaign_contacts cc set status = verdict.status, skip_reason = verdict.reason, next_attempt_at = verdict.until,
      zones = verdict.zones, outcome = case when verdict.reason = 'do_not_call' then 'do_not_call' else cc.outcome end,
      updated_at = ${now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as verdict(id text, status text, reason text, until timestamptz, zones text)
    where cc.id = verdict.id`);
}

const plannedCall = (campaign: CampaignRow, { contact, from, callId }: Planned): PlannedCall => ({
  callId,
  accountId: campaign.accountId,
  assistantId: campaign.assistantId,
  campaignId: campaign.id,
  contactId: contact.contactId,
  fromNumberId: from?.id ?? null,
  toNumber: contact.phone!,
});
