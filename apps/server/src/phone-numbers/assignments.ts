import { isId } from '@talkturo/contract';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { assistants } from '../assistants/assistants.table.ts';
import { lockedAccount } from '../billing/plans.ts';
import type { Database, Queryable, Transaction } from '../database/connect.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import type { Caller } from '../http/caller.ts';
import { audit } from '../identity/audit.ts';
import { notUsable } from './phone-numbers.errors.ts';
import { phoneNumbers } from './phone-numbers.table.ts';
import { statusAt } from './trials.ts';

const FREE = { assistantId: null, assistantPosition: null };

/** Takes all numbers from an assistant. */
export async function unassignAll(on: Queryable, assistantId: string): Promise<void> {
  await on.update(phoneNumbers).set(FREE).where(eq(phoneNumbers.assistantId, assistantId));
}

/**
 * Replaces the numbers of an assistant, all or nothing. A number that another assistant had moves.
 * @throws AppError 404 for an unknown assistant or number, 403 for another account's, 409 for a number that is not active.
 */
export async function assignNumbers(db: Database, caller: Caller, assistantId: string, wanted: readonly string[], at: Date): Promise<void> {
  const ids = [...new Set(wanted)];
  await db.transaction(async (tx) => {
    // One change of assignments at a time in an account, so that two never lock each other's rows crosswise.
    await lockedAccount(tx, caller.accountId);
    await assertOwnAssistant(tx, caller, assistantId);
    const before = await tx.select({ id: phoneNumbers.id }).from(phoneNumbers).where(eq(phoneNumbers.assistantId, assistantId));
    await assertUsable(tx, caller, ids, at);
    await unassignAll(tx, assistantId);
    if (ids.length > 0) {
      const list = sql`array[${sql.join(
        ids.map((id) => sql`${id}`),
        sql`, `,
      )}]::text[]`;
      await tx
        .update(phoneNumbers)
        .set({ assistantId, assistantPosition: sql`array_position(${list}, ${phoneNumbers.id}) - 1` })
        .where(inArray(phoneNumbers.id, ids));
    }
    await audit(tx, caller, 'assistant.phone_numbers_assigned', assistantId, {
      phone_number_ids: { from: before.map((row) => row.id), to: ids },
    });
  });
}

async function assertOwnAssistant(tx: Transaction, caller: Caller, id: string): Promise<void> {
  if (!isId('asst', id)) throw notFound('assistant');
  const [assistant] = await tx
    .select({ accountId: assistants.accountId })
    .from(assistants)
    .where(and(eq(assistants.id, id), isNull(assistants.deletedAt)))
    // Shared, so that it is not deleted under our hands.
    .for('share');
  if (!assistant) throw notFound('assistant');
  if (assistant.accountId !== caller.accountId) throw forbidden();
}

async function assertUsable(tx: Transaction, caller: Caller, ids: readonly string[], at: Date): Promise<void> {
  const known = ids.filter((id) => isId('pn', id));
  const rows =
    known.length === 0
      ? []
      : await tx.select().from(phoneNumbers).where(inArray(phoneNumbers.id, known)).orderBy(asc(phoneNumbers.id)).for('update');
  const byId = new Map(rows.map((row) => [row.id, row]));
  const missing = ids.find((id) => !byId.has(id));
  if (missing !== undefined) throw notFound(`phone number as ${missing}`);
  if (rows.some((row) => row.accountId !== caller.accountId)) throw forbidden();
  for (const row of rows) if (statusAt(row, at) !== 'active') throw notUsable(row.phoneNumber, statusAt(row, at));
}
