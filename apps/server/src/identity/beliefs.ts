import { LRUCache } from 'lru-cache';
import { type Listening, listen } from '../database/listen.ts';

/** How long anything may be believed, should a notice get lost. */
const BELIEVE_MS = 5_000;

/** Tables whose changes every node is told of (identity.table.sql). */
export type Believed = 'api_keys' | 'memberships' | 'sessions';

/** What was looked up in one table, kept until the table changes. */
export interface Belief<V extends object> {
  /** What is believed about a key, else what `look` finds, which is then believed unless it is null. */
  about(key: string, look: () => Promise<V | null>): Promise<V | null>;
  /** Forgets all: called at once where the change is made, the other nodes are told by the database. */
  forget(): void;
}

export type Beliefs = ReturnType<typeof createBeliefs>;

/**
 * What a node knows about callers without asking the database for each request. A change made on any node ends it here as soon as
 * PostgreSQL's notice arrives; while no notices can arrive nothing is believed.
 */
export function createBeliefs(databaseUrl: string, now: () => number = performance.now.bind(performance)) {
  const all = new Map<Believed, { forget(): void }>();
  const forgetAll = () => {
    for (const belief of all.values()) belief.forget();
  };
  let listening: Listening | undefined;
  let hearing = false;

  return {
    of<V extends object>(table: Believed): Belief<V> {
      const kept = new LRUCache<string, V>({ max: 10_000, ttl: BELIEVE_MS, ttlResolution: 0, perf: { now } });
      let generation = 0;
      const belief: Belief<V> = {
        async about(key, look) {
          const known = hearing ? kept.get(key) : undefined;
          if (known) return known;
          const asked = generation;
          const found = await look();
          // A change that came in between must not be forgotten.
          if (found && hearing && asked === generation) kept.set(key, found);
          return found;
        },
        forget() {
          generation++;
          kept.clear();
        },
      };
      all.set(table, belief);
      return belief;
    },

    /** Begins to hear of changes. Until it does, and whenever the connection is lost, every request asks the database. */
    start(): void {
      listening = listen(databaseUrl, ['talkturo_identity'], (_channel, table) => all.get(table as Believed)?.forget(), {
        connected: () => {
          forgetAll();
          hearing = true;
        },
        lost: () => {
          hearing = false;
        },
      });
    },

    async stop(): Promise<void> {
      hearing = false;
      await listening?.stop();
    },
  };
}
