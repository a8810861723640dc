import type { Queryable } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import type { Caller } from '../http/caller.ts';
import { auditLog } from './audit-log.table.ts';

/** Field → what it was and is. */
export type AuditChanges = Record<string, { from?: unknown; to?: unknown }>;

/** Longer texts (prompts) are cut: the log says that they changed, not all they ever were. */
const LONGEST = 300;

/**
 * Notes who changed what. Give it the transaction of the change, so that one never stands without the other.
 * @param action noun and past tense, `assistant.updated`
 * @param target id of what was changed
 */
export async function audit(
  on: Queryable,
  caller: Pick<Caller, 'accountId' | 'userId' | 'keyId'>,
  action: `${string}.${string}`,
  target: string,
  changes: AuditChanges = {},
): Promise<void> {
  await on.insert(auditLog).values({
    id: newId('aud'),
    accountId: caller.accountId,
    userId: caller.userId,
    keyId: caller.keyId,
    action,
    target,
    changes: Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, shortened(change)])),
  });
}

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
