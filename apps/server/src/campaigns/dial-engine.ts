import { and, asc, eq, isNull, lt, lte, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../database/connect.ts';
import { AppError } from '../http/app-error.ts';
import { campaignAttempts } from './campaign-attempts.table.ts';
import { campaigns } from './campaigns.table.ts';
import { noteChange } from './campaigns.ts';
import { type ClaimRules, claimCalls } from './claim.ts';
import { completeIfDone } from './completion.ts';
import type { Dialler, PlannedCall } from './dialler.ts';
import { promoteDue } from './due-contacts.ts';
import { release, settle } from './settle.ts';

/** A proof older than this is none: a node that was held up between proof and dialling gives the call back. */
const PROOF_LASTS_MS = 2_000;
/** A call that was not placed for a reason of ours is tried again after this. */
const NOT_PLACED_WAIT_MS = 15_000;
/** Live attempts nothing was heard of for so long are asked after. */
const ASK_AFTER_MS = 30_000;
const ASK_AT_ONCE = 100;

export interface DialEngineGround extends ClaimRules {
  db: Database;
  dialler: Dialler;
  logger: Logger;
}

export type DialEngine = ReturnType<typeof createDialEngine>;

/**
 * The outbound engine: takes due contacts of running campaigns and has them called. All it knows is in the database, so any
 * number of nodes may do this at once and any of them may die at any moment.
 */
export function createDialEngine(ground: DialEngineGround) {
  const { db, dialler, clock, logger } = ground;
  const dialling = new Set<Promise<void>>();

  function dial(call: PlannedCall, provedAt: number): void {
    const done = placeOnce(call, provedAt)
      // The attempt stays on record as dialling and is asked after later.
      .catch((error: unknown) => logger.error({ err: error, callId: call.callId }, 'a campaign call is in doubt'))
      .finally(() => dialling.delete(done));
    dialling.add(done);
  }

  async function placeOnce(call: PlannedCall, provedAt: number): Promise<void> {
    if (performance.now() - provedAt > PROOF_LASTS_MS) {
      logger.warn({ callId: call.callId }, 'a campaign call was given back: its proof had grown old');
      await db.transaction((tx) => release(tx, call.callId, null));
      return;
    }
    try {
      await dialler.place(call);
    } catch (error) {
      logger.warn({ err: error, callId: call.callId }, 'a campaign call was not taken; asking what became of it');
      await resolve(call.callId, error instanceof AppError ? error.message : null);
    }
  }

  /** Finds out what became of a call and acts on it. It is never dialled again under this attempt. */
  async function resolve(callId: string, problem: string | null = null): Promise<void> {
    const fate = await dialler.lookUp(callId);
    if (fate.is === 'live' || fate.is === 'unknown') return;
    await db.transaction(async (tx) => {
      if (fate.is === 'over') await settle(tx, [{ callId, ...fate }]);
      else {
        const now = await clock(tx);
        await release(tx, callId, new Date(now.getTime() + NOT_PLACED_WAIT_MS));
        if (problem) logger.warn({ callId, problem }, 'a campaign call could not be placed');
      }
    });
  }

  async function startScheduled(now: Date): Promise<void> {
    const started = await db
      .update(campaigns)
      .set({ status: 'running', startedAt: now, updatedAt: now, version: sql`${campaigns.version} + 1` })
      .where(and(eq(campaigns.status, 'scheduled'), lte(campaigns.scheduledStartAt, now), isNull(campaigns.deletedAt)))
      .returning({ id: campaigns.id });
    for (const { id } of started) await noteChange(db, id);
  }

  /** @returns in how many ms to look at it again, or null. */
  async function work(campaignId: string): Promise<number | null> {
    while ((await promoteDue(db, campaignId, await clock(db))) > 0);
    for (;;) {
      const { calls, againInMs } = await db.transaction((tx) => claimCalls(tx, campaignId, dialler.capacity() - dialling.size, ground));
      const provedAt = performance.now();
      for (const call of calls) dial(call, provedAt);
      if (againInMs !== 0) {
        if (calls.length === 0 && againInMs === null) await completeIfDone(db, campaignId, await clock(db));
        return againInMs;
      }
    }
  }

  return {
    /** One look at all running campaigns. @returns in how many ms another look is worth while, or null: when something happens. */
    async tick(): Promise<number | null> {
      await startScheduled(await clock(db));
      const running = await db
        .select({ id: campaigns.id })
        .from(campaigns)
        .where(and(eq(campaigns.status, 'running'), isNull(campaigns.deletedAt)))
        .orderBy(sql`random()`);
      const waits: number[] = [];
      for (const { id } of running) {
        // One campaign that fails must not keep the others from being looked at.
        const wait = await work(id).catch((error: unknown) => {
          logger.error({ err: error, campaignId: id }, 'a campaign could not be worked on');
          return null;
        });
        if (wait !== null) waits.push(wait);
      }
      return waits.length > 0 ? Math.min(...waits) : null;
    },

    /** Asks after calls nothing was heard of for a while: those of killed nodes, lost answers, lost events. */
    async resolveUnknown(): Promise<number> {
      const now = await clock(db);
      const before = new Date(now.getTime() - ASK_AFTER_MS);
      const silent = await db.transaction(async (tx) => {
        const rows = await tx
          .select({ callId: campaignAttempts.callId })
          .from(campaignAttempts)
          .where(and(eq(campaignAttempts.state, 'dialling'), lt(campaignAttempts.checkedAt, before)))
          .orderBy(asc(campaignAttempts.checkedAt))
          .limit(ASK_AT_ONCE)
          .for('update', { skipLocked: true });
        for (const { callId } of rows) await tx.update(campaignAttempts).set({ checkedAt: now }).where(eq(campaignAttempts.callId, callId));
        return rows;
      });
      for (const { callId } of silent) {
        await resolve(callId).catch((error: unknown) =>
          logger.warn({ err: error, callId }, 'what became of a call could not be found out'),
        );
      }
      return silent.length;
    },

    /** Resolves when every call decided on here has been handed over. */
    async idle(): Promise<void> {
      while (dialling.size > 0) await Promise.all(dialling);
    },
  };
}
