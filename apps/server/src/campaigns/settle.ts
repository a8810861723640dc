import { and, eq, inArray, sql } from 'drizzle-orm';
import { contacts } from '../crm/contacts.table.ts';
import type { Transaction } from '../database/connect.ts';
import { campaignAttempts } from './campaign-attempts.table.ts';
import { campaignContacts } from './campaign-contacts.table.ts';
import { campaigns } from './campaigns.table.ts';
import { noteChange } from './campaigns.ts';
import { type CallResult, nextStep } from './next-step.ts';

/** The end of one call. */
export interface CallEnd extends CallResult {
  callId: string;
}

/**
 * Calls of campaigns are over: their attempts are closed and their contacts go on to what is next. The first word on an
 * attempt counts; every further one, late or repeated, changes nothing.
 * @returns the ids of the calls whose end was news.
 */
export async function settle(tx: Transaction, ends: readonly CallEnd[]): Promise<string[]> {
  const byCall = new Map(ends.toReversed().map((end) => [end.callId, end]));
  const told = [...byCall.values()].map(({ callId, outcome, endedAt }) => ({ call_id: callId, outcome, ended_at: endedAt.toISOString() }));
  const { rows: closed } = await tx.execute<{ call_id: string; campaign_id: string; campaign_contact_id: string }>(sql`
    update campaign_attempts a set state = 'done', outcome = told.outcome, ended_at = told.ended_at
    from json_to_recordset(${JSON.stringify(told)}::json) as told(call_id text, outcome text, ended_at timestamptz)
    where a.call_id = told.call_id and a.state = 'dialling'
    returning a.call_id, a.campaign_id, a.campaign_contact_id`);
  if (closed.length === 0) return [];
  const found = await tx
    .select({ row: campaignContacts, campaign: campaigns, doNotCall: contacts.doNotCall })
    .from(campaignContacts)
    .innerJoin(campaigns, eq(campaigns.id, campaignContacts.campaignId))
    .innerJoin(contacts, eq(contacts.id, campaignContacts.contactId))
    .where(
      and(
        inArray(
          campaignContacts.id,
          closed.map((attempt) => attempt.campaign_contact_id),
        ),
        eq(campaignContacts.status, 'calling'),
      ),
    )
    // In one order everywhere: two that settle at once wait for each other instead of deadlocking.
    .orderBy(campaignContacts.id)
    .for('update', { of: campaignContacts });
  // A contact that was deleted meanwhile has no next step.
  const steps = found.flatMap(({ row, campaign, doNotCall }) => {
    const end = byCall.get(row.lastCallId ?? '');
    if (!end) return [];
    const step = nextStep(end, campaign, row.attempts, doNotCall);
    return [
      {
        id: row.id,
        call_id: end.callId,
        ended_at: end.endedAt,
        status: step.status,
        outcome: step.outcome,
        skip_reason: step.skipReason,
        next_at: step.nextAttemptAt,
      },
    ];
  });
  if (steps.length > 0) {
    const list = JSON.stringify(steps);
    await tx.execute(sql`
      with step as (
        select * from json_to_recordset(${list}::json) as step(id text, call_id text, ended_at timestamptz, status text, outcome text, skip_reason text, next_at timestamptz)
      ), attempts as (
        update campaign_attempts a set outcome = step.outcome from step where a.call_id = step.call_id
      )
      update campaign_contacts cc set status = step.status, outcome = step.outcome, skip_reason = step.skip_reason,
        next_attempt_at = step.next_at, updated_at = step.ended_at
      from step where cc.id = step.id`);
  }
  for (const campaignId of new Set(closed.map((attempt) => attempt.campaign_id))) await noteChange(tx, campaignId);
  return closed.map((attempt) => attempt.call_id);
}

/**
 * A call surely was never placed: the attempt does not count and the contact may be called again.
 * @param until when, if not at once.
 */
export async function release(tx: Transaction, callId: string, until: Date | null): Promise<boolean> {
  const [attempt] = await tx
    .update(campaignAttempts)
    .set({ state: 'void', endedAt: sql`now()` })
    .where(and(eq(campaignAttempts.callId, callId), eq(campaignAttempts.state, 'dialling')))
    .returning();
  if (!attempt) return false;
  await tx.execute(sql`
    update campaign_contacts cc set attempts = cc.attempts - 1, last_call_id = null, updated_at = now(),
      status = case when c.status in ('cancelled', 'completed') or ct.do_not_call or ct.phone is null then 'skipped' else 'pending' end,
      outcome = case when ct.do_not_call then 'do_not_call' else cc.outcome end,
      skip_reason = case when ct.do_not_call then 'do_not_call' when ct.phone is null then 'no_phone_number'
        when c.status in ('cancelled', 'completed') then 'campaign_stopped' end,
      next_attempt_at = case when c.status in ('cancelled', 'completed') or ct.do_not_call or ct.phone is null then null
        else ${until?.toISOString() ?? null}::timestamptz end
    from campaigns c, contacts ct
    where cc.id = ${attempt.campaignContactId} and cc.status = 'calling' and cc.last_call_id = ${callId} and c.id = cc.campaign_id and ct.id = cc.contact_id`);
  await noteChange(tx, attempt.campaignId);
  return true;
}
