import { type CallLogEvent, type CallMessage, isId, type listCalls, type QueryOf } from '@talkturo/contract';
import { and, asc, count, desc, eq, exists, gt, gte, inArray, lt, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Blobs } from '../blobs/blobs.ts';
import type { Database, Transaction } from '../database/connect.ts';
import { withoutNumbers, withoutTranscript } from '../events/redact.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import type { Caller } from '../http/caller.ts';
import { audit } from '../identity/audit.ts';
import { callLatency } from './call-latency.ts';
import { callMessage, callRecord } from './call-record.ts';
import { isFinal } from './call-status.ts';
import { callIsLive } from './calls.errors.ts';
import { type Call, callEvents, callMarks, calls, callTurns } from './calls.table.ts';
import { searchFor } from './transcript-search.ts';

type Filter = Omit<QueryOf<typeof listCalls>, 'teamId'>;

/** Event types that hold what was said or pressed, or a number of somebody. */
const TELLING = ['turn', 'digit', 'digits_sent', 'transfer', 'transferred', 'transfer_failed'];

export type Calls = ReturnType<typeof createCalls>;

/** The record of calls: look, search, erase. Every method refuses what is not the caller's: 404, or 403 when it is another's. */
export function createCalls(db: Database, blobs: Blobs) {
  async function own(caller: Caller, callId: string): Promise<Call> {
    if (!isId('call', callId)) throw notFound('call');
    const [row] = await db.select().from(calls).where(eq(calls.id, callId)).limit(1);
    if (!row) throw notFound('call');
    if (row.accountId !== caller.accountId) throw forbidden();
    return row;
  }

  async function messages(callId: string): Promise<CallMessage[]> {
    const rows = await db
      .select()
      .from(callTurns)
      .where(eq(callTurns.callId, callId))
      .orderBy(asc(callTurns.startMs), asc(callTurns.index));
    return rows.map(callMessage);
  }

  /** Events after a sequence, a turn with its words. */
  async function eventsAfter(callId: string, after: number): Promise<CallLogEvent[]> {
    const rows = await db
      .select()
      .from(callEvents)
      .where(and(eq(callEvents.callId, callId), gt(callEvents.sequence, after)))
      .orderBy(asc(callEvents.sequence));
    // After the events, for a turn is stored together with its event: its words are there then.
    const turns = rows.some((row) => row.type === 'turn') ? await messages(callId) : [];
    const byIndex = new Map(turns.map((turn) => [turn.index, turn]));
    return rows.map((row) => ({
      sequence: row.sequence,
      type: row.type,
      at_seconds: row.atMs === null ? null : row.atMs / 1000,
      created_at: row.createdAt.toISOString(),
      data: (row.type === 'turn' && byIndex.get(row.data.index as number)) || row.data,
    }));
  }

  async function erase(call: Call, note: (tx: Transaction) => Promise<void>): Promise<Call> {
    if (!isFinal(call.status)) throw callIsLive();
    // What somebody was told of the caller goes with it.
    const consultations = await db.select().from(calls).where(eq(calls.consultationOf, call.id));
    for (const consultation of consultations) await erase(consultation, async () => {});
    // The file goes first: when that fails the row still says where it lies, and erasing can be repeated.
    if (call.recordingKey) await blobs.remove(call.recordingKey);
    return db.transaction(async (tx) => {
      await tx.delete(callTurns).where(eq(callTurns.callId, call.id));
      await tx.delete(callEvents).where(and(eq(callEvents.callId, call.id), inArray(callEvents.type, TELLING)));
      await withoutTranscript(tx, call.id);
      const [row] = await tx
        .update(calls)
        .set({ recordingKey: null, consultationSummary: null, erasedAt: sql`coalesce(${calls.erasedAt}, now())` })
        .where(eq(calls.id, call.id))
        .returning();
      if (!row) throw notFound('call');
      await note(tx);
      return row;
    });
  }

  async function forgetNumbers(call: Call, phones: readonly string[]): Promise<void> {
    const kept = (number: string | null) => (number !== null && phones.includes(number) ? null : number);
    await db.transaction(async (tx) => {
      await withoutNumbers(tx, call.id, phones);
      await tx
        .update(calls)
        .set({ fromNumber: kept(call.fromNumber), toNumber: kept(call.toNumber), transferredTo: kept(call.transferredTo) })
        .where(eq(calls.id, call.id));
    });
  }

  return {
    own,
    messages,
    eventsAfter,

    async find(callId: string): Promise<Call | undefined> {
      const [row] = await db.select().from(calls).where(eq(calls.id, callId)).limit(1);
      return row;
    },

    async list(caller: Caller, filter: Filter): Promise<{ rows: Call[]; count: number }> {
      const where = and(eq(calls.accountId, caller.accountId), ...conditions(db, filter));
      const [rows, [total]] = await Promise.all([
        db.select().from(calls).where(where).orderBy(desc(calls.startedAt), desc(calls.id)).limit(filter.limit).offset(filter.offset),
        db.select({ count: count() }).from(calls).where(where),
      ]);
      return { rows, count: total?.count ?? 0 };
    },

    /** Everything about a call. */
    async detail(caller: Caller, callId: string) {
      const call = await own(caller, callId);
      const [turns, events, marks] = await Promise.all([
        messages(callId),
        eventsAfter(callId, 0),
        db.select().from(callMarks).where(eq(callMarks.callId, callId)).orderBy(asc(callMarks.turn)),
      ]);
      return { ...callRecord(call), messages: turns, events, analysis: null, cost: call.cost, latency: callLatency(marks) };
    },

    /**
     * Erases what was said for good: recording, transcript, pressed digits. The bare record stays. Twice is as once.
     * @throws AppError 409 while the call lasts.
     */
    async erase(caller: Caller, callId: string): Promise<Call> {
      return erase(await own(caller, callId), (tx) => audit(tx, caller, 'call.erased', callId));
    },

    /**
     * Erases every call with a person, by contact or number, and the person's numbers in the records. @returns how many.
     * @throws AppError 409 while one of them lasts; those before it are erased.
     */
    async erasePerson({
      accountId,
      contactId,
      phones,
    }: {
      accountId: string;
      contactId: string;
      phones: readonly string[];
    }): Promise<number> {
      const theirs = or(
        eq(calls.contactId, contactId),
        inArray(calls.fromNumber, [...phones]),
        inArray(calls.toNumber, [...phones]),
        inArray(calls.transferredTo, [...phones]),
      );
      const rows = await db
        .select()
        .from(calls)
        .where(and(eq(calls.accountId, accountId), theirs));
      for (const row of rows) {
        // Noted once for the person, by who erases them.
        await erase(row, async () => {});
        await forgetNumbers(row, phones);
      }
      return rows.length;
    },
  };
}

