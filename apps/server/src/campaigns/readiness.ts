import { eq } from 'drizzle-orm';
import { assistants } from '../assistants/assistants.table.ts';
import type { Queryable } from '../database/connect.ts';
import type { CampaignRow } from './campaigns.table.ts';
import { type FromNumber, fromNumbersOf } from './from-numbers.ts';

export interface Readiness {
  /** Why it cannot dial, a sentence each. */
  problems: string[];
  /** The numbers it would call from. */
  numbers: FromNumber[];
}

/**
 * Whether a campaign can dial: its assistant is there and may call, its numbers are active.
 * @param lendsNumbers the built-in network lends a caller id to those without a number.
 */
export async function readinessOf(on: Queryable, campaign: CampaignRow, now: Date, lendsNumbers: boolean): Promise<Readiness> {
  const problems: string[] = [];
  const [assistant] = await on
    .select({ outboundEnabled: assistants.outboundEnabled, deletedAt: assistants.deletedAt })
    .from(assistants)
    .where(eq(assistants.id, campaign.assistantId));
  if (!assistant || assistant.deletedAt) problems.push('The assistant of this campaign was deleted.');
  else if (!assistant.outboundEnabled) problems.push('The assistant may not place calls: switch outbound_enabled on.');
  const numbers = await fromNumbersOf(on, campaign, now);
  if (numbers.length === 0) {
    if (campaign.fromNumberIds.length > 0)
      problems.push('None of the numbers of this campaign is active and on its account at the carrier.');
    else if (!lendsNumbers) problems.push('The assistant has no active phone number to call from.');
  }
  return { problems, numbers };
}
