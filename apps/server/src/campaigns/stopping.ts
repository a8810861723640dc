import { sql } from 'drizzle-orm';
import type { Queryable } from '../database/connect.ts';

/**
 * Skips whoever a stopped campaign has not called or would have called again. Who is on the phone finishes.
 * One statement: a million contacts take some seconds, in which nobody is called since the campaign is over.
 */
export async function skipOpenContacts(on: Queryable, campaignId: string): Promise<void> {
  await on.execute(sql`
    update campaign_contacts set status = 'skipped', skip_reason = 'campaign_stopped', next_attempt_at = null, updated_at = now()
    where campaign_id = ${campaignId} and status = 'pending'`);
}
