import type { NumberOrder, OrderState } from '@talkturo/carriers';
import { and, eq } from 'drizzle-orm';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { lockedAccount } from '../billing/plans.ts';
import { type Database, databaseErrorCode } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import type { AppError } from '../http/app-error.ts';
import type { Caller } from '../http/caller.ts';
import { audit } from '../identity/audit.ts';
import { alreadyBought, alreadyYours, carrierFailed, limitReached, notOffered, outcomeUnknown } from './phone-numbers.errors.ts';
import { type PhoneNumberRow, phoneNumbers } from './phone-numbers.table.ts';
import { outcomeIsOpen, type Seller, type Suppliers } from './suppliers.ts';
import { isHeld, mayBuy, usageOf } from './usage.ts';

/** What a purchase stands on; time is passed in. */
export interface PurchaseGround {
  db: Database;
  suppliers: Suppliers;
  now(): Date;
  wait(ms: number): Promise<unknown>;
}

/** What a buyer may say beside the number. */
export interface PurchaseWishes {
  /** The carrier's connection that the number's calls arrive on. */
  connectionId?: string | undefined;
  /** The carrier to buy from. */
  provider?: string | undefined;
}

const DAY_MS = 86_400_000;
const UNIQUE_VIOLATION = '23505';
/** How long who buys waits for the carrier to finish, in steps: about seven seconds. Afterwards the upkeep goes on asking. */
const LOOKS_MS = [250, 500, 1_000, 2_000, 3_000];
/** An order that the carrier does not know after this long was never taken: requests themselves end after seconds. */
export const GIVE_UP_MS = 30 * 60_000;

/**
 * Buying: a row first, which holds the number and its place in the plan, then one order under the row's id, then the row follows what the
 * carrier says. An order is never sent twice for a row; a lost answer is resolved by asking for the order.
 */
