import { and, eq, sql } from 'drizzle-orm';
import { contacts } from '../crm/contacts.table.ts';
import type { Transaction } from '../database/connect.ts';
import { campaignAttempts } from './campaign-attempts.table.ts';
import { campaignContacts } from './campaign-contacts.table.ts';
import { campaigns } from './campaigns.table.ts';
import { noteChange } from './campaigns.ts';
import { type CallResult, nextStep } from './next-step.ts';

/**
 * A call of a campaign is over: its attempt is closed and its contact goes on to what is next. The first word on an
 * attempt counts; every further one, late or repeated, changes nothing.
 * @returns whether this was the first.
 */
export async function settle(tx: Transaction, callId: string, result: CallResult): Promise<boolean> {
  const [attempt] = await tx
    .update(campaignAttempts)
    .set({ state: 'done', outcome: result.outcome, endedAt: result.endedAt })
    .where(and(eq(campaignAttempts.callId, callId), eq(campaignAttempts.state, 'dialling')))
    .returning();
  if (!attempt) return false;
  const [found] = await tx
    .select({ row: campaignContacts, campaign: campaigns, doNotCall: contacts.doNotCall })
    .from(campaignContacts)
    .innerJoin(campaigns, eq(campaigns.id, campaignContacts.campaignId))
    .innerJoin(contacts, eq(contacts.id, campaignContacts.contactId))
    .where(eq(campaignContacts.id, attempt.campaignContactId))
    .for('update', { of: campaignContacts });
  // A contact that was deleted meanwhile has no next step.
  if (found?.row.status === 'calling' && found.row.lastCallId === callId) {
    const step = nextStep(result, found.campaign, found.row.attempts, found.doNotCall);
    await tx
      .update(campaignContacts)
      .set({ ...step, updatedAt: result.endedAt })
      .where(eq(campaignContacts.id, found.row.id));
    await tx.update(campaignAttempts).set({ outcome: step.outcome }).where(eq(campaignAttempts.callId, callId));
  }
  await noteChange(tx, attempt.campaignId);
  return true;
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
