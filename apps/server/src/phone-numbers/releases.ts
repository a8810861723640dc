import { isId } from '@talkturo/contract';
import { and, eq, isNull } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database, Queryable } from '../database/connect.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import type { Caller } from '../http/caller.ts';
import { audit } from '../identity/audit.ts';
import { neverBought, stillPending } from './phone-numbers.errors.ts';
import { type PhoneNumberRow, phoneNumbers } from './phone-numbers.table.ts';
import type { Suppliers } from './suppliers.ts';

/** The number if it exists and is the caller's: 404 and 403 otherwise. */
export async function ownNumber(on: Queryable, caller: Pick<Caller, 'accountId'>, id: string, lock?: 'update'): Promise<PhoneNumberRow> {
  if (!isId('pn', id)) throw notFound('phone number');
  const query = on.select().from(phoneNumbers).where(eq(phoneNumbers.id, id));
  const [row] = await (lock ? query.for(lock) : query);
  if (!row) throw notFound('phone number');
  if (row.accountId !== caller.accountId) throw forbidden();
  return row;
}

/** Giving numbers back: the account loses it at once, the carrier is told then and, where that fails, again later. */
export function createReleases({ db, suppliers, logger }: { db: Database; suppliers: Suppliers; logger: Logger }) {
  async function giveBack(row: PhoneNumberRow, at: Date): Promise<void> {
    const { phoneNumber, providerNumberId } = row;
    if (providerNumberId !== null) await (await suppliers.of(row)).release({ phoneNumber, numberId: providerNumberId });
    await db
      .update(phoneNumbers)
      .set({ givenBackAt: at })
      .where(and(eq(phoneNumbers.id, row.id), isNull(phoneNumbers.givenBackAt)));
  }

  return {
    giveBack,

    /** @throws AppError 404, 403, or 409 for a number that is not bought yet or never was. */
    async release(caller: Caller, id: string, at: Date): Promise<void> {
      const released = await db.transaction(async (tx) => {
        const row = await ownNumber(tx, caller, id, 'update');
        if (row.status === 'released') return null;
        if (row.status === 'pending') throw stillPending(row.phoneNumber);
        if (row.status === 'failed') throw neverBought(row.phoneNumber);
        await tx
          .update(phoneNumbers)
          .set({ status: 'released', releasedAt: at, assistantId: null, assistantPosition: null })
          .where(eq(phoneNumbers.id, id));
        await audit(tx, caller, 'phone_number.released', id, { status: { from: row.status, to: 'released' } });
        return row;
      });
      if (!released) return;
      // The account has let go of it whatever the carrier says; the upkeep repeats what fails here.
      await giveBack(released, at).catch((error: unknown) =>
        logger.warn({ err: error, phoneNumberId: id }, 'giving a phone number back failed'),
      );
    },
  };
}
