import type { CallCost } from '@talkturo/contract';
import type { AnswerEvidence, AnsweredBy } from '@talkturo/voice';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Database, Queryable, Transaction } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import { type NewEvent, publish } from '../events/publish.ts';
import { type Ending, hangupOf } from './call-ending.ts';
import { earlierThan } from './call-status.ts';
import { type Call, calls, callTurns } from './calls.table.ts';
import { type CarrierCost, keepingCarrierCost, withCarrierCost } from './cost/call-cost.ts';

export interface NewCall {
  /** Given where the id was known before the call; then a second call under it is refused by the database. */
  id?: string;
  accountId: string;
  assistantId: string | null;
  campaignId?: string | null;
  contactId?: string | null;
  direction: 'inbound' | 'outbound';
  carrier: string;
  carrierRef?: string | null;
  nodeId: string;
  fromNumber: string | null;
  toNumber: string | null;
  language?: string | null;
  /** Of a call that asks whether somebody takes another one: that one, and what they are told of it. */
  consultationOf?: string | null;
  consultationSummary?: string | null;
}

export type CallLifecycle = ReturnType<typeof createCallLifecycle>;

/**
 * The life of a call's row. Every step is one transaction that locks the row, moves the status forward or does nothing,
 * and tells the step to the outbox; so steps may come late, twice, out of order and from several nodes.
 * @param whenClosed what else is to be written in the transaction that ends a call.
 */
export function createCallLifecycle(db: Database, whenClosed: (tx: Transaction, call: Call) => Promise<void>) {
  return {
    /**
     * A new call: queued when we place it, ringing when it comes in. Null when this carrier's call is already known.
     * @param allowed asked first, within the transaction; throws where the call may not begin.
     */
    async begin(call: NewCall, allowed?: (tx: Transaction) => Promise<void>): Promise<Call | null> {
      return db.transaction(async (tx) => {
        await allowed?.(tx);
        const [row] = await tx
          .insert(calls)
          .values({ id: newId('call'), status: call.direction === 'inbound' ? 'ringing' : 'queued', ...call })
          .onConflictDoNothing({ target: [calls.carrier, calls.carrierRef], where: sql`${calls.carrierRef} is not null` })
          .returning();
        if (!row) return null;
        await tell(tx, row, { type: 'call.initiated', data: factsOf(row) });
        return row;
      });
    },

    async find(callId: string): Promise<Call | undefined> {
      const [row] = await db.select().from(calls).where(eq(calls.id, callId)).limit(1);
      return row;
    },

    /**
     * Sees to it that a call that has not begun never does under this id. @returns false when it has begun.
     */
    async prevent(call: NewCall & { id: string }): Promise<boolean> {
      const prevented = {
        status: 'failed',
        endedReason: 'cancelled',
        outcome: 'cancelled',
        error: 'The call was never placed.',
        endedAt: sql`now()`,
      };
      const rows = await db
        .insert(calls)
        .values({ ...call, ...prevented })
        .onConflictDoNothing()
        .returning({ id: calls.id });
      return rows.length > 0;
    },

    /** The carrier took it. */
    async accepted(callId: string, carrierRef: string): Promise<void> {
      await db.update(calls).set({ carrierRef }).where(eq(calls.id, callId));
    },

    /** The node with the media socket owns the call. */
    async owned(callId: string, nodeId: string): Promise<void> {
      await db.update(calls).set({ nodeId }).where(eq(calls.id, callId));
    },

    async ringing(callId: string): Promise<boolean> {
      return (await forward(db, callId, 'ringing', {})) !== null;
    },

    /** @returns the row, or null when it had been answered or was over. */
    async answered(callId: string, at: Date): Promise<Call | null> {
      return db.transaction(async (tx) => {
        const row = await forward(tx, callId, 'in_progress', { answeredAt: at });
        if (row) await tell(tx, row, { type: 'call.answered', data: { ...factsOf(row), answered_at: at.toISOString() } });
        return row;
      });
    },

    async machineDetected(callId: string, result: AnsweredBy, by: AnswerEvidence): Promise<boolean> {
      return db.transaction(async (tx) => {
        const [row] = await tx
          .update(calls)
          .set({ machineDetection: result })
          .where(and(eq(calls.id, callId), sql`${calls.machineDetection} is distinct from ${result}`))
          .returning();
        if (row) await tell(tx, row, { type: 'call.machine_detection.ended', data: { ...factsOf(row), result, detected_by: by } });
        return row !== undefined;
      });
    },

    /** The caller talks with somebody else from now on. */
    async transferred(callId: string, to: string): Promise<void> {
      await db.transaction(async (tx) => {
        const [row] = await tx
          .update(calls)
          .set({ transferredTo: to })
          .where(and(eq(calls.id, callId), isNull(calls.transferredTo)))
          .returning();
        if (row) await tell(tx, row, { type: 'call.transferred', data: { ...factsOf(row), transferred_to: to } });
      });
    },

    /** The carrier says what a leg of the call cost, mostly after its end. */
    async carrierCost(callId: string, said: CarrierCost): Promise<void> {
      await db.transaction(async (tx) => {
        const cost = withCarrierCost(await lockedCost(tx, callId), said);
        await tx.update(calls).set({ cost }).where(eq(calls.id, callId));
      });
    },

    /** Where the sound is being written. */
    async recordedAt(callId: string, recordingKey: string): Promise<void> {
      await db.update(calls).set({ recordingKey }).where(eq(calls.id, callId));
    },

    /**
     * The call is over and everything of it is stored. Only the first ending counts.
     * @returns the final row, or null when it had ended before.
     */
    async close(
      callId: string,
      ending: Ending,
      facts: { endedAt: Date; durationMs: number | null; error?: string | null; recorded?: boolean; cost?: CallCost },
    ): Promise<Call | null> {
      return db.transaction(async (tx) => {
        const cost = facts.cost && keepingCarrierCost(facts.cost, await lockedCost(tx, callId));
        const row = await forward(tx, callId, ending.status, {
          endedReason: ending.reason,
          // Picked up by a machine is not answered.
          outcome:
            ending.outcome === 'answered'
              ? sql<string>`case when ${calls.machineDetection} = 'machine' then 'voicemail' else 'answered' end`
              : ending.outcome,
          endedAt: facts.endedAt,
          durationMs: facts.durationMs === null ? null : Math.round(facts.durationMs),
          error: facts.error ?? null,
          ...(facts.recorded === false ? { recordingKey: null } : {}),
          ...(cost ? { cost } : {}),
        });
        if (!row) return null;
        await whenClosed(tx, row);
        await tellTheEnd(tx, row);
        return row;
      });
    },
  };
}

