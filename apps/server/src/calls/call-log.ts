import type { CallLogEvent } from '@talkturo/contract';
import type { Logger } from 'pino';
import type { Cluster } from '../cluster/cluster.ts';
import { type Database, databaseErrorCode } from '../database/connect.ts';
import { byCall, storeEvents, type Waiting } from './call-log-rows.ts';
import { type LoggedEvent, shownEvent } from './logged-event.ts';

/** Events of a moment are written together. Followers hear them that much later. */
const GATHER_MS = 50;
/** The database is away: how long until the next try, and how much is kept meanwhile. */
const RETRY_MS = 1_000;
const MOST_WAITING = 100_000;
/** Call ids that fit into one notice between nodes. */
const IDS_A_NOTICE = 200;
const NOTICE = 'call-log';

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
  let writing = false;
  /** How many events were ever added, and how many of them are stored or given up. */
  let added = 0;
  let settled = 0;
  const flushing: { upTo: number; resolve: () => void }[] = [];
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
    startWriting();
  };

  /** Counts what is dealt with, and tells those who wait for it. */
  const settle = (count: number) => {
    settled += count;
    while (flushing[0] && flushing[0].upTo <= settled) flushing.shift()?.resolve();
  };

  const startWriting = () => {
    if (writing) return;
    writing = true;
    void writeAll().finally(() => {
      writing = false;
    });
  };

  /** Resolves when everything added so far is stored; what others add meanwhile does not hold it up. */
  function flush(): Promise<void> {
    if (settled === added) return Promise.resolve();
    startWriting();
    return new Promise((resolve) => flushing.push({ upTo: added, resolve }));
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await writeBatch(batch);
        settle(batch.length);
      } catch (error) {
        logger.error({ err: error, events: batch.length }, 'call events could not be written yet');
        const all = [...batch, ...waiting];
        waiting = all.slice(-MOST_WAITING);
        settle(all.length - waiting.length);
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
    const next = kept.length === 0 ? new Map<string, number>() : await db.transaction((tx) => storeEvents(tx, kept));
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
      added++;
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
