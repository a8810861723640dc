import type { CampaignDashboard } from '@talkturo/contract';
import { and, asc, desc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import { contacts } from '../crm/contacts.table.ts';
import type { Database } from '../database/connect.ts';
import { nextOpening } from './call-window.ts';
import { type CampaignAttemptRow, campaignAttempts } from './campaign-attempts.table.ts';
import { campaignContacts } from './campaign-contacts.table.ts';
import { type Figures, figuresOf, openOf } from './campaign-figures.ts';
import type { CampaignRow } from './campaigns.table.ts';
import { firstDueContacts } from './due-contacts.ts';
import { clocksFor, windowOf } from './zone-window.ts';

const RECENT = 20;
const NEXT = 10;
/** Live calls shown; the rest is in the counts. */
const LIVE = 100;
/** The pace that the expected end goes by is taken over so long. */
const PACE_MINUTES = 10;

/** Everything a person watching a campaign wants to see, at one moment. */
export async function dashboardOf(db: Database, campaign: CampaignRow, now: Date): Promise<CampaignDashboard> {
  const [allFigures, [calls], live, recent, nextDue] = await Promise.all([
    figuresOf(db, [campaign.id]),
    db
      .select({
        all: sql<number>`count(*) filter (where ${campaignAttempts.state} <> 'void')::int`,
        lately: sql<number>`count(*) filter (where ${campaignAttempts.endedAt} > ${minutesBefore(now, PACE_MINUTES)}::timestamptz)::int`,
      })
      .from(campaignAttempts)
      .where(eq(campaignAttempts.campaignId, campaign.id)),
    callsOf(db, campaign, eq(campaignAttempts.state, 'dialling'), desc(campaignAttempts.startedAt), LIVE),
    callsOf(db, campaign, eq(campaignAttempts.state, 'done'), desc(campaignAttempts.endedAt), RECENT),
    nextDueOf(db, campaign, now),
  ]);
  const figures = allFigures.get(campaign.id)!;
  const running = campaign.status === 'running';
  const { queued, pending } = figures.statuses;
  return {
    campaign_id: campaign.id,
    status: campaign.status,
    problem: running ? campaign.problem : null,
    contacts: {
      ...figures.statuses,
      // Only while it runs does a due contact wait for a line.
      queued: running ? queued : 0,
      pending: running ? pending : pending + queued,
      total: figures.total,
    },
    outcomes: figures.outcomes,
    contacts_called: figures.called,
    answer_rate_percent: figures.called === 0 ? null : Math.round((1000 * figures.outcomes.answered) / figures.called) / 10,
    attempts: calls?.all ?? 0,
    live_calls: live,
    recent_calls: recent,
    next_due: nextDue,
    expected_end_at: running ? expectedEnd(figures, calls?.lately ?? 0, campaign.startedAt, now) : null,
    at: now.toISOString(),
  };
}

const nameOf = sql<string>`${contacts.firstName} || ' ' || ${contacts.lastName}`;

const minutesBefore = (now: Date, minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

/** By the pace of the last minutes, or of all of them where it has only begun. */
export function expectedEnd(figures: Figures, endedLately: number, startedAt: Date | null, now: Date): string | null {
  const open = openOf(figures);
  if (open === 0 || endedLately === 0) return null;
  const overMs = Math.min(PACE_MINUTES * 60_000, now.getTime() - (startedAt?.getTime() ?? 0));
  return new Date(now.getTime() + (open / endedLately) * overMs).toISOString();
}

async function callsOf(db: Database, campaign: CampaignRow, which: SQL, order: SQL, limit: number) {
  const rows = await db
    .select({ attempt: campaignAttempts, name: sql<string | null>`${contacts.firstName} || ' ' || ${contacts.lastName}` })
    .from(campaignAttempts)
    .leftJoin(contacts, eq(contacts.id, campaignAttempts.contactId))
    .where(and(eq(campaignAttempts.campaignId, campaign.id), which))
    .orderBy(order)
    .limit(limit);
  return rows.map(({ attempt, name }) => callOf(attempt, name));
}

const callOf = (attempt: CampaignAttemptRow, name: string | null): CampaignDashboard['live_calls'][number] => ({
  call_id: attempt.callId,
  contact_id: attempt.contactId,
  contact_name: name,
  from_number: attempt.fromNumber,
  to_number: attempt.toNumber,
  attempt: attempt.number,
  started_at: attempt.startedAt.toISOString(),
  ended_at: attempt.endedAt?.toISOString() ?? null,
  outcome: attempt.outcome as CampaignDashboard['live_calls'][number]['outcome'],
});

async function nextDueOf(db: Database, campaign: CampaignRow, now: Date): Promise<CampaignDashboard['next_due']> {
  if (campaign.status === 'completed' || campaign.status === 'cancelled') return [];
  const [due, later] = await Promise.all([
    firstDueContacts(db, campaign.id, NEXT),
    db
      .select({ contactId: campaignContacts.contactId, zones: campaignContacts.zones, at: campaignContacts.nextAttemptAt })
      .from(campaignContacts)
      .where(
        and(
          eq(campaignContacts.campaignId, campaign.id),
          eq(campaignContacts.status, 'pending'),
          isNotNull(campaignContacts.nextAttemptAt),
        ),
      )
      .orderBy(asc(campaignContacts.nextAttemptAt))
      .limit(NEXT),
  ]);
  const next = [...due.map((one) => ({ ...one, at: null })), ...later];
  const people = await db
    .select({ id: contacts.id, name: nameOf })
    .from(contacts)
    .where(
      inArray(
        contacts.id,
        next.map((one) => one.contactId),
      ),
    );
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const window = windowOf(campaign);
  return next
    .flatMap(({ contactId, zones, at }) => {
      const earliest = at && at > now ? at : now;
      const opens = nextOpening(window, clocksFor(campaign, zones), earliest);
      return opens ? [{ contact_id: contactId, contact_name: names.get(contactId) ?? '', at: opens.toISOString() }] : [];
    })
    .sort((a, b) => a.at.localeCompare(b.at))
    .slice(0, NEXT);
}
