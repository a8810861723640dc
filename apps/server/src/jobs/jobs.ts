import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { fromDrizzle, type JobResult, type PgBoss, type JobWithMetadata as Queued } from 'pg-boss';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Queryable } from '../database/connect.ts';
import { createBoss } from './boss.ts';
import type { Job } from './job.ts';

/** What a run may look at beside its payload. */
export interface Run {
  /** Aborted when the run takes too long or the node stops. */
  signal: AbortSignal;
  /** 1 for the first try. */
  attempt: number;
}
export type Handler<S extends z.ZodObject> = (payload: z.output<S>, run: Run) => Promise<void>;

/** Jobs that failed on every try lie here until `redrive` or their time. */
export const DEAD_LETTERS = 'dead-letters';
const DEAD_LETTERS_KEPT_SECONDS = 30 * 86_400;
const DONE_KEPT_SECONDS = 86_400;
/** A killed node's jobs are taken over after this. */
const HEARTBEAT_SECONDS = 30;
/** With one at a time pg-boss wakes once a notice and leaves bulk inserts lying; a batch with bursts drains them. */
const BATCH = 20;

export interface SendOptions {
  /** Not before this moment. */
  startAfter?: Date;
  /** While one with the same key waits, another is not added. */
  key?: string;
}

/** What the queue stands on. */
export interface QueueGround {
  pool: pg.Pool;
  databaseUrl: string;
  logger: Logger;
  /** Retries and delayed jobs are looked for this often; new ones come at once by notice. At least 0.5. */
  pollSeconds?: number;
}

export type Jobs = ReturnType<typeof createJobs>;

/** Work done later, at least once, on any node with the role worker. Stored in PostgreSQL with everything else. */
export function createJobs({ pool, databaseUrl, logger, pollSeconds = 2 }: QueueGround) {
  const handled = new Map<string, { job: Job; handler: Handler<z.ZodObject> }>();
  let boss: Promise<PgBoss> | undefined;

  /** Starts pg-boss on first need: a node that only sends runs no worker and no scheduler. */
  const open = (worker: boolean): Promise<PgBoss> => {
    boss ??= (async () => {
      const made = createBoss(pool, { supervise: worker, ...(worker ? { listenUrl: databaseUrl } : {}) });
      made.on('error', (error) => logger.error({ err: error }, 'job queue failed'));
      made.on('warning', (warning) => logger.warn({ warning }, 'job queue warns'));
      await made.start();
      await made.createQueue(DEAD_LETTERS, { retentionSeconds: DEAD_LETTERS_KEPT_SECONDS, retryLimit: 0 });
      for (const { job } of handled.values()) await declare(made, job);
      return made;
    })();
    return boss;
  };

  return {
    /** Says what a job does. Every job is declared on every node, before the first is sent. */
    handle<S extends z.ZodObject>(job: Job<S>, handler: Handler<S>): void {
      handled.set(job.name, { job: job as unknown as Job, handler: handler as unknown as Handler<z.ZodObject> });
    },

    /**
     * Queues a job, within the caller's transaction when that is given: it runs if, and only if, that commits.
     * @throws ZodError when the payload does not fit, which is a bug.
     */
    async send<S extends z.ZodObject>(on: Queryable, job: Job<S>, payload: z.input<S>, options: SendOptions = {}): Promise<void> {
      const queue = await open(false);
      await queue.send(job.name, job.payload.parse(payload), {
        db: fromDrizzle(on as Parameters<typeof fromDrizzle>[0], sql),
        ...(options.startAfter ? { startAfter: options.startAfter } : {}),
        // In a queue of policy `short` jobs with the same key do not pile up; without one each is its own.
        singletonKey: options.key ?? crypto.randomUUID(),
      });
    },

    /** Runs a job here and now, as a worker would. For tests and for starting up. */
    async run<S extends z.ZodObject>(job: Job<S>, payload: z.input<S>): Promise<void> {
      const { handler } = handled.get(job.name) ?? {};
      if (!handler) throw new Error(`nothing handles the job ${job.name}`);
      await handler(job.payload.parse(payload), { signal: new AbortController().signal, attempt: 1 });
    },

    /** Begins to work. Only on nodes with the role worker. */
    async start(): Promise<void> {
      if (boss) await (await boss).stop({ graceful: false });
      boss = undefined;
      const queue = await open(true);
      await replaceSchedules(
        queue,
        [...handled.values()].map(({ job }) => job),
      );
      for (const { job, handler } of handled.values()) await work(queue, job, handler, { logger, pollSeconds });
    },

    /** Puts dead jobs of a kind back to work. @returns how many. */
    async redrive(job: Job): Promise<number> {
      return (await open(false)).redrive(DEAD_LETTERS, { sourceName: job.name });
    },

    /** Takes no more, waits for what runs, then lets the queue go. */
    async stop(graceMs = 10_000): Promise<void> {
      const open = boss;
      boss = undefined;
      await (await open)?.stop({ graceful: true, timeout: graceMs });
    },
  };
}