export function createPurchases({ db, suppliers, now, wait }: PurchaseGround) {
  /** Two purchases of an account pass here one after the other; the same number for two accounts ends at the index. */
  async function reserve(caller: Caller, phoneNumber: string, seller: Seller, connectionId?: string): Promise<PhoneNumberRow> {
    return db.transaction(async (tx) => {
      const account = await lockedAccount(tx, caller.accountId);
      const usage = await usageOf(tx, account);
      // First the number: the insert fails where somebody holds it, and that is the better thing to say.
      const [row] = await tx
        .insert(phoneNumbers)
        .values({
          id: newId('pn'),
          accountId: account.id,
          phoneNumber,
          provider: seller.supplier.id,
          ownCarrier: seller.own,
          connectionId: connectionId ?? null,
          status: 'pending',
          isTrial: usage.plan.trialDays !== null,
          boughtAsTrial: usage.plan.trialDays !== null,
          createdBy: caller.userId,
          createdAt: now(),
        })
        .returning();
      if (!mayBuy(usage)) throw limitReached(usage.plan, usage.held);
      if (!row) throw new Error('the phone number was not stored');
      await audit(tx, caller, 'phone_number.ordered', row.id, { phone_number: { to: phoneNumber } });
      return row;
    });
  }

  async function heldAlready(caller: Caller, phoneNumber: string): Promise<AppError> {
    const own = and(eq(phoneNumbers.phoneNumber, phoneNumber), eq(phoneNumbers.accountId, caller.accountId), isHeld);
    const [row] = await db.select().from(phoneNumbers).where(own);
    return row ? alreadyYours(row) : alreadyBought(phoneNumber);
  }

  /** Waits a little for the carrier, which often needs a moment to deliver. */
  async function watch(row: PhoneNumberRow, first: OrderState | 'unknown'): Promise<OrderState | 'unknown'> {
    let state = first;
    for (const ms of LOOKS_MS) {
      // Papers are not handed in within seconds.
      if (state !== 'unknown' && (state.state !== 'pending' || state.papersMissing)) break;
      await wait(ms);
      const found = await ask(row).catch((): OrderState => ({ state: 'none' }));
      // Not to be found yet says nothing: the order may be on its way.
      if (found.state !== 'none') state = found;
    }
    return state;
  }

  const ask = (row: PhoneNumberRow): Promise<OrderState> => suppliers.of(row).then((supplier) => supplier.find(orderOf(row)));

  /** Lets the row follow the carrier, once: whoever comes second finds it done. @returns the row as it stands now. */
  async function follow(row: PhoneNumberRow, state: OrderState, at: Date): Promise<PhoneNumberRow> {
    const pending = and(eq(phoneNumbers.id, row.id), eq(phoneNumbers.status, 'pending'));
    if (state.state === 'active') {
      await db.transaction(async (tx) => {
        const account = await lockedAccount(tx, row.accountId);
        const { plan } = await usageOf(tx, account);
        // A plan changed while the order ran decides: what was bought on trial may be an ordinary number by now.
        const trialDays = row.boughtAsTrial ? plan.trialDays : null;
        await tx
          .update(phoneNumbers)
          .set({
            status: 'active',
            providerNumberId: state.numberId,
            papersMissing: false,
            isTrial: trialDays !== null,
            trialExpiresAt: trialDays === null ? null : new Date(at.getTime() + trialDays * DAY_MS),
          })
          .where(pending);
      });
    } else if (state.state === 'pending') {
      const papersMissing = state.papersMissing === true;
      if (papersMissing !== row.papersMissing) await db.update(phoneNumbers).set({ papersMissing }).where(pending);
    } else if (state.state !== 'none' || at.getTime() - row.createdAt.getTime() > GIVE_UP_MS) {
      await db.update(phoneNumbers).set({ status: 'failed', papersMissing: false }).where(pending);
    }
    const [current] = await db.select().from(phoneNumbers).where(eq(phoneNumbers.id, row.id));
    return current ?? row;
  }

  return {
    /**
     * Buys a number. @returns its row: `active`, or `pending` where the carrier took the order and still works on it.
     * @throws AppError 400 for a carrier that sells nothing here, 403 past the plan's limit, 404 not offered, 409 already bought, 503 where the carrier failed or said nothing.
     */
    async buy(caller: Caller, phoneNumber: string, { connectionId, provider }: PurchaseWishes): Promise<PhoneNumberRow> {
      const seller = await suppliers.seller(caller.accountId, provider);
      // Nobody can offer what is no number of any country's plan.
      if (!parsePhoneNumberFromString(phoneNumber)?.isPossible()) throw notOffered(phoneNumber);
      const row = await reserve(caller, phoneNumber, seller, connectionId).catch(async (error: unknown) => {
        throw databaseErrorCode(error) === UNIQUE_VIOLATION ? await heldAlready(caller, phoneNumber) : error;
      });
      const first = await seller.supplier.order(orderOf(row)).catch(async (error: unknown) => {
        if (outcomeIsOpen(error)) return 'unknown' as const;
        await follow(row, { state: 'failed' }, now());
        throw carrierFailed(error, seller.own);
      });
      const state = await watch(row, first);
      if (state === 'unknown') throw outcomeUnknown(row.id);
      const bought = await follow(row, state, now());
      if (bought.status === 'failed') throw notOffered(phoneNumber);
      return bought;
    },

    /**
     * Withdraws an order that waits for papers: nobody has to wait until its carrier gives it up. @returns whether nothing is bought any more
     * @throws AppError 503 where the carrier failed
     */
    async withdraw(caller: Caller, row: PhoneNumberRow): Promise<boolean> {
      if (row.status !== 'pending' || !row.papersMissing) return false;
      const state = await (async () => {
        await (await suppliers.of(row)).cancel?.(orderOf(row));
        return ask(row);
      })().catch((error: unknown) => {
        throw carrierFailed(error, row.ownCarrier);
      });
      const { status } = await follow(row, state, now());
      if (status !== 'failed') return false;
      await db.transaction((tx) => audit(tx, caller, 'phone_number.released', row.id, { status: { from: row.status, to: status } }));
      return true;
    },

    /** Asks the carrier about a purchase that was left open, by a crash or a lost answer. */
    async resume(row: PhoneNumberRow): Promise<PhoneNumberRow> {
      return follow(row, await ask(row), now());
    },
  };
}

function orderOf(row: PhoneNumberRow): NumberOrder {
  return {
    phoneNumber: row.phoneNumber,
    countryCode: parsePhoneNumberFromString(row.phoneNumber)?.country,
    customerReference: row.id,
    connectionId: row.connectionId ?? undefined,
  };
}
