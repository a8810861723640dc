import { sql } from 'drizzle-orm';
import type { Transaction } from '../database/connect.ts';
import { callEvents, callMarks, callTurns } from './calls.table.ts';
import type { LoggedEvent } from './logged-event.ts';
import { searchable } from './transcript-search.ts';

/** An event of a call on its way to the database. */
export interface Waiting {
  callId: string;
  event: LoggedEvent;
}

export function byCall<T extends { callId: string }>(batch: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of batch) {
    const group = groups.get(each.callId);
    if (group) group.push(each);
    else groups.set(each.callId, [each]);
  }
  return groups;
}

/** PostgreSQL's text holds no NUL. */
const clean = (text: string): string => text.replaceAll('\u0000', '');

/** Writes events with the turns and marks they bring. @returns the sequence of the first event of each call. */
export async function storeEvents(tx: Transaction, batch: readonly Waiting[]): Promise<Map<string, number>> {
  const counts = [...byCall(batch)].map(([callId, events]) => ({ id: callId, count: events.length }));
  const { rows } = await tx.execute<{ id: string; event_count: number }>(sql`
    update calls set event_count = calls.event_count + n.count
    from json_to_recordset(${JSON.stringify(counts)}::json) as n(id text, count int)
    where calls.id = n.id returning calls.id, calls.event_count`);
  const first = new Map(rows.map((row) => [row.id, row.event_count - (counts.find(({ id }) => id === row.id)?.count ?? 0) + 1]));
  // A call whose row is gone (its account was deleted) has nobody left to be told.
  const known = batch.filter(({ callId }) => first.has(callId));
  if (known.length === 0) return first;
  const next = new Map(first);
  await tx.insert(callEvents).values(
    known.map(({ callId, event }) => {
      const sequence = next.get(callId)!;
      next.set(callId, sequence + 1);
      return {
        callId,
        sequence,
        type: event.type,
        atMs: event.atMs,
        data: JSON.parse(clean(JSON.stringify(event.data).replaceAll('\\u0000', ''))) as Record<string, unknown>,
        createdAt: event.createdAt,
      };
    }),
  );
  await storeTurns(tx, known);
  await storeMarks(tx, known);
  return first;
}

/** The last word on a turn counts, within a batch as well: one statement may not touch a row twice. */
async function storeTurns(tx: Transaction, batch: readonly Waiting[]): Promise<void> {
  const turns = new Map(
    batch.flatMap(({ callId, event }) => (event.turn ? [[`${callId} ${event.turn.index}`, { callId, turn: event.turn }] as const] : [])),
  );
  if (turns.size === 0) return;
  await tx
    .insert(callTurns)
    .values(
      [...turns.values()].map(({ callId, turn }) => ({
        callId,
        index: turn.index,
        speaker: turn.speaker,
        text: clean(turn.text),
        words: searchable(turn.text),
        startMs: Math.round(turn.startSeconds * 1000),
        endMs: Math.round(turn.endSeconds * 1000),
        interrupted: turn.interrupted,
        confidence: turn.confidence ?? null,
      })),
    )
    .onConflictDoUpdate({
      target: [callTurns.callId, callTurns.index],
      set: {
        text: sql`excluded.text`,
        words: sql`excluded.words`,
        startMs: sql`excluded.start_ms`,
        endMs: sql`excluded.end_ms`,
        interrupted: sql`excluded.interrupted`,
        confidence: sql`excluded.confidence`,
      },
    });
}

async function storeMarks(tx: Transaction, batch: readonly Waiting[]): Promise<void> {
  const marks = new Map(
    batch.flatMap(({ callId, event }) => (event.marks ? [[`${callId} ${event.marks.turn}`, { callId, ...event.marks }] as const] : [])),
  );
  if (marks.size === 0) return;
  await tx
    .insert(callMarks)
    .values([...marks.values()])
    .onConflictDoUpdate({
      target: [callMarks.callId, callMarks.turn],
      set: {
        callerStopped: sql`excluded.caller_stopped`,
        turnDecided: sql`excluded.turn_decided`,
        firstToken: sql`excluded.first_token`,
        firstSentence: sql`excluded.first_sentence`,
        firstAudio: sql`excluded.first_audio`,
        firstSoundOut: sql`excluded.first_sound_out`,
      },
    });
}
