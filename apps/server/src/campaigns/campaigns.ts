import type { BodyOf, createCampaign, listCampaigns, QueryOf, RunAction, updateCampaign } from '@talkturo/contract';
import { isId } from '@talkturo/contract';
import { and, count, desc, eq, ilike, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Assistants } from '../assistants/assistants.ts';
import { ownCompany } from '../crm/companies.ts';
import type { Contacts } from '../crm/contacts.ts';
import type { Database, Queryable, Transaction } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import { likePart } from '../database/like.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import { type Caller, sameAccount } from '../http/caller.ts';
import { type IfMatch, requireMatch } from '../http/etag.ts';
import { audit } from '../identity/audit.ts';
import { phoneNumbers } from '../phone-numbers/phone-numbers.table.ts';
import { figuresOf } from './campaign-figures.ts';
import { etagOf } from './campaign-record.ts';
import { changedSettings, newSettings } from './campaign-settings.ts';
import { campaignNotFound, notDeletable, notReady, settingsLocked, unknownContacts, wrongTransition } from './campaigns.errors.ts';
import { type CampaignRow, campaigns } from './campaigns.table.ts';
import { type Enrolled, enrol } from './enrolment.ts';
import { readinessOf } from './readiness.ts';
import { skipOpenContacts } from './stopping.ts';

/** Whoever dials or shows figures listens here; the payload is the campaign's id. */
export const CAMPAIGNS_CHANNEL = 'talkturo_campaigns';

export interface CampaignsGround {
  db: Database;
  assistants: Assistants;
  contacts: Contacts;
  /** The built-in network lends a caller id to those without a number. */
  lendsNumbers: boolean;
  now?: () => Date;
}

export type Campaigns = ReturnType<typeof createCampaigns>;

/** A company with more contacts is not added within the request. */
const ENROLLED_AT_ONCE = 5_000;

const OVER: readonly string[] = ['completed', 'cancelled'];
export const isOver = (status: string): boolean => OVER.includes(status);

