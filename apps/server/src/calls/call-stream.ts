import type { CallLogEvent } from '@talkturo/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CallLog } from './call-log.ts';
import { isFinal } from './call-status.ts';
import type { Calls } from './calls.ts';

/** Keeps proxies from closing a quiet stream, and finds out what no notice told. */
const HEARTBEAT_MS = 15_000;
/** A reader that falls further behind than this is cut off; it comes back with its Last-Event-ID. */
const MOST_UNREAD_BYTES = 1024 * 1024;

/** An event as the stream carries it (https://html.spec.whatwg.org/multipage/server-sent-events.html). One without an id cannot be resumed at. */
const messageOf = (event: CallLogEvent): string =>
  `${event.sequence > 0 ? `id: ${event.sequence}\n` : ''}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/** The last event a returning reader has seen; 0: none. */
export function lastSeen(request: FastifyRequest): number {
  const value = request.headers['last-event-id'];
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : 0;
}

export interface StreamGround {
  calls: Calls;
  log: CallLog;
  /** How to end each stream that is open, for a server that closes. */
  open: Set<() => void>;
}

/**
 * Sends a call's events from after `after` on until the call is over, whichever node holds it: what is stored is read,
 * what happens here is passed on, and hints of other nodes lead to reading again. Each kept event comes once, in order.
 */
export async function streamCall(reply: FastifyReply, callId: string, after: number, { calls, log, open }: StreamGround): Promise<void> {
  const { raw } = reply;
  let sent = after;
  let ended = false;
  let reading: Promise<void> | null = null;
  let again = false;

  const finish = () => {
    if (ended) return;
    ended = true;
    open.delete(finish);
    unfollow();
    clearInterval(heartbeat);
    raw.end();
  };
  const send = (event: CallLogEvent) => {
    if (ended) return;
    raw.write(messageOf(event));
    if (event.sequence > 0) sent = event.sequence;
    if (event.type === 'ended' || raw.writableLength > MOST_UNREAD_BYTES) finish();
  };

  /** Reads what is stored; asked again meanwhile, it reads once more. */
  const look = (): Promise<void> => {
    if (reading) {
      again = true;
      return reading;
    }
    reading = (async () => {
      do {
        again = false;
        // The status first: what is stored after it is read will have been sent.
        const call = await calls.find(callId);
        for (const event of await calls.eventsAfter(callId, sent)) send(event);
        if (!call || (isFinal(call.status) && Date.now() - (call.endedAt?.getTime() ?? 0) > HEARTBEAT_MS)) finish();
      } while (again && !ended);
    })().finally(() => {
      reading = null;
    });
    return reading;
  };
  const lookAgain = () => {
    // The database is away for a moment: the next heartbeat looks again.
    look().catch(() => {});
  };

  const unfollow = log.follow(callId, (news) => {
    if (news === 'look' || reading) return lookAgain();
    for (const event of news) {
      if (event.sequence > sent + 1) return lookAgain();
      if (event.sequence === 0 || event.sequence > sent) send(event);
    }
  });
  const heartbeat = setInterval(() => {
    raw.write(': still here\n\n');
    lookAgain();
  }, HEARTBEAT_MS);
  raw.on('close', finish);
  open.add(finish);

  reply.hijack();
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    // Nothing follows on this connection: a server that closes need not wait for it.
    connection: 'close',
    ...(reply.getHeaders() as Record<string, string>),
  });
  raw.write('retry: 2000\n\n');
  await look();
}