async function lockedCost(tx: Transaction, callId: string): Promise<CallCost | null> {
  const [row] = await tx.select({ cost: calls.cost }).from(calls).where(eq(calls.id, callId)).for('update');
  return row?.cost ?? null;
}

async function forward(
  on: Queryable,
  callId: string,
  status: Parameters<typeof earlierThan>[0],
  set: PgUpdateSetSource<typeof calls>,
): Promise<Call | null> {
  const [row] = await on
    .update(calls)
    .set({ ...set, status })
    .where(and(eq(calls.id, callId), inArray(calls.status, earlierThan(status))))
    .returning();
  return row ?? null;
}

const factsOf = (row: Call) => ({
  call_id: row.id,
  assistant_id: row.assistantId,
  campaign_id: row.campaignId,
  contact_id: row.contactId,
  direction: row.direction as 'inbound' | 'outbound',
  from_number: row.fromNumber,
  to_number: row.toNumber,
  consultation_of: row.consultationOf,
});

type Said = NewEvent extends infer E ? (E extends NewEvent ? Pick<E, 'type' | 'data'> : never) : never;

const tell = (tx: Queryable, row: Call, said: Said): Promise<string> =>
  publish(tx, { ...said, accountId: row.accountId, assistantId: row.assistantId, subjectId: row.id } as NewEvent);

async function tellTheEnd(tx: Queryable, row: Call): Promise<void> {
  const facts = factsOf(row);
  await tell(tx, row, { type: 'call.hangup', data: { ...facts, ...hangupOf(row.endedReason as Ending['reason'], facts.direction) } });
  const turns = await tx.select().from(callTurns).where(eq(callTurns.callId, row.id)).orderBy(callTurns.index);
  if (turns.length > 0) {
    const transcript = turns.map((turn) => ({
      speaker: turn.speaker as 'caller' | 'assistant',
      text: turn.text,
      start: turn.startMs / 1000,
      end: turn.endMs / 1000,
      interrupted: turn.interrupted,
    }));
    await tell(tx, row, { type: 'call.transcribed', data: { ...facts, language: row.language, transcript } });
  }
  await tell(tx, row, {
    type: 'call.completed',
    data: {
      ...facts,
      status: row.status as 'completed' | 'failed',
      ended_reason: row.endedReason,
      outcome: row.outcome,
      started_at: row.startedAt.toISOString(),
      answered_at: row.answeredAt?.toISOString() ?? null,
      ended_at: (row.endedAt ?? new Date()).toISOString(),
      duration_seconds: row.durationMs === null ? null : row.durationMs / 1000,
      recording_available: row.recordingKey !== null,
    },
  });
}
