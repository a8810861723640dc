import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

/** A standing subscription to NOTIFY. */
export interface Listening {
  stop(): Promise<void>;
}

/**
 * Listens on channels over a connection of its own, which is replaced when lost. Notices are hints: those sent while
 * the connection was down are gone, so `onReconnect` runs after each (re)connection, the first included.
 * @param onNotice gets the channel and the payload; it must not throw.
 * @param onReconnect may also want to hear when the connection is lost.
 */
export function listen(
  url: string,
  channels: readonly string[],
  onNotice: (channel: string, payload: string) => void,
  onReconnect: (() => void) | { connected(): void; lost(): void } = () => {},
): Listening {
  const stopping = new AbortController();
  const { connected, lost: wasLost } = typeof onReconnect === 'function' ? { connected: onReconnect, lost: () => {} } : onReconnect;
  let client: pg.Client | undefined;

  const run = async () => {
    for (let failures = 0; !stopping.signal.aborted; failures++) {
      client = new pg.Client({ connectionString: url, keepAlive: true });
      const lost = new Promise<void>((resolve) => {
        client?.once('end', resolve);
        client?.once('error', () => resolve());
      });
      client.on('notification', (notice) => onNotice(notice.channel, notice.payload ?? ''));
      try {
        await client.connect();
        for (const channel of channels) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
        failures = 0;
        connected();
        await lost;
        wasLost();
      } catch {
        // The database is away; polling goes on meanwhile and the next round tries again.
      }
      await client.end().catch(() => {});
      await wait(Math.min(5_000, 100 * 2 ** failures), undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await client?.end().catch(() => {});
      await running;
    },
  };
}
