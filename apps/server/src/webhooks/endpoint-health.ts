import { and, eq, isNotNull, isNull, lte } from 'drizzle-orm';
import type { Transaction } from '../database/connect.ts';
import type { PostResult } from './post.ts';
import { webhookEndpoints } from './webhooks.table.ts';

/** An endpoint that took nothing for so long is switched off. */
const SWITCH_OFF_AFTER_MS = 3 * 86_400_000;
/** The receiver says for good that it wants no more (RFC 9110 §15.5.11). */
const GONE = 410;

/** Keeps since when an endpoint fails, and switches one off that is gone or dead. */
export async function noteHealth(tx: Transaction, endpointId: string, result: PostResult, at: Date): Promise<void> {
  const { id, enabled, failingSince } = webhookEndpoints;
  const change = (set: Partial<typeof webhookEndpoints.$inferInsert>, when: Parameters<typeof and>[0]) =>
    tx
      .update(webhookEndpoints)
      .set(set)
      .where(and(eq(id, endpointId), when));
  if (result.error === null) {
    await change({ failingSince: null }, isNotNull(failingSince));
    return;
  }
  await change({ failingSince: at }, isNull(failingSince));
  const off = (disabledReason: string) => ({ enabled: false, disabledReason, updatedAt: at });
  if (result.status === GONE) await change(off('It answered 410 Gone.'), eq(enabled, true));
  const deadSince = new Date(at.getTime() - SWITCH_OFF_AFTER_MS);
  await change(off('No delivery succeeded for three days.'), and(eq(enabled, true), lte(failingSince, deadSince)));
}
