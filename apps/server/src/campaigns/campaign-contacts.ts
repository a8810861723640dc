import type { addCampaignContacts, BodyOf, CampaignContact, listCampaignContacts, QueryOf, SkipReason } from '@talkturo/contract';
import { and, desc, eq, inArray, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { contacts as contactsTable } from '../crm/contacts.table.ts';
import type { CampaignLink, Person } from '../crm/contacts.ts';
import type { Database } from '../database/connect.ts';
import type { Caller } from '../http/caller.ts';
import { audit } from '../identity/audit.ts';
import { campaignAttempts } from './campaign-attempts.table.ts';
import { type CampaignContactRow, campaignContacts } from './campaign-contacts.table.ts';
import { figuresOf } from './campaign-figures.ts';
import { campaignNotFound, campaignOver } from './campaigns.errors.ts';
import type { CampaignRow } from './campaigns.table.ts';
import { type Campaigns, isOver, noteChange } from './campaigns.ts';
import { type Enrolled, enrol } from './enrolment.ts';

export type CampaignContacts = ReturnType<typeof createCampaignContacts>;

/** Who is in a campaign. */
export function createCampaignContacts(db: Database, campaigns: Campaigns) {
  /** The campaign, kept from ending until the transaction does. @throws 409 when it is over. */
  async function open(caller: Caller, id: string, tx: Parameters<typeof campaigns.own>[2]): Promise<CampaignRow> {
    const row = await campaigns.own(caller, id, tx, 'share');
    if (row.deletedAt) throw campaignNotFound();
    if (isOver(row.status)) throw campaignOver(row.status);
    return row;
  }

  const link: CampaignLink = {
    async enrol(tx, caller, contact, campaignId, priority) {
      await open(caller, campaignId, tx);
      await enrol(tx, campaignId, [contact], priority);
      await noteChange(tx, campaignId);
    },
    async enrolled(caller, campaignId): Promise<SQL> {
      const campaign = await campaigns.own(caller, campaignId);
      return sql`select contact_id from campaign_contacts where campaign_id = ${campaign.id}`;
    },
  };

  return {
    /** What contacts ask of campaigns. */
    link,

    /** The attempts stay for the figures; whom they called is forgotten. Calls erase their own part. */
    async erasePerson({ contactId }: Person): Promise<number> {
      await db.update(campaignAttempts).set({ toNumber: null }).where(eq(campaignAttempts.contactId, contactId));
      return 0;
    },

    async list(caller: Caller, campaignId: string, query: QueryOf<typeof listCampaignContacts>) {
      const campaign = await campaigns.own(caller, campaignId);
      const { limit, offset, status, outcome } = query;
      const where = and(
        eq(campaignContacts.campaignId, campaign.id),
        status ? statusIs(status, campaign) : undefined,
        outcome ? eq(campaignContacts.outcome, outcome) : undefined,
      );
      const rows = await db
        .select({ row: campaignContacts, contact: contactsTable })
        .from(campaignContacts)
        .innerJoin(contactsTable, eq(contactsTable.id, campaignContacts.contactId))
        .where(where)
        .orderBy(desc(campaignContacts.createdAt), desc(campaignContacts.id))
        .limit(limit)
        .offset(offset);
      const count =
        status || outcome ? await db.$count(campaignContacts, where) : (await figuresOf(db, [campaign.id])).get(campaign.id)!.total;
      return { contacts: rows.map(({ row, contact }) => recordOf(row, contact, campaign)), count, limit, offset };
    },

    async add(caller: Caller, campaignId: string, body: BodyOf<typeof addCampaignContacts>): Promise<Enrolled & { row: CampaignRow }> {
      return db.transaction(async (tx) => {
        const row = await open(caller, campaignId, tx);
        const enrolled = body.contactIds
          ? await enrol(tx, row.id, await campaigns.ownContacts(tx, caller, body.contactIds), body.priority)
          : await campaigns.enrolCompany(tx, row, body.priority);
        await audit(tx, caller, 'campaign.contacts_added', row.id, { added: { to: enrolled.added } });
        await noteChange(tx, row.id);
        return { ...enrolled, row: await campaigns.own(caller, row.id, tx) };
      });
    },

    async remove(
      caller: Caller,
      campaignId: string,
      contactIds: readonly string[],
    ): Promise<{ removed: number; calling: number; row: CampaignRow }> {
      return db.transaction(async (tx) => {
        const row = await open(caller, campaignId, tx);
        const named = and(eq(campaignContacts.campaignId, row.id), inArray(campaignContacts.contactId, [...contactIds]));
        const { rowCount } = await tx.delete(campaignContacts).where(and(named, ne(campaignContacts.status, 'calling')));
        const calling = await tx.$count(campaignContacts, named);
        await audit(tx, caller, 'campaign.contacts_removed', row.id, { removed: { to: rowCount } });
        await noteChange(tx, row.id);
        return { removed: rowCount ?? 0, calling, row };
      });
    },
  };
}

/** Only while a campaign runs does a due contact wait for a line. */
function statusIs(status: CampaignContact['status'], campaign: CampaignRow): SQL | undefined {
  const pending = eq(campaignContacts.status, 'pending');
  if (status === 'queued') return campaign.status === 'running' ? and(pending, isNull(campaignContacts.nextAttemptAt)) : sql`false`;
  if (status === 'pending') return campaign.status === 'running' ? and(pending, isNotNull(campaignContacts.nextAttemptAt)) : pending;
  return eq(campaignContacts.status, status);
}

function recordOf(row: CampaignContactRow, contact: typeof contactsTable.$inferSelect, campaign: CampaignRow): CampaignContact {
  const due = row.status === 'pending' && row.nextAttemptAt === null;
  return {
    id: row.id,
    campaign_id: row.campaignId,
    contact_id: row.contactId,
    first_name: contact.firstName,
    last_name: contact.lastName,
    phone: contact.phone,
    status: due && campaign.status === 'running' ? 'queued' : row.status,
    outcome: row.outcome as CampaignContact['outcome'],
    skip_reason: row.skipReason as SkipReason | null,
    attempts: row.attempts,
    priority: row.priority,
    next_attempt_at: row.nextAttemptAt?.toISOString() ?? null,
    last_attempt_at: row.lastAttemptAt?.toISOString() ?? null,
    last_call_id: row.lastCallId,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
