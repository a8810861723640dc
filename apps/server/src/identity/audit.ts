import type { AuditAction, AuditRecord, listAuditLog, QueryOf } from '@talkturo/contract';
import { and, count, desc, eq, gte, lt } from 'drizzle-orm';
import type { Database, Queryable } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import type { Caller } from '../http/caller.ts';
import { auditLog } from './audit-log.table.ts';
import { users } from './users.table.ts';

/** Field → what it was and is. */
export type AuditChanges = Record<string, { from?: unknown; to?: unknown }>;

/** Longer texts (prompts) are cut: the log says that they changed, not all they ever were. */
const LONGEST = 300;

/**
 * Notes who changed what. Give it the transaction of the change, so that one never stands without the other.
 * @param action one of the contract's, to which a new one is added together with its name in the dashboard
 * @param target id of what was changed
 */
export async function audit(
  on: Queryable,
  caller: Pick<Caller, 'accountId' | 'userId' | 'keyId'>,
  action: AuditAction,
  target: string,
  changes: AuditChanges = {},
): Promise<void> {
  await on.insert(auditLog).values(auditEntry(caller, action, target, changes));
}

/** The row `audit` writes, for statements that write it together with the change. */
export const auditEntry = (
  caller: Pick<Caller, 'accountId' | 'userId' | 'keyId'>,
  action: AuditAction,
  target: string,
  changes: AuditChanges = {},
) => ({
  id: newId('aud'),
  accountId: caller.accountId,
  userId: caller.userId,
  keyId: caller.keyId,
  action,
  target,
  changes: Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, shortened(change)])),
});

/** The fields in which two records differ. */
export function changesBetween<T extends object>(before: T, after: T, except: readonly (keyof T & string)[] = []): AuditChanges {
  const changes: AuditChanges = {};
  for (const field of Object.keys(after) as (keyof T & string)[]) {
    if (except.includes(field) || JSON.stringify(before[field]) === JSON.stringify(after[field])) continue;
    changes[field] = { from: before[field], to: after[field] };
  }
  return changes;
}

const shortened = (change: { from?: unknown; to?: unknown }) =>
  Object.fromEntries(
    Object.entries(change).map(([side, value]) => [
      side,
      typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value,
    ]),
  );

export type AuditLog = ReturnType<typeof createAuditLog>;

/** Reads what `audit` noted. */
export function createAuditLog(db: Database) {
  return {
    /** The entries of the caller's account, newest first. */
    async list(caller: Caller, filter: QueryOf<typeof listAuditLog>): Promise<{ entries: AuditRecord[]; count: number }> {
      const where = and(
        eq(auditLog.accountId, caller.accountId),
        filter.action ? eq(auditLog.action, filter.action) : undefined,
        filter.target ? eq(auditLog.target, filter.target) : undefined,
        filter.userId ? eq(auditLog.userId, filter.userId) : undefined,
        filter.since ? gte(auditLog.createdAt, new Date(filter.since)) : undefined,
        filter.until ? lt(auditLog.createdAt, new Date(filter.until)) : undefined,
      );
      const [rows, [total]] = await Promise.all([
        db
          .select({ entry: auditLog, userName: users.name })
          .from(auditLog)
          .leftJoin(users, eq(users.id, auditLog.userId))
          .where(where)
          .orderBy(desc(auditLog.createdAt), desc(auditLog.id))
          .limit(filter.limit)
          .offset(filter.offset),
        db.select({ count: count() }).from(auditLog).where(where),
      ]);
      return { entries: rows.map(({ entry, userName }) => toRecord(entry, userName)), count: total?.count ?? 0 };
    },
  };
}

const toRecord = (entry: typeof auditLog.$inferSelect, userName: string | null): AuditRecord => ({
  id: entry.id,
  action: entry.action,
  target: entry.target,
  user_id: entry.userId,
  user_name: userName,
  api_key_id: entry.keyId,
  changes: entry.changes,
  created_at: entry.createdAt.toISOString(),
});
