import type { FastifyReply } from 'fastify';
import type { Listening } from '../database/listen.ts';
import { listen } from '../database/listen.ts';
import { CAMPAIGNS_CHANNEL } from './campaigns.ts';

/** Not more often than this does a follower get figures. */
const SHORTEST_PAUSE_MS = 1_000;
/** Looked again without a notice: clocks and windows change figures too. Keeps proxies from closing a quiet stream. */
const LONGEST_PAUSE_MS = 10_000;
/** A reader that falls further behind than this is cut off; it comes back by itself. */
const MOST_UNREAD_BYTES = 1024 * 1024;

export type CampaignStreams = ReturnType<typeof createCampaignStreams>;

/** Streams of figures to those who watch campaigns; one listening connection for all of them, while there are any. */
export function createCampaignStreams(databaseUrl: string) {
  const followers = new Map<string, Set<() => void>>();
  let listening: Listening | null = null;

  const hear = (campaignId: string) => {
    for (const wake of followers.get(campaignId) ?? []) wake();
  };
  const hearAll = () => {
    for (const id of followers.keys()) hear(id);
  };
  const open = new Set<() => void>();

  return {
    /**
     * Sends what `figures` answers at once and after each change, until the reader goes.
     * @param figures the present figures; null ends the stream.
     */
    async follow(reply: FastifyReply, campaignId: string, figures: () => Promise<object | null>): Promise<void> {
      const { raw } = reply;
      let ended = false;
      let busy = false;
      let stale = false;
      let last = '';
      let lastAt = Number.NEGATIVE_INFINITY;
      let timer: NodeJS.Timeout | undefined;

      const finish = () => {
        if (ended) return;
        ended = true;
        clearTimeout(timer);
        open.delete(finish);
        const all = followers.get(campaignId);
        all?.delete(wake);
        if (all?.size === 0) followers.delete(campaignId);
        if (followers.size === 0) {
          void listening?.stop();
          listening = null;
        }
        raw.end();
      };
      const look = async () => {
        if (ended || busy) {
          stale = true;
          return;
        }
        busy = true;
        stale = false;
        lastAt = performance.now();
        try {
          const now = await figures();
          if (now === null) return finish();
          const { at: _, ...content } = now as { at?: string };
          const text = JSON.stringify(content);
          if (!ended) raw.write(text === last ? ': still here\n\n' : `event: dashboard\ndata: ${JSON.stringify(now)}\n\n`);
          last = text;
          if (raw.writableLength > MOST_UNREAD_BYTES) finish();
        } catch {
          // The database is away for a moment: the next look tells.
        } finally {
          busy = false;
          if (!ended) schedule(stale ? SHORTEST_PAUSE_MS : LONGEST_PAUSE_MS);
        }
      };
      const schedule = (ms: number) => {
        clearTimeout(timer);
        timer = setTimeout(look, ms);
      };
      const wake = () => {
        stale = true;
        if (!busy && !ended) schedule(Math.max(0, SHORTEST_PAUSE_MS - (performance.now() - lastAt)));
      };

      followers.set(campaignId, (followers.get(campaignId) ?? new Set()).add(wake));
      listening ??= listen(databaseUrl, [CAMPAIGNS_CHANNEL], (_channel, id) => hear(id), hearAll);
      open.add(finish);
      raw.on('close', finish);
      reply.hijack();
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
        ...(reply.getHeaders() as Record<string, string>),
      });
      raw.write('retry: 2000\n\n');
      await look();
    },

    /** Ends all streams, for a server that closes. */
    close(): void {
      for (const finish of [...open]) finish();
    },
  };
}
