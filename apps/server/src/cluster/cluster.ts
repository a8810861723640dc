import { createHash, randomUUID } from 'node:crypto';
import os from 'node:os';
import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../database/connect.ts';
import { type Listening, listen } from '../database/listen.ts';
import { nodes } from './nodes.table.ts';

const CHANNEL = 'talkturo_cluster';
/** PostgreSQL refuses notices of 8000 bytes and more. */
const MAX_PAYLOAD_BYTES = 7900;
const HEARTBEAT_MS = 5_000;
/** Four missed heartbeats: a node that only stalls for a moment keeps its calls. */
const LOST_AFTER_SECONDS = 20;

/** A word from one node to whichever node it concerns. */
export interface Told {
  /** What it is about, e.g. the id of a call. */
  subject: string;
  command: string;
  /** The node that said it. */
  from: string;
}

/** What a node says of itself to the others, with each heartbeat. */
export interface NodeFacts {
  takesCalls: boolean;
  /** How many more calls it takes now. */
  room: number;
  /** Where browsers reach it. */
  url: string | null;
}

export interface ClusterOptions {
  db: Database;
  databaseUrl: string;
  logger: Logger;
  dataDir: string;
}

export type Cluster = ReturnType<typeof createCluster>;

/**
 * The nodes that share this database: who is alive, and a way to reach the one that holds something.
 * Words travel by NOTIFY; one that is told while the listener's connection is down is lost, so what must
 * not be lost is stored first and looked at again in `onCatchUp`.
 */
export function createCluster({ db, databaseUrl, logger, dataDir }: ClusterOptions) {
  const nodeId = `node_${randomUUID()}`;
  const seat = createHash('sha256').update(`${os.hostname()}:${dataDir}`).digest('hex').slice(0, 32);
  const listeners: ((told: Told) => void)[] = [];
  const catchUps: (() => void)[] = [];
  const sweepers: (() => Promise<void>)[] = [];
  let listening: Listening | null = null;
  let timer: NodeJS.Timeout | null = null;
  let draining = false;
  let others = 0;
  let facts: () => NodeFacts = () => ({ takesCalls: false, room: 0, url: null });
  let beating: Promise<void> = Promise.resolve();
  let lastBeatAt = Number.NEGATIVE_INFINITY;

  const hear = (payload: string): void => {
    try {
      const told = JSON.parse(payload) as Told;
      for (const listener of listeners) listener(told);
    } catch (error) {
      logger.error({ err: error }, 'a notice of another node could not be handled');
    }
  };

  /** Says that this node lives, forgets nodes that no longer say so, and has their things taken care of. */
  async function beat(): Promise<void> {
    await db
      .insert(nodes)
      .values({ id: nodeId, seat, draining, ...facts() })
      .onConflictDoUpdate({ target: nodes.id, set: { heartbeatAt: sql`now()`, draining, ...facts() } });
    // After a pause of our own (the database was away, the machine slept) the others may only be as late as we are.
    const steady = performance.now() - lastBeatAt < 2 * HEARTBEAT_MS;
    lastBeatAt = performance.now();
    if (steady) await db.delete(nodes).where(sql`${nodes.heartbeatAt} < now() - ${LOST_AFTER_SECONDS} * interval '1 second'`);
    const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(nodes).where(sql`${nodes.id} <> ${nodeId}`);
    others = row?.count ?? 0;
    for (const sweeper of sweepers) await sweeper();
  }

  return {
    nodeId,

    /** Joins. What the node before in this data folder held is given up first: only one can use the folder. */
    async start(): Promise<void> {
      await db.delete(nodes).where(eq(nodes.seat, seat));
      await beat();
      await new Promise<void>((resolve) => {
        listening = listen(
          databaseUrl,
          [CHANNEL],
          (_channel, payload) => hear(payload),
          () => {
            resolve();
            for (const catchUp of catchUps) catchUp();
          },
        );
      });
      const next = () => {
        timer = setTimeout(() => {
          // A missed heartbeat is made up by the next one; others give this node up only after several.
          beating = beat()
            .catch((error) => logger.error({ err: error }, 'heartbeat failed'))
            .then(() => {
              if (timer) next();
            });
        }, HEARTBEAT_MS);
        timer.unref();
      };
      next();
    },

    /** One heartbeat now. */
    beat,

    /** What this node says of itself from the next heartbeat on. */
    describe(said: () => NodeFacts): void {
      facts = said;
    },

    /** Nodes that took more calls at their last heartbeat, those with most room first. */
    withRoom: (): Promise<{ id: string; url: string | null }[]> =>
      db
        .select({ id: nodes.id, url: nodes.url })
        .from(nodes)
        .where(and(takesCalls, gt(nodes.room, 0)))
        .orderBy(desc(nodes.room), nodes.id),

    /** How many nodes take calls at all, whether or not they have room. */
    takersOfCalls: (): Promise<number> => db.$count(nodes, takesCalls),

    /** How many other nodes were alive at the last heartbeat. */
    get others(): number {
      return others;
    },

    /** Tells all nodes, this one included. Resolves when it is sent, not when it was obeyed. */
    async tell(subject: string, command: string): Promise<void> {
      const payload = JSON.stringify({ subject, command, from: nodeId } satisfies Told);
      if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) throw new Error('a notice between nodes is too long');
      await db.execute(sql`select pg_notify(${CHANNEL}, ${payload})`);
    },

    onTold(listener: (told: Told) => void): void {
      listeners.push(listener);
    },

    /** Runs whenever words may have been missed: after the connection came back. */
    onCatchUp(catchUp: () => void): void {
      catchUps.push(catchUp);
    },

    /** Runs after each heartbeat; the place to take over what lost nodes held. */
    onSweep(sweeper: () => Promise<void>): void {
      sweepers.push(sweeper);
    },

    /** Shows the others that this node takes nothing new. */
    async drain(): Promise<void> {
      draining = true;
      await beat();
    },

    /** Leaves. */
    async stop(): Promise<void> {
      if (timer) clearTimeout(timer);
      timer = null;
      await beating;
      await listening?.stop();
      listening = null;
      await db.delete(nodes).where(eq(nodes.id, nodeId));
    },
  };
}

/** A node id that no live node has: what it held is nobody's. */
export const isLost = (nodeIdColumn: unknown) => sql`not exists (select 1 from ${nodes} where ${nodes.id} = ${nodeIdColumn})`;

const takesCalls = and(
  eq(nodes.takesCalls, true),
  eq(nodes.draining, false),
  gt(nodes.heartbeatAt, sql`now() - ${LOST_AFTER_SECONDS} * interval '1 second'`),
);
