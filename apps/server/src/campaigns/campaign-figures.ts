import { CAMPAIGN_CONTACT_STATUSES, CAMPAIGN_OUTCOMES, type CampaignContactStatus, type CampaignOutcome } from '@talkturo/contract';
import { inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../database/connect.ts';
import { campaignCounts } from './campaign-contacts.table.ts';

/** Contacts of a campaign by what became of them so far. */
export interface Figures {
  total: number;
  statuses: Record<CampaignContactStatus, number>;
  outcomes: Record<CampaignOutcome, number>;
  /** At least once. */
  called: number;
}

const noFigures = (): Figures => ({
  total: 0,
  statuses: Object.fromEntries(CAMPAIGN_CONTACT_STATUSES.map((status) => [status, 0])) as Figures['statuses'],
  outcomes: Object.fromEntries(CAMPAIGN_OUTCOMES.map((outcome) => [outcome, 0])) as Figures['outcomes'],
  called: 0,
});

/** The figures of each campaign, from a handful of rows whatever its size. */
export async function figuresOf(on: Queryable, campaignIds: readonly string[]): Promise<Map<string, Figures>> {
  const figures = new Map(campaignIds.map((id) => [id, noFigures()]));
  if (campaignIds.length === 0) return figures;
  const rows = await on
    .select({
      campaignId: campaignCounts.campaignId,
      status: campaignCounts.status,
      outcome: campaignCounts.outcome,
      called: campaignCounts.called,
      n: sql<number>`sum(${campaignCounts.n})::int`,
    })
    .from(campaignCounts)
    .where(inArray(campaignCounts.campaignId, [...campaignIds]))
    .groupBy(campaignCounts.campaignId, campaignCounts.status, campaignCounts.outcome, campaignCounts.called);
  for (const { campaignId, status, outcome, called, n } of rows) {
    const of = figures.get(campaignId)!;
    of.total += n;
    of.statuses[status as CampaignContactStatus] += n;
    if (outcome !== null) of.outcomes[outcome as CampaignOutcome] += n;
    if (called) of.called += n;
  }
  return figures;
}

/** How many may still be called or are on the phone. */
export const openOf = ({ statuses }: Figures): number => statuses.pending + statuses.queued + statuses.calling;
