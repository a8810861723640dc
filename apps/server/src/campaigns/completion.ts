import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../database/connect.ts';
import { publish } from '../events/publish.ts';
import { figuresOf } from './campaign-figures.ts';
import { campaigns } from './campaigns.table.ts';
import { noteChange } from './campaigns.ts';

async function somebodyIsLeft(on: Queryable, campaignId: string): Promise<boolean> {
  const { rows } = await on.execute<{ left: boolean }>(sql`
    select exists (select 1 from campaign_contacts where campaign_id = ${campaignId} and status = 'pending' and next_attempt_at is null)
      or exists (select 1 from campaign_contacts where campaign_id = ${campaignId} and status = 'pending' and next_attempt_at is not null)
      or exists (select 1 from campaign_attempts where campaign_id = ${campaignId} and state = 'dialling') as left`);
  return rows[0]!.left;
}

/**
 * Ends a campaign when every contact has reached its final state, unless it is to stay open. The lock on its row keeps
 * out whoever would add a contact in the same moment, so the end is exact. @returns whether it ended.
 */
export async function completeIfDone(db: Database, campaignId: string, now: Date): Promise<boolean> {
  if (await somebodyIsLeft(db, campaignId)) return false;
  return db.transaction(async (tx) => {
    const [campaign] = await tx
      .select()
      .from(campaigns)
      .where(
        and(
          eq(campaigns.id, campaignId),
          eq(campaigns.status, 'running'),
          eq(campaigns.noAutoComplete, false),
          isNull(campaigns.enrollingAfter),
          isNull(campaigns.deletedAt),
        ),
      )
      .for('update');
    if (!campaign || (await somebodyIsLeft(tx, campaignId))) return false;
    await tx
      .update(campaigns)
      .set({ status: 'completed', problem: null, completedAt: now, updatedAt: now, version: campaign.version + 1 })
      .where(eq(campaigns.id, campaignId));
    const figures = (await figuresOf(tx, [campaignId])).get(campaignId)!;
    await publish(tx, {
      type: 'campaign.completed',
      accountId: campaign.accountId,
      assistantId: campaign.assistantId,
      subjectId: campaignId,
      at: now,
      data: {
        campaign_id: campaignId,
        name: campaign.name,
        assistant_id: campaign.assistantId,
        total_contacts: figures.total,
        contacts_called: figures.called,
        contacts_completed: figures.statuses.completed,
        contacts_answered: figures.outcomes.answered,
        completed_at: now.toISOString(),
      },
    });
    await noteChange(tx, campaignId);
    return true;
  });
}
