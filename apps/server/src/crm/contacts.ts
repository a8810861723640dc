import type { BodyOf, updateContact } from '@talkturo/contract';
import { isId } from '@talkturo/contract';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { type Database, databaseErrorCode, databaseErrorDetail, type Queryable, type Transaction } from '../database/connect.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import type { Caller } from '../http/caller.ts';
import { forgetAnswers } from '../http/idempotency.ts';
import { audit } from '../identity/audit.ts';
import { companies } from './companies.table.ts';
import { ownCompany } from './companies.ts';
import { columnsOf } from './contact-columns.ts';
import { createContactInsert, type NewContact } from './contact-insert.ts';
import { type ContactFilter, createContactList, type Page } from './contact-list.ts';
import { createContactLookup } from './contact-lookup.ts';
import { type ContactRow, contactSearchText, type NamedContact } from './contact-record.ts';
import { contacts } from './contacts.table.ts';
import { phoneTaken } from './crm.errors.ts';

export type { ContactRow, NamedContact };
export type Contacts = ReturnType<typeof createContacts>;

/** What campaigns do for contacts; they stand above and register themselves. */
export interface CampaignLink {
  /** Enrols a contact in the transaction that creates it. Throws 404, 403 or 409 as campaigns do. */
  enrol(tx: Transaction, caller: Caller, contact: ContactRow, campaignId: string, priority: number): Promise<void>;
  /** A query of the ids of the contacts enrolled in a campaign of the caller's. Throws 404 or 403. */
  enrolled(caller: Caller, campaignId: string): Promise<SQL>;
}

/** A person to be erased. */
export interface Person {
  accountId: string;
  contactId: string;
  /** E.164 */
  phones: readonly string[];
}
/**
 * Erases what a feature keeps of a person, before the contact itself goes. May run again after a failure.
 * @returns how many calls it erased
 */
export type EraseHook = (person: Person) => Promise<number>;

/** What can be done with contacts. Every method refuses what is not the caller's: 404 when it does not exist, 403 when it is another's. */
export function createContacts(db: Database) {
  const listContacts = createContactList(db);
  const insertContact = createContactInsert(db);
  const eraseHooks: EraseHook[] = [];
  let campaigns: CampaignLink = {
    enrol: () => Promise.reject(notFound('campaign')),
    enrolled: () => Promise.reject(notFound('campaign')),
  };

  return {
    /** @throws AppError 409 when another contact of the account has the phone number */
    async create(caller: Caller, wanted: NewContact): Promise<NamedContact> {
      try {
        if (wanted.campaignId === undefined && wanted.customFields === undefined) return await insertContact.alone(caller, wanted);
        return await db.transaction(async (tx) => {
          const created = await insertContact.within(tx, caller, wanted);
          if (wanted.campaignId !== undefined)
            await campaigns.enrol(tx, caller, created.row, wanted.campaignId, wanted.campaignPriority ?? 0);
          return created;
        });
      } catch (error) {
        throw await nameHolder(db, caller, error);
      }
    },

    get: (caller: Caller, id: string, on: Queryable = db): Promise<NamedContact> => own(on, caller, id),

    async list(caller: Caller, filter: Omit<ContactFilter, 'among'> & Page & { campaignId?: string | undefined }) {
      if (filter.companyId !== undefined) await ownCompany(db, caller, filter.companyId);
      const among = filter.campaignId === undefined ? undefined : await campaigns.enrolled(caller, filter.campaignId);
      return listContacts(caller.accountId, { ...filter, among }, filter);
    },

    async change(caller: Caller, id: string, changes: BodyOf<typeof updateContact>): Promise<NamedContact> {
      try {
        return await db.transaction(async (tx) => {
          const { row: before, companyName } = await own(tx, caller, id, true);
          const company = await ownCompany(tx, caller, changes.companyId ?? before.companyId);
          const values = await columnsOf(tx, changes, before, company);
          if (Object.keys(values).length === 0) return { row: before, companyName };
          const [row] = await tx
            .update(contacts)
            .set({ ...values, searchText: contactSearchText({ ...before, ...values }), updatedAt: sql`now()` })
            .where(eq(contacts.id, id))
            .returning();
          if (!row) throw notFound('contact');
          // Fields without their values: what is erased from a contact must not live on in the log.
          await audit(tx, caller, 'contact.updated', id, Object.fromEntries(Object.keys(values).map((field) => [field, {}])));
          return { row, companyName: company.name };
        });
      } catch (error) {
        throw await nameHolder(db, caller, error);
      }
    },

    async remove(caller: Caller, id: string): Promise<void> {
      await db.transaction(async (tx) => {
        await own(tx, caller, id, true);
        await tx.delete(contacts).where(eq(contacts.id, id));
        await audit(tx, caller, 'contact.deleted', id);
      });
    },

    /**
     * Removes a person with all that other features keep of them. The contact goes last, so that a failure on the way
     * leaves something to repeat the call on.
     * @returns how many calls were erased
     */
    async erase(caller: Caller, id: string): Promise<number> {
      const { row } = await own(db, caller, id);
      const phones = [row.phone, row.phoneSecondary].filter((phone) => phone !== null);
      let calls = 0;
      for (const erase of eraseHooks) calls += await erase({ accountId: row.accountId, contactId: id, phones });
      await db.transaction(async (tx) => {
        await tx.delete(contacts).where(eq(contacts.id, id));
        await forgetAnswers(tx, caller.accountId, id);
        await audit(tx, caller, 'contact.erased', id, { calls: { to: calls } });
      });
      return calls;
    },

    whenErased(hook: EraseHook): void {
      eraseHooks.push(hook);
    },
    linkCampaigns(link: CampaignLink): void {
      campaigns = link;
    },
    ...createContactLookup(db),
  };
}

/** The contact if it exists and is the caller's: 404, 403. */
async function own(on: Queryable, caller: Caller, id: string, lock = false): Promise<NamedContact> {
  if (!isId('cont', id)) throw notFound('contact');
  const query = on
    .select({ row: contacts, companyName: companies.name })
    .from(contacts)
    .innerJoin(companies, eq(companies.id, contacts.companyId))
    .where(eq(contacts.id, id))
    .limit(1);
  const [found] = await (lock ? query.for('update', { of: contacts }) : query);
  if (!found) throw notFound('contact');
  if (found.row.accountId !== caller.accountId) throw forbidden();
  return found;
}

/** A phone number that is taken becomes a 409 that names who has it; other errors stay what they are. */
async function nameHolder(db: Database, caller: Caller, error: unknown): Promise<unknown> {
  if (databaseErrorCode(error) !== '23505') return error;
  const phone = /\(account_id, phone\)=\([^,]+, ([^)]+)\)/.exec(databaseErrorDetail(error) ?? '')?.[1];
  if (!phone) return error;
  const [holder] = await db
    .select()
    .from(contacts)
    .where(and(eq(contacts.accountId, caller.accountId), eq(contacts.phone, phone)))
    .limit(1);
  return holder ? phoneTaken(phone, holder) : error;
}