function conditions(db: Database, filter: Filter): (SQL | undefined)[] {
  return [
    filter.assistantId ? eq(calls.assistantId, filter.assistantId) : undefined,
    filter.campaignId ? eq(calls.campaignId, filter.campaignId) : undefined,
    filter.contactId ? eq(calls.contactId, filter.contactId) : undefined,
    filter.direction ? eq(calls.direction, filter.direction) : undefined,
    filter.status ? eq(calls.status, filter.status) : undefined,
    filter.live ? liveness(filter.live === 'true') : undefined,
    filter.from ? eq(calls.fromNumber, filter.from) : undefined,
    filter.to ? eq(calls.toNumber, filter.to) : undefined,
    filter.since ? gte(calls.startedAt, new Date(filter.since)) : undefined,
    filter.until ? lt(calls.startedAt, new Date(filter.until)) : undefined,
    filter.search === undefined ? undefined : said(db, filter.search),
  ];
}

const liveness = (live: boolean): SQL => (live ? inArray : notInArray)(calls.status, ['queued', 'ringing', 'in_progress']);

/** The words were said in one turn. */
function said(db: Database, search: string): SQL {
  const query = searchFor(search);
  if (!query) return sql`false`;
  return exists(
    db
      .select({ one: sql`1` })
      .from(callTurns)
      .where(and(eq(callTurns.callId, calls.id), sql`${callTurns.words} @@ ${query}`)),
  );
}
