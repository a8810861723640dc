import type pg from 'pg';
import { type ConstructorOptions, PgBoss } from 'pg-boss';
import { listen } from '../database/listen.ts';

/** Schema of the queue's own tables. */
export const QUEUE_SCHEMA = 'pgboss';

/** pg-boss on our pool; its notices come over a connection of their own when a url is given. */
export function createBoss(pool: pg.Pool, options: { listenUrl?: string; supervise: boolean }): PgBoss {
  const { listenUrl } = options;
  const db: NonNullable<ConstructorOptions['db']> = {
    executeSql: async (text, values) => {
      const result: unknown = await pool.query(text, values as unknown[]);
      // Several statements in one text answer several results.
      return Array.isArray(result) ? { rows: result.flatMap((one: { rows: unknown[] }) => one.rows) } : (result as { rows: unknown[] });
    },
    ...(listenUrl === undefined
      ? {}
      : {
          listen: async (channel, onNotification, onReconnect) => {
            const listening = listen(listenUrl, [channel], (_channel, payload) => onNotification(payload), onReconnect);
            return { close: () => listening.stop() };
          },
        }),
  };
  return new PgBoss({
    db,
    schema: QUEUE_SCHEMA,
    supervise: options.supervise,
    schedule: options.supervise,
    useListenNotify: listenUrl !== undefined,
    cronMonitorIntervalSeconds: 10,
    cronWorkerIntervalSeconds: 2,
    monitorIntervalSeconds: 15,
    superviseIntervalSeconds: 15,
    registerInstance: false,
  });
}

/** Makes or updates the queue's own tables. Safe on several nodes at once. */
export async function installQueue(pool: pg.Pool): Promise<void> {
  const boss = createBoss(pool, { supervise: false });
  boss.on('error', () => {});
  await boss.start();
  await boss.stop({ graceful: false });
}
