import type { listOutboundAssistants, QueryOf } from '@talkturo/contract';
import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { assistants } from '../assistants/assistants.table.ts';
import type { Database } from '../database/connect.ts';
import { type Caller, sameAccount } from '../http/caller.ts';
import { phoneNumbers } from '../phone-numbers/phone-numbers.table.ts';

/** Assistants that may place calls, with the numbers they may call from; newest first. */
export async function outboundAssistants(db: Database, caller: Caller, query: QueryOf<typeof listOutboundAssistants>) {
  sameAccount(caller, query);
  const { limit, offset } = query;
  const where = and(eq(assistants.accountId, caller.accountId), eq(assistants.outboundEnabled, true), isNull(assistants.deletedAt));
  const rows = await db
    .select({ id: assistants.id, name: assistants.name, type: assistants.type })
    .from(assistants)
    .where(where)
    .orderBy(desc(assistants.createdAt), desc(assistants.id))
    .limit(limit)
    .offset(offset);
  const ids = rows.map((row) => row.id);
  const numbers =
    ids.length === 0
      ? []
      : await db
          .select({ id: phoneNumbers.id, phone_number: phoneNumbers.phoneNumber, assistantId: phoneNumbers.assistantId })
          .from(phoneNumbers)
          .where(and(inArray(phoneNumbers.assistantId, ids), eq(phoneNumbers.status, 'active')))
          .orderBy(asc(phoneNumbers.assistantPosition), asc(phoneNumbers.id));
  return {
    assistants: rows.map((row) => ({
      ...row,
      phone_numbers: numbers.filter(({ assistantId }) => assistantId === row.id).map(({ id, phone_number }) => ({ id, phone_number })),
    })),
    count: await db.$count(assistants, where),
    limit,
    offset,
  };
}
