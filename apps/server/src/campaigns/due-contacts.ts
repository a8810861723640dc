import { inArray, sql } from 'drizzle-orm';
import { contacts } from '../crm/contacts.table.ts';
import type { Queryable, Transaction } from '../database/connect.ts';
import { isOpen, nextOpening } from './call-window.ts';
import type { CampaignRow } from './campaigns.table.ts';
import { storedZones, zonesOf } from './contact-zones.ts';
import { clocksFor, windowOf } from './zone-window.ts';

/** A due contact, locked, with what its contact says at this moment (locked too: a mark set meanwhile waits or was seen). */
export interface DueContact {
  id: string;
  contactId: string;
  zones: string;
  attempts: number;
  fromNumberId: string | null;
  outcome: string | null;
  phone: string | null;
  doNotCall: boolean;
  timezone: string | null;
}

const BATCH = 1_000;

/** Makes those due whose time has come. @returns how many. */
export async function promoteDue(on: Queryable, campaignId: string, now: Date): Promise<number> {
  const { rowCount } = await on.execute(sql`
    update campaign_contacts set next_attempt_at = null
    where id in (
      select id from campaign_contacts
      where campaign_id = ${campaignId} and status = 'pending' and next_attempt_at <= ${now.toISOString()}::timestamptz
      order by next_attempt_at limit ${BATCH} for update skip locked)`);
  return rowCount ?? 0;
}

/** Finds out where contacts are of whom it is not known (any more). */
async function fillZones(tx: Transaction, campaignId: string): Promise<void> {
  const { rows } = await tx.execute<{ id: string; phone: string | null; timezone: string | null }>(sql`
    select cc.id, ct.phone, ct.timezone from campaign_contacts cc join contacts ct on ct.id = cc.contact_id
    where cc.campaign_id = ${campaignId} and cc.status = 'pending' and cc.next_attempt_at is null and cc.zones is null
    order by cc.priority desc nulls last, cc.created_at, cc.id limit ${BATCH} for update of cc skip locked`);
  if (rows.length === 0) return;
  const found = rows.map((row) => ({ id: row.id, zones: storedZones(zonesOf(row)) }));
  await tx.execute(sql`
    update campaign_contacts cc set zones = found.zones
    from json_to_recordset(${JSON.stringify(found)}::json) as found(id text, zones text) where cc.id = found.id`);
}

/** The places due contacts are in, by walking the index from one to the next: as many steps as places, whatever the number of contacts. */
async function placesOf(tx: Queryable, campaignId: string): Promise<string[]> {
  const first = sql`select zones from campaign_contacts
    where campaign_id = ${campaignId} and status = 'pending' and next_attempt_at is null`;
  const { rows } = await tx.execute<{ zones: string }>(sql`
    with recursive places(zones) as (
      (${first} and zones is not null order by zones limit 1)
      union all
      select (${first} and campaign_contacts.zones > places.zones order by campaign_contacts.zones limit 1) from places where places.zones is not null
    ) select zones from places where zones is not null`);
  return rows.map((row) => row.zones);
}

/** The first due contacts in calling order, wherever they are; not locked, for those who only look. */
export async function firstDueContacts(on: Queryable, campaignId: string, limit: number): Promise<{ contactId: string; zones: string }[]> {
  const places = await placesOf(on, campaignId);
  const { rows } = await on.execute<{ contact_id: string; zones: string }>(sql`
    select cc.contact_id, cc.zones
    from unnest(${sql.param(places)}::text[]) as place(zones)
    cross join lateral (
      select contact_id, zones, priority, created_at, id from campaign_contacts
      where campaign_id = ${campaignId} and zones = place.zones and status = 'pending' and next_attempt_at is null
      order by priority desc nulls last, created_at, id limit ${limit}
    ) cc
    order by cc.priority desc, cc.created_at, cc.id limit ${limit}`);
  return rows.map((row) => ({ contactId: row.contact_id, zones: row.zones }));
}

/**
 * The next due contacts of a campaign whose window is open where they are, by priority, then age, locked. Those in places
 * where the window never opens are skipped on the way.
 */
export async function lockDueContacts(tx: Transaction, campaign: CampaignRow, now: Date, limit: number): Promise<DueContact[]> {
  await fillZones(tx, campaign.id);
  const window = windowOf(campaign);
  const places = (await placesOf(tx, campaign.id)).map((zones) => ({ zones, clocks: clocksFor(campaign, zones) }));
  const open = places.filter(({ clocks }) => isOpen(window, clocks, now));
  const never = places.filter((place) => !open.includes(place) && nextOpening(window, place.clocks, now) === null);
  if (never.length > 0) {
    await skipPlaces(
      tx,
      campaign.id,
      never.map(({ zones }) => zones),
    );
  }
  if (open.length === 0) return [];
  const { rows } = await tx.execute<Row>(sql`
    select cc.*
    from unnest(${sql.param(open.map(({ zones }) => zones))}::text[]) as place(zones)
    cross join lateral (
      select id, contact_id, zones, attempts, from_number_id, outcome, priority, created_at from campaign_contacts
      where campaign_id = ${campaign.id} and zones = place.zones and status = 'pending' and next_attempt_at is null
      order by priority desc nulls last, created_at, id limit ${limit} for update skip locked
    ) cc
    order by cc.priority desc, cc.created_at, cc.id limit ${limit}`);
  const people = await lockPeople(
    tx,
    rows.map((row) => row.contact_id),
  );
  return rows.flatMap((row) => {
    const person = people.get(row.contact_id);
    // Somebody changes the contact in this moment: what comes of it is seen at the next look.
    if (!person) return [];
    const { id, contact_id: contactId, zones, attempts, from_number_id: fromNumberId, outcome } = row;
    return [{ id, contactId, zones, attempts, fromNumberId, outcome, ...person }];
  });
}

type Row = Record<string, unknown> & {
  id: string;
  contact_id: string;
  zones: string;
  attempts: number;
  from_number_id: string | null;
  outcome: string | null;
};

/** By their keys, in a statement of its own: joined, a planner that guesses a limit wrong reads every contact there is. */
async function lockPeople(tx: Transaction, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, Pick<DueContact, 'phone' | 'doNotCall' | 'timezone'>>();
  const rows = await tx
    .select({ id: contacts.id, phone: contacts.phone, doNotCall: contacts.doNotCall, timezone: contacts.timezone })
    .from(contacts)
    .where(inArray(contacts.id, [...ids]))
    .for('share', { skipLocked: true });
  return new Map(rows.map(({ id, ...person }) => [id, person]));
}

async function skipPlaces(tx: Transaction, campaignId: string, places: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update campaign_contacts set status = 'skipped', skip_reason = 'no_common_window', updated_at = now()
    where id in (
      select id from campaign_contacts
      where campaign_id = ${campaignId} and zones = any(${sql.param(places)}::text[]) and status = 'pending' and next_attempt_at is null
      limit ${BATCH} for update skip locked)`);
}
