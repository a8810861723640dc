import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { takeFolder } from './folder-lock.ts';
import { type PostgresFiles, preparePostgresFiles } from './postgres-files.ts';

/** A running PostgreSQL of our own. */
export interface EmbeddedPostgres {
  /** Connection settings of a database in it. */
  urlOf(database: string): string;
  /** Makes a database unless it is there. */
  ensureDatabase(name: string): Promise<void>;
  /** Where the cluster lies, for the start-up message. */
  dataDir: string;
  stop(): Promise<void>;
  /** Deletes the stopped cluster, for tests. */
  remove(): void;
}

export interface EmbeddedOptions {
  /** Talkturo's data folder. */
  dataDir: string;
  /** Names the cluster where it cannot lie in the data folder itself. */
  cluster: string;
  password: string;
  /** Tests give up durability for speed; the default keeps every commit through a power loss. */
  durable?: boolean;
  maxConnections?: number;
}

const USER = 'talkturo';

/**
 * Starts the embedded PostgreSQL on a Unix socket, making the cluster on first use.
 * A server left over by a killed process is stopped first (its data is crash-safe); the caller makes sure
 * that no other live Talkturo uses the folder.
 * @throws Error with a sentence and PostgreSQL's last words when it does not come up.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const files = preparePostgresFiles(options.dataDir, options.cluster);
  // A copied data folder names the same cluster: its server must not stop ours.
  const release = takeFolder(files.socketDir);
  await stopOrphan(files);
  if (!existsSync(path.join(files.data, 'PG_VERSION'))) initialise(files, options.password);
  const child = spawn(path.join(files.bin, 'postgres'), serverArguments(files, options), {
    ...(files.user ?? {}),
    cwd: '/',
    // Its own process group: Ctrl-C in the terminal must reach us first, so that calls can drain.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: process.env.PATH },
  });
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (words: string) => {
    lastWords = (lastWords + words).slice(-4000);
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      lastWords += error.message;
      resolve();
    });
  });
  child.unref();
  (child.stderr as unknown as { unref(): void }).unref();
  const urlOf = (database: string) => urlAt(files, options.password, database);
  const gone = exited.then(() => {
    throw new Error(`The embedded PostgreSQL did not start: ${lastSentence(lastWords)}`);
  });
  gone.catch(() => {});
  await Promise.race([gone, waitUntilReady(urlOf('postgres'))]);
  return {
    urlOf,
    ensureDatabase: (name) => ensureDatabase(urlOf('postgres'), name),
    dataDir: files.data,
    stop: async () => {
      child.ref();
      // SIGINT is PostgreSQL's fast shutdown: roll back, checkpoint, leave.
      child.kill('SIGINT');
      await exited;
      release();
    },
    remove: () => {
      rmSync(files.data, { recursive: true, force: true });
      rmSync(files.socketDir, { recursive: true, force: true });
    },
  };
}

const urlAt = (files: PostgresFiles, password: string, database: string): string =>
  `postgresql://${USER}:${encodeURIComponent(password)}@/${database}?host=${encodeURIComponent(files.socketDir)}`;

/** Where a database of the embedded PostgreSQL of a data folder is reached while a server runs it. */
export const embeddedUrl = ({ dataDir, cluster, password }: EmbeddedOptions, database: string): string =>
  urlAt(preparePostgresFiles(dataDir, cluster), password, database);

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function serverArguments(files: PostgresFiles, options: EmbeddedOptions): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: files.socketDir,
    unix_socket_permissions: '0700',
    max_connections: String(options.maxConnections ?? 120),
    shared_buffers: '128MB',
    // Huge pages and autovacuum stay at their defaults; wal_level minimal would forbid a later replica.
    logging_collector: 'off',
    log_min_messages: 'warning',
    ...(options.durable === false ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return ['-D', files.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

function initialise(files: PostgresFiles, password: string): void {
  rmSync(files.data, { recursive: true, force: true });
  mkdirSync(path.dirname(files.data), { recursive: true });
  const secret = mkdtempSync(path.join(os.tmpdir(), 'talkturo-init-'));
  const passwordFile = path.join(secret, 'password');
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (files.user) {
      chownSync(secret, files.user.uid, files.user.gid);
      chownSync(passwordFile, files.user.uid, files.user.gid);
    }
    const made = spawnSync(
      path.join(files.bin, 'initdb'),
      [
        '-D',
        files.data,
        '-U',
        USER,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-instructions',
      ],
      { ...(files.user ?? {}), cwd: '/', encoding: 'utf8', env: { LC_ALL: 'C', PATH: process.env.PATH } },
    );
    if (made.status !== 0)
      throw new Error(`The embedded PostgreSQL could not be set up: ${lastSentence(made.stderr || made.error?.message || '')}`);
  } finally {
    rmSync(secret, { recursive: true, force: true });
  }
}

/** postmaster.pid's first line is the process id; the file outlives a killed owner only while PostgreSQL itself lives or was killed too. */
async function stopOrphan(files: PostgresFiles): Promise<void> {
  const pidFile = path.join(files.data, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  if (!Number.isInteger(pid) || !isPostgres(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let tries = 0; tries < 200 && isPostgres(pid); tries++) await wait(50);
  if (isPostgres(pid)) process.kill(pid, 'SIGQUIT');
  for (let tries = 0; tries < 100 && isPostgres(pid); tries++) await wait(50);
}

/** The number may have been given to another program since: look at what it is. */
function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return state.includes('(postgres)') && !/\) Z /.test(state);
  } catch {
    return process.platform !== 'linux';
  }
}

async function waitUntilReady(url: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    // A refused connection also raises an event; the rejection is enough.
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      // 28P01: somebody else's password; no waiting helps.
      if ((error as { code?: string }).code === '28P01')
        throw new Error('The embedded PostgreSQL does not take the password in secrets.json.');
      await wait(20);
    }
  }
}

const lastSentence = (words: string): string => words.trim().split('\n').slice(-3).join(' ') || 'it said nothing.';
