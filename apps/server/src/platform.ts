import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type Connection, connect } from './database/connect.ts';
import { startDispatching } from './events/dispatch-loop.ts';
import { createDispatcher } from './events/dispatcher.ts';
import { createApiKeys } from './identity/api-keys.ts';
import { createAuthorize } from './identity/authorize.ts';
import { createJobs } from './jobs/jobs.ts';

export type Platform = ReturnType<typeof createPlatform>;

/** What the platform stands on: settings, a migrated database, the log. */
export interface Ground {
  config: Config;
  databaseUrl: string;
  logger: Logger;
}

/**
 * The composition root: builds every feature by hand, in the order in which they stand on each other.
 * It alone names providers and carriers.
 */
export function createPlatform({ config, databaseUrl, logger }: Ground) {
  const connection: Connection = connect(databaseUrl, config.TALKTURO_DATABASE_POOL);
  const { db } = connection;
  const jobs = createJobs({ pool: connection.pool, databaseUrl, logger });
  const dispatcher = createDispatcher(db, logger);
  const apiKeys = createApiKeys(db);
  const authorize = createAuthorize(apiKeys);

  const working: { stop(): Promise<void> }[] = [];

  return {
    config,
    logger,
    connection,
    db,
    jobs,
    dispatcher,
    apiKeys,
    authorize,
    /** Begins what nodes with the role worker do: jobs, schedules, events. `close` ends it. */
    startWorker: async () => {
      working.push(jobs, startDispatching(dispatcher, databaseUrl, logger));
      await jobs.start();
    },
    close: async () => {
      for (const part of working.toReversed()) await part.stop();
      await jobs.stop();
      await connection.close();
    },
  };
}
