import { and, inArray, isNotNull, lt } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../database/connect.ts';
import { defineJob } from '../jobs/job.ts';
import { events } from './events.table.ts';

/** Events, and with them the log of their deliveries, are kept so long. */
export const RETENTION_DAYS = 30;
const BATCH = 5_000;

/** Deletes events that are past their time. */
export const deleteOldEvents = defineJob({
  name: 'delete-old-events',
  payload: z.object({}),
  retry: { times: 2, firstDelaySeconds: 60 },
  maxSeconds: 1_800,
  schedule: { cron: '17 3 * * *', zone: 'UTC', payload: {} },
});

/** Deletes in batches, so that no transaction grows with the table. @returns how many went. */
export async function deleteEventsBefore(db: Database, moment: Date): Promise<number> {
  for (let gone = 0; ; ) {
    const old = db
      .select({ id: events.id })
      .from(events)
      .where(and(lt(events.createdAt, moment), isNotNull(events.dispatchedAt)))
      .limit(BATCH);
    const { rowCount } = await db.delete(events).where(inArray(events.id, old));
    gone += rowCount ?? 0;
    if (!rowCount || rowCount < BATCH) return gone;
  }
}
