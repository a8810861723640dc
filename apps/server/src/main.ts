import path from 'node:path';
import { type Logger, pino } from 'pino';
import { type Config, ConfigError, readConfig } from './config.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { connect } from './database/connect.ts';
import { startEmbeddedPostgres } from './database/embedded.ts';
import { sharedValue } from './database/installation.ts';
import { migrate } from './database/migrate.ts';
import { demonstrate } from './demonstration.ts';
import { createFirstWorkspace } from './identity/first-start.ts';
import { createLogger } from './logger.ts';
import { createPlatform } from './platform.ts';
import { createServer } from './server.ts';
import { printWelcome } from './welcome.ts';

const ROOT = path.join(import.meta.dirname, '../../..');

/** What has been started, to be ended in the opposite order. */
const undo: (() => Promise<unknown> | unknown)[] = [];

async function main(): Promise<void> {
  const config = readConfig(process.env, ROOT);
  const logger = createLogger(config, pino.destination({ dest: 2, sync: false }));
  const folder = openDataFolder(config.dataDir);
  undo.push(folder.release);
  const database = await openDatabase(config, folder);
  await migrate(database.url);

  const TALKTURO_SECRET = await installationSecret(config, database.url, folder);
  const platform = createPlatform({ config: { ...config, TALKTURO_SECRET }, databaseUrl: database.url, logger });
  undo.push(platform.close);
  const first = await createFirstWorkspace(platform.db, platform.apiKeys, config);
  let starting = true;
  const app = createServer(platform, { starting: () => starting });
  undo.push(() => app.close());
  await app.listen({ port: config.PORT, host: config.HOST });
  const bound = app.server.address();
  const port = typeof bound === 'object' && bound ? bound.port : config.PORT;
  await platform.start(port);
  starting = false;
  undo.push(platform.drain);

  endOnSignals(config, logger);
  const address = config.PUBLIC_URL ?? `http://localhost:${port}`;
  printWelcome({ platform, address, first, databaseAt: database.at });
  if (process.argv.includes('--no-demo') || config.env === 'production') return;
  await demonstrate(platform, address).catch((error) => {
    console.error(`The demonstration did not work: ${error instanceof Error ? error.message : error}`);
  });
}

async function openDatabase(config: Config, folder: DataFolder): Promise<{ url: string; at: string }> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, at: hostOf(config.DATABASE_URL) };
  const embedded = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    cluster: folder.secrets.cluster,
    password: folder.secrets.databasePassword,
  });
  undo.push(embedded.stop);
  await embedded.ensureDatabase('talkturo');
  return { url: embedded.urlOf('talkturo'), at: embedded.dataDir };
}

/** Given by a setting, else made once: kept beside the embedded database, or in the database that all nodes share. */
async function installationSecret(config: Config, databaseUrl: string, folder: DataFolder): Promise<string> {
  if (config.TALKTURO_SECRET) return config.TALKTURO_SECRET;
  if (!config.DATABASE_URL) return folder.secrets.secret;
  const connection = connect(databaseUrl, 1);
  try {
    return await sharedValue(connection.db, 'secret', folder.secrets.secret);
  } finally {
    await connection.close();
  }
}

function endOnSignals(config: Config, logger: Logger): void {
  let ending = false;
  const end = async (why: string, code: number) => {
    if (ending) process.exit(1);
    ending = true;
    console.log(`\n${why}: no new calls; live ones have ${config.TALKTURO_DRAIN_SECONDS} s to end. Once more to stop at once.`);
    await undoAll();
    process.exit(code);
  };
  process.on('SIGTERM', () => void end('Stopping', 0)).on('SIGINT', () => void end('Stopping', 0));
  // A bug outside any call: end in order, so that a supervisor can start us again.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'unexpected error');
    void end('An unexpected error (see the log)', 1);
  });
}

async function undoAll(): Promise<void> {
  for (const step of undo.splice(0).reverse()) {
    try {
      await step();
    } catch (error) {
      // The others must still be ended: an unfinished PostgreSQL would outlive us.
      console.error('Ending a part failed:', error instanceof Error ? error.message : error);
    }
  }
}

main().catch(async (error) => {
  // A wrong setting or a busy port is the operator's to mend: one sentence, no stack.
  const busy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  if (busy) console.error('The port is in use by another program: stop that one, or set PORT to a free one.');
  else if (error instanceof ConfigError) console.error(error.message);
  else console.error(error instanceof Error ? error.message : error);
  await undoAll();
  process.exit(1);
});

/** Where a database is, for the start's lines; an address of a socket (`postgresql://user@/name?host=/run/…`) names no host. */
function hostOf(databaseUrl: string): string {
  return URL.canParse(databaseUrl) ? new URL(databaseUrl).host : 'a socket of this machine';
}