/** From which statuses an action leads where. `start` of a draft may be for later. */
const TRANSITIONS: Record<RunAction, { from: readonly string[]; to: CampaignRow['status'] }> = {
  start: { from: ['draft', 'scheduled'], to: 'running' },
  pause: { from: ['running', 'scheduled'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  stop: { from: ['scheduled', 'running', 'paused'], to: 'cancelled' },
};

export const noteChange = (on: Queryable, campaignId: string) => on.execute(sql`select pg_notify(${CAMPAIGNS_CHANNEL}, ${campaignId})`);

/** What can be done with campaigns. Every method refuses what is not the caller's: 404 when it does not exist, 403 when it is another's. */
export function createCampaigns({ db, assistants, contacts, lendsNumbers, now = () => new Date() }: CampaignsGround) {
  /** @param lock `update` to change it, `share` to keep its status as it is meanwhile. */
  async function own(caller: Caller, id: string, on: Queryable = db, lock?: 'update' | 'share'): Promise<CampaignRow> {
    if (!isId('camp', id)) throw campaignNotFound();
    const query = on.select().from(campaigns).where(eq(campaigns.id, id)).limit(1);
    const [row] = await (lock ? query.for(lock) : query);
    if (!row) throw campaignNotFound();
    if (row.accountId !== caller.accountId) throw forbidden();
    return row;
  }

  async function store(tx: Transaction, row: CampaignRow, set: Partial<CampaignRow>): Promise<CampaignRow> {
    const [stored] = await tx
      .update(campaigns)
      .set({ ...set, version: row.version + 1, updatedAt: now() })
      .where(eq(campaigns.id, row.id))
      .returning();
    if (!stored) throw campaignNotFound();
    await noteChange(tx, row.id);
    return stored;
  }

  async function checkNumbers(on: Queryable, caller: Caller, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = await on
      .select({ id: phoneNumbers.id, accountId: phoneNumbers.accountId })
      .from(phoneNumbers)
      .where(inArray(phoneNumbers.id, [...ids]));
    if (rows.length < ids.length) throw notFound('phone number');
    if (rows.some((row) => row.accountId !== caller.accountId)) throw forbidden();
  }

  /** The contacts of these ids. @throws 404 that names those the account does not have. */
  async function ownContacts(on: Queryable, caller: Caller, ids: readonly string[]) {
    const unique = [...new Set(ids)];
    const rows = await contacts.byIds(caller.accountId, unique, on);
    if (rows.length < unique.length) {
      const found = new Set(rows.map((row) => row.id));
      const missing = unique.filter((id) => !found.has(id));
      if (await contacts.find(missing[0]!, on)) throw forbidden();
      throw unknownContacts(missing);
    }
    return rows;
  }

  /** All of the company: at once where they are few, else bit by bit after this (company-enrolment.ts), begun anew where it goes on. */
  async function enrolCompany(tx: Transaction, campaign: CampaignRow, priority: number): Promise<Enrolled> {
    const few = await contacts.nextOfCompany(campaign.companyId, null, ENROLLED_AT_ONCE + 1, tx);
    if (few.length <= ENROLLED_AT_ONCE) return enrol(tx, campaign.id, few, priority);
    await tx.update(campaigns).set({ enrollingAfter: '', enrollingPriority: priority }).where(eq(campaigns.id, campaign.id));
    await noteChange(tx, campaign.id);
    return { added: 0, already: 0, skipped: 0 };
  }

  return {
    own,
    ownContacts,
    enrolCompany,

    async create(caller: Caller, body: BodyOf<typeof createCampaign>): Promise<CampaignRow> {
      sameAccount(caller, body);
      const settings = newSettings(body);
      return db.transaction(async (tx) => {
        await assistants.get(caller, body.assistantId);
        await ownCompany(tx, caller, body.companyId);
        await checkNumbers(tx, caller, body.fromNumberIds);
        const [row] = await tx
          .insert(campaigns)
          .values({ ...settings, id: newId('camp'), accountId: caller.accountId, createdAt: now(), updatedAt: now() })
          .returning();
        if (!row) throw new Error('the campaign was not stored');
        if ((body.audience ?? (body.contactIds ? 'selected' : 'all')) === 'all') await enrolCompany(tx, row, 0);
        else await enrol(tx, row.id, await ownContacts(tx, caller, body.contactIds ?? []), 0);
        await audit(tx, caller, 'campaign.created', row.id, { name: { to: row.name } });
        return own(caller, row.id, tx);
      });
    },

    get: (caller: Caller, id: string): Promise<CampaignRow> => own(caller, id),

    async list(caller: Caller, query: QueryOf<typeof listCampaigns>): Promise<{ rows: CampaignRow[]; count: number }> {
      sameAccount(caller, query);
      const { deleted, status, assistantId, search } = query;
      const where = and(
        eq(campaigns.accountId, caller.accountId),
        deleted === 'include' ? undefined : deleted === 'only' ? isNotNull(campaigns.deletedAt) : isNull(campaigns.deletedAt),
        status ? eq(campaigns.status, status) : undefined,
        assistantId ? eq(campaigns.assistantId, assistantId) : undefined,
        search ? ilike(campaigns.name, likePart(search)) : undefined,
      );
      const [rows, [total]] = await Promise.all([
        db
          .select()
          .from(campaigns)
          .where(where)
          .orderBy(desc(campaigns.createdAt), desc(campaigns.id))
          .limit(query.limit)
          .offset(query.offset),
        db.select({ count: count() }).from(campaigns).where(where),
      ]);
      return { rows, count: total?.count ?? 0 };
    },

    /** @throws AppError 409 for settings of a running or finished campaign, 412 when `ifMatch` names another version. */
    async change(caller: Caller, id: string, body: BodyOf<typeof updateCampaign>, ifMatch: IfMatch): Promise<CampaignRow> {
      const { name, description, ...settings } = body;
      return db.transaction(async (tx) => {
        const before = await own(caller, id, tx, 'update');
        if (before.deletedAt) throw campaignNotFound();
        requireMatch(ifMatch, etagOf(before));
        const columns = changedSettings(settings, before);
        if (Object.keys(columns).length > 0 && (before.status === 'running' || isOver(before.status))) throw settingsLocked(before.status);
        if (settings.assistantId !== undefined) await assistants.get(caller, settings.assistantId);
        if (settings.fromNumberIds) await checkNumbers(tx, caller, settings.fromNumberIds);
        const set = {
          ...columns,
          ...(name === undefined ? {} : { name }),
          ...(description === undefined ? {} : { description: description || null }),
        };
        if (Object.keys(set).length === 0) return before;
        await audit(tx, caller, 'campaign.updated', id, Object.fromEntries(Object.entries(set).map(([field, to]) => [field, { to }])));
        return store(tx, before, set);
      });
    },

    async remove(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
      await db.transaction(async (tx) => {
        const before = await own(caller, id, tx, 'update');
        requireMatch(ifMatch, etagOf(before));
        if (before.deletedAt) return;
        if (before.status !== 'draft' && !isOver(before.status)) throw notDeletable(before.status);
        await store(tx, before, { deletedAt: now() });
        await audit(tx, caller, 'campaign.deleted', id, { name: { from: before.name } });
      });
    },

    /** @throws AppError 409 when its status does not allow the action, or it could not dial. */
    async run(caller: Caller, id: string, action: RunAction): Promise<CampaignRow> {
      return db.transaction(async (tx) => {
        const before = await own(caller, id, tx, 'update');
        const { from, to } = TRANSITIONS[action];
        if (before.deletedAt) throw campaignNotFound();
        if (!from.includes(before.status)) throw wrongTransition(action, before.status);
        if (to === 'running') {
          const { problems } = await readinessOf(tx, before, now(), lendsNumbers);
          if (problems[0]) throw notReady(problems[0]);
          const figures = await figuresOf(tx, [id]);
          if (figures.get(id)?.total === 0 && !before.noAutoComplete && before.enrollingAfter === null)
            throw notReady('The campaign has no contacts yet: add some first.');
        }
        const later =
          action === 'start' && before.status === 'draft' && before.scheduledStartAt !== null && before.scheduledStartAt > now();
        const status = later ? 'scheduled' : to;
        const row = await store(tx, before, {
          status,
          problem: null,
          ...(status === 'running' ? { startedAt: before.startedAt ?? now() } : {}),
          ...(status === 'cancelled' ? { completedAt: now(), enrollingAfter: null } : {}),
        });
        if (status === 'cancelled') await skipOpenContacts(tx, id);
        await audit(tx, caller, `campaign.${action}`, id, { status: { from: before.status, to: status } });
        return row;
      });
    },
  };
}
