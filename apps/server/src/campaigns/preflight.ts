import { SKIP_REASONS } from '@talkturo/contract';
import { and, eq, sql } from 'drizzle-orm';
import { contacts } from '../crm/contacts.table.ts';
import type { Database } from '../database/connect.ts';
import { isOpen, nextOpening } from './call-window.ts';
import { campaignContacts } from './campaign-contacts.table.ts';
import type { CampaignRow } from './campaigns.table.ts';
import { readinessOf } from './readiness.ts';
import { clocksFor, windowOf } from './zone-window.ts';

/** What starting a campaign would do: who would be called where, who not and why, and what keeps it from dialling. */
export async function preflightOf(db: Database, campaign: CampaignRow, now: Date, lendsNumbers: boolean) {
  const { problems, numbers } = await readinessOf(db, campaign, now, lendsNumbers);
  const kind = sql<string>`case
    when ${campaignContacts.status} = 'skipped' then ${campaignContacts.skipReason}
    when ${campaignContacts.status} in ('completed', 'failed') then 'over'
    when ${contacts.doNotCall} then 'do_not_call'
    when ${contacts.phone} is null then 'no_phone_number'
    else 'call' end`;
  const rows = await db
    .select({ kind, zones: campaignContacts.zones, n: sql<number>`count(*)::int` })
    .from(campaignContacts)
    .innerJoin(contacts, eq(contacts.id, campaignContacts.contactId))
    .where(and(eq(campaignContacts.campaignId, campaign.id)))
    .groupBy(kind, campaignContacts.zones);

  const window = windowOf(campaign);
  const skipped = new Map<string, number>();
  const places = new Map<string, { time_zones: readonly string[]; contacts: number }>();
  let total = 0;
  for (const { kind, zones, n } of rows) {
    total += n;
    if (kind === 'over') continue;
    const clocks = clocksFor(campaign, zones);
    const reason = kind !== 'call' ? kind : nextOpening(window, clocks, now) === null ? 'no_common_window' : null;
    if (reason !== null) {
      skipped.set(reason, (skipped.get(reason) ?? 0) + n);
      continue;
    }
    const place = places.get(clocks.join()) ?? { time_zones: clocks, contacts: 0 };
    places.set(clocks.join(), { ...place, contacts: place.contacts + n });
  }
  if (campaign.enrollingAfter !== null) problems.push('Contacts are still being added: the figures grow until all are there.');
  else if (total === 0) problems.push('The campaign has no contacts yet.');
  return {
    ready: problems.length === 0,
    problems,
    total,
    will_be_called: [...places.values()].reduce((sum, place) => sum + place.contacts, 0),
    skipped: SKIP_REASONS.flatMap((reason) => (skipped.has(reason) ? [{ reason, count: skipped.get(reason)! }] : [])),
    zones: [...places.values()]
      .sort((a, b) => b.contacts - a.contacts)
      .map(({ time_zones, contacts: n }) => ({
        time_zones: [...time_zones],
        contacts: n,
        open_now: isOpen(window, time_zones, now),
        opens_at: nextOpening(window, time_zones, now)?.toISOString() ?? null,
      })),
    from_numbers: numbers.map(({ id, phoneNumber }) => ({ id, phone_number: phoneNumber })),
  };
}
