import { setTimeout as pause } from 'node:timers/promises';
import type { CarrierId, OfferedNumber } from '@talkturo/carriers';
import type { NumberFilters } from '@talkturo/contract';
import { and, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Logger } from 'pino';
import { assistants as assistantsTable } from '../assistants/assistants.table.ts';
import type { Assistants } from '../assistants/assistants.ts';
import type { Database } from '../database/connect.ts';
import type { Caller } from '../http/caller.ts';
import { users } from '../identity/users.table.ts';
import { assignNumbers, unassignAll } from './assignments.ts';
import { createForCall } from './for-call.ts';
import { carrierFailed } from './phone-numbers.errors.ts';
import { type PhoneNumberRow, phoneNumbers } from './phone-numbers.table.ts';
import { createPurchases, type PurchaseWishes } from './purchases.ts';
import { createReleases, ownNumber } from './releases.ts';
import type { Suppliers } from './suppliers.ts';
import { dropOldTrials, expireTrials, statusAt } from './trials.ts';
import { eligibilityOf, isHeld } from './usage.ts';

export { createSuppliers, type OwnSuppliers, type Suppliers } from './suppliers.ts';
export { keepTrials } from './trials.ts';
export { eligibilityOf } from './usage.ts';

/** A number with what the list shows beside it. */
export interface ListedNumber {
  row: PhoneNumberRow;
  /** What it is now: an active one whose trial has just ended is `expired`. */
  status: string;
  assistantName: string | null;
  /** Who bought it, where that is known. */
  buyerEmail: string | null;
  buyerName: string | null;
}

export interface PhoneNumbersGround {
  db: Database;
  assistants: Pick<Assistants, 'whenRemoved'>;
  suppliers: Suppliers;
  logger: Logger;
  now?: () => Date;
  wait?: (ms: number) => Promise<unknown>;
}

export type PhoneNumbers = ReturnType<typeof createPhoneNumbers>;

/** As many open purchases and releases as one round of the upkeep takes on. */
const ROUND = 200;

/** How many times what is wanted a search looks through for free numbers. */
const MOST_ASKED = 20;

/** What can be done with phone numbers. */
export function createPhoneNumbers({
  db,
  assistants,
  suppliers,
  logger,
  now = () => new Date(),
  wait = (ms) => pause(ms),
}: PhoneNumbersGround) {
  const purchases = createPurchases({ db, suppliers, now, wait });
  const releases = createReleases({ db, suppliers, logger });
  assistants.whenRemoved(unassignAll);

  const listed = (where: ReturnType<typeof and>) =>
    db
      .select({ row: phoneNumbers, assistantName: assistantsTable.name, buyerEmail: users.email, buyerName: users.name })
      .from(phoneNumbers)
      .leftJoin(assistantsTable, eq(assistantsTable.id, phoneNumbers.assistantId))
      .leftJoin(users, eq(users.id, phoneNumbers.createdBy))
      .where(where)
      .orderBy(desc(phoneNumbers.createdAt), desc(phoneNumbers.id))
      .then((rows) => rows.map((found): ListedNumber => ({ ...found, status: statusAt(found.row, now()) })));

  async function get(caller: Caller, id: string): Promise<ListedNumber> {
    const { id: own } = await ownNumber(db, caller, id);
    const [found] = await listed(eq(phoneNumbers.id, own));
    if (!found) throw new Error(`phone number ${own} is gone`);
    return found;
  }

  return {
    /** How much of its plan the account uses. */
    eligibility: (caller: Caller) => eligibilityOf(db, caller.accountId),

    /** Who sells numbers to the account, the one that does where none is named first. */
    sellers: ({ accountId }: Pick<Caller, 'accountId'>) => suppliers.sellers(accountId),

    /** Numbers on sale that nobody here holds. */
    async search(
      caller: Pick<Caller, 'accountId'>,
      filters: NumberFilters,
      provider?: string,
    ): Promise<{ numbers: OfferedNumber[]; provider: CarrierId }> {
      const { supplier: seller, own } = await suppliers.seller(caller.accountId, provider);
      // The built-in network does not know what is sold: ask for more until enough are free.
      for (let asked = filters.limit; ; asked += filters.limit) {
        const offered = await seller.search({ ...filters, limit: asked }).catch((error: unknown) => {
          throw carrierFailed(error, own);
        });
        const held = await heldAmong(
          db,
          offered.map((number) => number.phoneNumber),
        );
        const free = offered.filter((number) => !held.has(number.phoneNumber));
        if (free.length >= filters.limit || offered.length < asked || asked >= MOST_ASKED * filters.limit) {
          return { numbers: free.slice(0, filters.limit), provider: seller.id };
        }
      }
    },

    /** @see createPurchases */
    async purchase(caller: Caller, phoneNumber: string, wishes: PurchaseWishes = {}) {
      const row = await purchases.buy(caller, phoneNumber, wishes);
      return { row, eligibility: await eligibilityOf(db, caller.accountId) };
    },

    /** Every number the account holds, newest first. */
    list: (caller: Pick<Caller, 'accountId'>): Promise<ListedNumber[]> => listed(and(eq(phoneNumbers.accountId, caller.accountId), isHeld)),

    get,

    async release(caller: Caller, id: string): Promise<ListedNumber> {
      const withdrawn = await purchases.withdraw(caller, await ownNumber(db, caller, id));
      if (!withdrawn) await releases.release(caller, id, now());
      return get(caller, id);
    },

    assign: (caller: Caller, assistantId: string, ids: readonly string[]): Promise<void> =>
      assignNumbers(db, caller, assistantId, ids, now()),

    /** Writes down which trials are over at a moment. @returns how many. */
    expireTrials: (at: Date): Promise<number> => expireTrials(db, at),

    /**
     * Finishes what was left open by a crash, a lost answer or a slow carrier, and ends trials. Safe on several nodes at once.
     * A failure with one number does not keep the others waiting.
     */
    async upkeep(): Promise<void> {
      await expireTrials(db, now());
      await dropOldTrials(db, now());
      const open = await db
        .select()
        .from(phoneNumbers)
        .where(or(eq(phoneNumbers.status, 'pending'), and(eq(phoneNumbers.status, 'released'), isNull(phoneNumbers.givenBackAt))))
        .orderBy(phoneNumbers.createdAt)
        .limit(ROUND);
      for (const row of open) {
        const work = row.status === 'pending' ? purchases.resume(row) : releases.giveBack(row, now());
        await work.catch((error: unknown) => logger.warn({ err: error, phoneNumberId: row.id }, 'upkeep of a phone number failed'));
      }
    },

    /** What calls ask about numbers. */
    forCall: createForCall(db, now),
  };
}

async function heldAmong(db: Database, numbers: string[]): Promise<ReadonlySet<string>> {
  if (numbers.length === 0) return new Set();
  const rows = await db
    .select({ phoneNumber: phoneNumbers.phoneNumber })
    .from(phoneNumbers)
    .where(
      and(
        inArray(phoneNumbers.phoneNumber, numbers),
        or(isHeld, and(eq(phoneNumbers.status, 'released'), isNull(phoneNumbers.givenBackAt))),
      ),
    );
  return new Set(rows.map((row) => row.phoneNumber));
}
