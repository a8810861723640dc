import { eq } from 'drizzle-orm';
import type { CampaignBriefing } from '../calls/call-people.ts';
import type { Database } from '../database/connect.ts';
import { recordsOf } from './campaign-record.ts';
import { campaigns } from './campaigns.table.ts';

/** What a campaign adds to each of its calls: the `{{campaign.…}}` variables, and what to do when a machine answers. */
export async function campaignBriefing(db: Database, campaignId: string): Promise<CampaignBriefing> {
  const rows = await db.select().from(campaigns).where(eq(campaigns.id, campaignId));
  const [campaign] = await recordsOf(db, rows);
  if (!campaign) return { values: {}, voicemail: null, purpose: null };
  const { voicemail_action: action, voicemail_message: message } = campaign;
  return {
    values: { 'campaign.name': campaign.name, 'campaign.description': campaign.description, 'campaign.from_number': campaign.from_number },
    purpose: campaign.description || campaign.name,
    voicemail: action === 'leave_message' && message ? { action, message } : { action: 'hangup' },
  };
}