async function declare(boss: PgBoss, job: Job): Promise<void> {
  const options = {
    retryLimit: job.retry.times,
    retryDelay: job.retry.firstDelaySeconds,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: job.maxSeconds,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deleteAfterSeconds: DONE_KEPT_SECONDS,
    deadLetter: DEAD_LETTERS,
    notify: true,
  };
  await boss.createQueue(job.name, { ...options, policy: 'short' });
  await boss.updateQueue(job.name, options);
}

/** Schedules are what the code says: those of jobs that are gone are removed. */
async function replaceSchedules(boss: PgBoss, jobs: readonly Job[]): Promise<void> {
  const wanted = new Map(jobs.flatMap((job) => (job.schedule ? [[job.name, job.schedule] as const] : [])));
  for (const known of await boss.getSchedules()) if (!wanted.has(known.name)) await boss.unschedule(known.name, known.key);
  for (const [name, { cron, zone, payload }] of wanted) await boss.schedule(name, cron, payload, { tz: zone, missed: 'once' });
}

async function work(
  boss: PgBoss,
  job: Job,
  handler: Handler<z.ZodObject>,
  { logger, pollSeconds }: Pick<Required<QueueGround>, 'logger' | 'pollSeconds'>,
): Promise<void> {
  const settle = async (queued: Queued<object>): Promise<JobResult> => {
    const payload = job.payload.safeParse(queued.data);
    if (!payload.success) {
      logger.error({ job: job.name, jobId: queued.id, problem: payload.error.message }, 'job has a payload of another shape');
      return { id: queued.id, status: 'deadletter', output: { problem: payload.error.message } };
    }
    try {
      await handler(payload.data, { signal: queued.signal, attempt: queued.retryCount + 1 });
      return { id: queued.id, status: 'completed' };
    } catch (error) {
      const last = queued.retryCount >= queued.retryLimit;
      logger[last ? 'error' : 'warn'](
        { err: error, job: job.name, jobId: queued.id },
        last ? 'job failed for good' : 'job failed, will be tried again',
      );
      return { id: queued.id, status: 'failed', output: { problem: error instanceof Error ? error.message : String(error) } };
    }
  };
  await boss.work(
    job.name,
    {
      batchSize: BATCH,
      burstWhenBatchFull: true,
      perJobResults: true,
      includeMetadata: true,
      pollingIntervalSeconds: pollSeconds,
      notifyPollingIntervalSeconds: pollSeconds,
    },
    (batch: Queued<object>[]) => inLanes(batch, job.atOnce ?? BATCH, settle),
  );
}

/** Runs `one` on each item, at most `lanes` at a time, and answers in order. */
async function inLanes<T, R>(items: readonly T[], lanes: number, one: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await one(items[at]!);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  return results;
}
