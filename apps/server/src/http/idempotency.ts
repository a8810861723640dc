import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { EndpointShape } from '@talkturo/contract';
import { and, eq, isNull, like, lt, or } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database, Queryable } from '../database/connect.ts';
import { badRequest, conflict } from './app-error.ts';
import type { Caller, SignedIn } from './caller.ts';
import { idempotencyKeys } from './idempotency.table.ts';

const KEPT_MS = 86_400_000;
/** A first request that has not ended after this was lost with its node. */
const LOST_MS = 120_000;
/** How long a repetition waits for the first request to end, and how often it looks. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 100;

export type Idempotency = ReturnType<typeof createIdempotency>;
type Row = typeof idempotencyKeys.$inferSelect;

/** What identifies a request that must happen once. */
interface Once {
  owner: string;
  key: string;
  fingerprint: string;
}

/**
 * `Idempotency-Key`: the first request with a key runs, its repetitions within a day get the same answer. A request that was refused
 * wrote nothing, so its key is free again. If a node dies between its work and noting the answer, the key is free after two minutes.
 */
export function createIdempotency(db: Database, now: () => number = Date.now) {
  const mine = ({ owner, key }: Once) => and(eq(idempotencyKeys.owner, owner), eq(idempotencyKeys.key, key));

  /** True when this request is the first with its key, or takes over from one that was lost. */
  const claim = async (once: Once): Promise<boolean> => {
    const time = now();
    const fresh = { fingerprint: once.fingerprint, status: null, answer: null, etag: null, createdAt: new Date(time) };
    const over = lt(idempotencyKeys.createdAt, new Date(time - KEPT_MS));
    const lost = and(isNull(idempotencyKeys.status), lt(idempotencyKeys.createdAt, new Date(time - LOST_MS)));
    const claimed = await db
      .insert(idempotencyKeys)
      .values({ owner: once.owner, key: once.key, ...fresh })
      .onConflictDoUpdate({ target: [idempotencyKeys.owner, idempotencyKeys.key], set: fresh, setWhere: or(over, lost) })
      .returning({ key: idempotencyKeys.key });
    return claimed.length > 0;
  };

  /** The first request's row once it has ended; undefined when it was refused and its key is free again. */
  const ended = async (once: Once): Promise<Row | undefined> => {
    for (const until = now() + PATIENCE_MS; ; await pause(LOOK_MS)) {
      const [row] = await db.select().from(idempotencyKeys).where(mine(once));
      if (!row || row.status !== null) return row;
      if (row.fingerprint !== once.fingerprint) throw otherBody();
      if (now() > until) throw conflict('still_running', 'The first request with this Idempotency-Key still runs: ask again in a moment.');
    }
  };

  const run = async <T>(once: Once, endpoint: EndpointShape, reply: FastifyReply, work: () => Promise<T>): Promise<T> => {
    let answer: T;
    try {
      answer = await work();
    } catch (error) {
      await db.delete(idempotencyKeys).where(mine(once));
      throw error;
    }
    const etag = reply.getHeader('etag');
    await db
      .update(idempotencyKeys)
      .set({ status: 200, answer: endpoint.answersSecret ? null : JSON.stringify(answer), etag: etag === undefined ? null : String(etag) })
      .where(mine(once));
    return answer;
  };

  return {
    /**
     * Does the work of a request, or answers what the first request with its key was answered.
     * @throws AppError 409 for the same key with another request; 400 for a key that is empty or over 255 characters
     */
    async once<T>(
      request: FastifyRequest,
      reply: FastifyReply,
      caller: Caller | SignedIn,
      endpoint: EndpointShape,
      work: () => Promise<T>,
    ): Promise<T> {
      const header = request.headers['idempotency-key'];
      if (header === undefined || request.method === 'GET' || request.method === 'HEAD' || isStream(request.body)) return work();
      const once = onceOf(String(header), request, caller);
      for (;;) {
        if (await claim(once)) return run(once, endpoint, reply, work);
        const first = await ended(once);
        if (!first) continue;
        if (first.fingerprint !== once.fingerprint) throw otherBody();
        if (first.answer === null) {
          throw conflict(
            'answered_once',
            'The first request with this Idempotency-Key succeeded; its answer held a secret that is shown only once.',
          );
        }
        reply.header('idempotent-replayed', 'true');
        if (first.etag !== null) reply.header('etag', first.etag);
        return JSON.parse(first.answer) as T;
      }
    },

    /** Removes what is over a day old. */
    async sweep(): Promise<void> {
      await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, new Date(now() - KEPT_MS)));
    },
  };
}

/** Takes answers that tell of something erased out of those kept for repetitions. */
export async function forgetAnswers(on: Queryable, owner: string, id: string): Promise<void> {
  await on.delete(idempotencyKeys).where(and(eq(idempotencyKeys.owner, owner), like(idempotencyKeys.answer, `%${id}%`)));
}

function onceOf(key: string, request: FastifyRequest, caller: Caller | SignedIn): Once {
  if (key.trim() === '' || key.length > 255) throw badRequest('Idempotency-Key: must have 1 to 255 characters.');
  const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body ?? null);
  return {
    owner: 'accountId' in caller ? caller.accountId : caller.userId,
    key: sha256(key),
    fingerprint: sha256(`${request.method} ${request.url}\n${body}`),
  };
}

/** What is read as it comes cannot be compared; such endpoints (imports) can be repeated by their nature. */
const isStream = (body: unknown): boolean => typeof body === 'object' && body !== null && 'pipe' in body;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const otherBody = () =>
  conflict('other_request', 'This Idempotency-Key was used for another request within the last day: choose a new one.');
