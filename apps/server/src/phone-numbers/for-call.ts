import { and, asc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../database/connect.ts';
import type { Caller } from '../http/caller.ts';
import { notUsable } from './phone-numbers.errors.ts';
import { type PhoneNumberRow, phoneNumbers } from './phone-numbers.table.ts';
import { ownNumber } from './releases.ts';
import { statusAt } from './trials.ts';
import { isHeld } from './usage.ts';

export type CallableNumber = Pick<PhoneNumberRow, 'id' | 'accountId' | 'phoneNumber' | 'provider' | 'assistantId'>;

const callable = {
  id: phoneNumbers.id,
  accountId: phoneNumbers.accountId,
  phoneNumber: phoneNumbers.phoneNumber,
  provider: phoneNumbers.provider,
  assistantId: phoneNumbers.assistantId,
};

/** What calls ask about numbers. Only numbers that are active, and not past their trial, take and place calls. */
export function createForCall(db: Database, now: () => Date) {
  const usable = () =>
    and(eq(phoneNumbers.status, 'active'), or(isNull(phoneNumbers.trialExpiresAt), gt(phoneNumbers.trialExpiresAt, now())));

  return {
    /** Whose number was called, and which assistant answers there (null: none). Null when it is nobody's or takes no calls. */
    async byCalledNumber(phoneNumber: string): Promise<CallableNumber | null> {
      const [row] = await db
        .select(callable)
        .from(phoneNumbers)
        .where(and(eq(phoneNumbers.phoneNumber, phoneNumber), usable()));
      return row ?? null;
    },

    /**
     * The number to call from: the one asked for, else the assistant's first, else the account's oldest; null when there is none.
     * @throws AppError for a number that was asked for: 404 unknown, 403 another account's, 409 when it places no calls.
     */
    async fromNumber(
      caller: Pick<Caller, 'accountId'>,
      wanted: { assistantId?: string | undefined; fromNumberId?: string | undefined },
    ): Promise<CallableNumber | null> {
      if (wanted.fromNumberId !== undefined) {
        const row = await ownNumber(db, caller, wanted.fromNumberId);
        const status = statusAt(row, now());
        if (status !== 'active') throw notUsable(row.phoneNumber, status);
        return row;
      }
      const ofAssistant = wanted.assistantId === undefined ? sql`false` : eq(phoneNumbers.assistantId, wanted.assistantId);
      const [row] = await db
        .select(callable)
        .from(phoneNumbers)
        .where(and(eq(phoneNumbers.accountId, caller.accountId), usable()))
        // A number of another assistant is only taken when nothing else is there.
        .orderBy(
          sql`case when ${ofAssistant} then 0 when ${phoneNumbers.assistantId} is null then 1 else 2 end`,
          sql`case when ${ofAssistant} then ${phoneNumbers.assistantPosition} end`,
          asc(phoneNumbers.createdAt),
          asc(phoneNumbers.id),
        )
        .limit(1);
      return row ?? null;
    },

    /** The numbers an assistant may call from, its first one first. */
    async ofAssistant(assistantId: string): Promise<CallableNumber[]> {
      return db
        .select(callable)
        .from(phoneNumbers)
        .where(and(eq(phoneNumbers.assistantId, assistantId), usable()))
        .orderBy(asc(phoneNumbers.assistantPosition), asc(phoneNumbers.id));
    },

    /** Whose own access to a carrier the number was bought with, and calls from it leave by; null: the server's. */
    async ownerOfCarrier(phoneNumber: string): Promise<string | null> {
      const [row] = await db
        .select({ accountId: phoneNumbers.accountId, own: phoneNumbers.ownCarrier })
        .from(phoneNumbers)
        .where(and(eq(phoneNumbers.phoneNumber, phoneNumber), isHeld));
      return row?.own ? row.accountId : null;
    },

    /**
     * The account's numbers that were bought with its own access to a carrier, by the references they were ordered with. Without those whose
     * buyer named a connection: that one keeps their calls.
     */
    async ofOwnCarrier(accountId: string, provider: string): Promise<ReadonlySet<string>> {
      const own = and(
        eq(phoneNumbers.accountId, accountId),
        eq(phoneNumbers.provider, provider),
        eq(phoneNumbers.ownCarrier, true),
        isNull(phoneNumbers.connectionId),
        isHeld,
      );
      const rows = await db.select({ id: phoneNumbers.id }).from(phoneNumbers).where(own);
      return new Set(rows.map(({ id }) => id));
    },

    /**
     * Writes down which numbers of the account's own access to a carrier are on the account there, and which are not, as after a change to
     * the key of another one. @param held all that are, E.164. @param since numbers that are newer are left as they are. @returns those that are not
     */
    async noteHeld(accountId: string, provider: string, held: readonly string[], since: Date): Promise<string[]> {
      const own = and(
        eq(phoneNumbers.accountId, accountId),
        eq(phoneNumbers.provider, provider),
        eq(phoneNumbers.ownCarrier, true),
        inArray(phoneNumbers.status, ['active', 'expired']),
        lt(phoneNumbers.createdAt, since),
      );
      const rows = await db
        .update(phoneNumbers)
        .set({ offAccount: sql`not (${phoneNumbers.phoneNumber} = any(${sql.param(held)}::text[]))` })
        .where(own)
        .returning({ phoneNumber: phoneNumbers.phoneNumber, off: phoneNumbers.offAccount });
      return rows.filter(({ off }) => off).map(({ phoneNumber }) => phoneNumber);
    },

    /** Whether somebody here holds the number: then it is no person of the built-in network. */
    async isBought(phoneNumber: string): Promise<boolean> {
      const [row] = await db
        .select({ id: phoneNumbers.id })
        .from(phoneNumbers)
        .where(and(eq(phoneNumbers.phoneNumber, phoneNumber), isHeld));
      return row !== undefined;
    },
  };
}
