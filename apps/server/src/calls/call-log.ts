import type { CallLogEvent } from '@talkturo/contract';
import { sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Cluster } from '../cluster/cluster.ts';
import { type Database, databaseErrorCode, type Transaction } from '../database/connect.ts';
import { callMessage } from './call-record.ts';
import { callEvents, callMarks, callTurns } from './calls.table.ts';
import type { LoggedEvent } from './logged-event.ts';
import { searchable } from './transcript-search.ts';

/** Events of a moment are written together. Followers hear them that much later. */
const GATHER_MS = 50;
/** The database is away: how long until the next try, and how much is kept meanwhile. */
const RETRY_MS = 1_000;
const MOST_WAITING = 100_000;
/** Call ids that fit into one notice between nodes. */
const IDS_A_NOTICE = 200;
const NOTICE = 'call-log';

interface Waiting {
  callId: string;
  event: LoggedEvent;
}

/** What a follower gets: events as the API shows them, those not kept with sequence 0; or the hint to read the log again. */
export type Follower = (news: readonly CallLogEvent[] | 'look') => void;

export type CallLog = ReturnType<typeof createCallLog>;

/**
 * The log of what happens in calls. Adding is a plain call; writing happens off the path, in batches over all calls of
 * this node, in order. Followers hear of an event once it is stored.
 */
export function createCallLog({ db, cluster, logger }: { db: Database; cluster: Cluster; logger: Logger }) {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> | null = null;
  const followers = new Map<string, Set<Follower>>();

  const tell = (callId: string, news: readonly CallLogEvent[] | 'look') => {
    for (const follower of followers.get(callId) ?? []) follower(news);
  };
  cluster.onTold((told) => {
    if (told.subject !== NOTICE || told.from === cluster.nodeId) return;
    for (const callId of told.command.split(' ')) tell(callId, 'look');
  });
  cluster.onCatchUp(() => {
    for (const callId of followers.keys()) tell(callId, 'look');
  });

  const gathered = () => {
    timer = null;
    void flush();
  };

  /** Resolves when everything added so far is stored. */
  async function flush(): Promise<void> {
    while (writing) await writing;
    if (waiting.length === 0) return;
    writing = writeAll().finally(() => {
      writing = null;
    });
    await writing;
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await writeBatch(batch);
      } catch (error) {
        logger.error({ err: error, events: batch.length }, 'call events could not be written yet');
        waiting = [...batch, ...waiting].slice(-MOST_WAITING);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** All in one go; when the database refuses the content of one, each call alone, so that it spoils no other. */
  async function writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await write(batch);
    } catch (error) {
      if (!refusesContent(error)) throw error;
      for (const [callId, events] of byCall(batch)) {
        await write(events).catch((cause) => {
          if (!refusesContent(cause)) throw cause;
          logger.error({ err: cause, callId, events: events.length }, 'call events were refused by the database and are dropped');
        });
      }
    }
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    const kept = batch.filter(({ event }) => event.kept);
    const next = kept.length === 0 ? new Map<string, number>() : await db.transaction((tx) => store(tx, kept));
    const shown = batch.map(({ callId, event }) => {
      const sequence = event.kept ? (next.get(callId) ?? 0) : 0;
      if (event.kept) next.set(callId, sequence + 1);
      return { callId, event: shownEvent(event, sequence) };
    });
    for (const [callId, events] of byCall(shown))
      tell(
        callId,
        events.map(({ event }) => event),
      );
    if (cluster.others > 0 && kept.length > 0) await hintOthers([...byCall(kept).keys()]);
  }

  async function hintOthers(callIds: readonly string[]): Promise<void> {
    for (let at = 0; at < callIds.length; at += IDS_A_NOTICE) {
      // A lost hint only delays: followers elsewhere look again by themselves.
      await cluster.tell(NOTICE, callIds.slice(at, at + IDS_A_NOTICE).join(' ')).catch(() => {});
    }
  }

  return {
    /** Plain call: remembers the event and returns. */
    add(callId: string, event: LoggedEvent): void {
      if (!event.kept && waiting.length > MOST_WAITING / 10) return;
      waiting.push({ callId, event });
      if (timer === null) timer = setTimeout(gathered, GATHER_MS);
    },

    flush,

    /** Hears of a call's events from now on, also of calls on other nodes. Returns how to stop. */
    follow(callId: string, follower: Follower): () => void {
      const all = followers.get(callId) ?? new Set();
      followers.set(callId, all.add(follower));
      return () => {
        all.delete(follower);
        if (all.size === 0) followers.delete(callId);
      };
    },
  };
}

/** Class 22 and 23: data and integrity. Anything else may pass later. */
const refusesContent = (error: unknown): boolean => /^2[23]/.test(databaseErrorCode(error) ?? '');

function byCall<T extends { callId: string }>(batch: readonly T[]): Map<string, T[]> {
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
async function store(tx: Transaction, batch: readonly Waiting[]): Promise<Map<string, number>> {
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

/** An event as the API shows it: a turn with its words. */
export function shownEvent(event: LoggedEvent, sequence: number): CallLogEvent {
  const { turn } = event;
  const message = turn && {
    ...callMessage({
      ...turn,
      startMs: turn.startSeconds * 1000,
      endMs: turn.endSeconds * 1000,
      confidence: turn.confidence ?? null,
    }),
  };
  return {
    sequence,
    type: event.type,
    at_seconds: event.atMs === null ? null : event.atMs / 1000,
    created_at: event.createdAt.toISOString(),
    data: message ?? event.data,
  };
}
