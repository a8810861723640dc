import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type Connection, connect } from './database/connect.ts';
import { createApiKeys } from './identity/api-keys.ts';
import { createAuthorize } from './identity/authorize.ts';

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
  const apiKeys = createApiKeys(db);
  const authorize = createAuthorize(apiKeys);

  return {
    config,
    logger,
    connection,
    db,
    apiKeys,
    authorize,
    close: () => connection.close(),
  };
}
