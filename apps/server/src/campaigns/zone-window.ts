import type { CallWindow } from './call-window.ts';
import type { CampaignRow } from './campaigns.table.ts';
import { zonesFrom } from './contact-zones.ts';

export const windowOf = (campaign: Pick<CampaignRow, 'callWindowStart' | 'callWindowEnd'>): CallWindow => ({
  start: campaign.callWindowStart,
  end: campaign.callWindowEnd,
});

/** The zones whose clocks a campaign goes by for contacts that may be in the stored zones: their own, or the campaign's. */
export function clocksFor(
  campaign: Pick<CampaignRow, 'useContactTimezone' | 'callWindowTimezone'>,
  stored: string | null,
): readonly string[] {
  const own = campaign.useContactTimezone && stored !== null ? zonesFrom(stored) : [];
  return own.length > 0 ? own : [campaign.callWindowTimezone];
}
