// A throw-away cluster of PostgreSQL 15, the oldest that is supported, from Debian's package.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fromDebian, POSTGRES_15 } from './debian-package.ts';

/**
 * Starts it on a free loopback port.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} connection string of its `postgres` database
 * @throws with a sentence when it is missing and cannot be installed
 */
export async function startOldestPostgres() {
  const bin = path.dirname(fromDebian(POSTGRES_15));
  const user = databaseUser();
  const dir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-pg15-'));
  if (user) chownSync(dir, user.uid, user.gid);
  const options = { ...(user ?? {}), cwd: '/', env: { LC_ALL: 'C', PATH: process.env.PATH } };
  const data = path.join(dir, 'data');
  const made = spawnSync(path.join(bin, 'initdb'), ['-D', data, '-U', 'talkturo', '--auth=trust', '--encoding=UTF8', '--locale=C'], {
    ...options,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb of PostgreSQL 15 failed: ${made.stderr}`);
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: 300,
  };
  const server = spawn(
    path.join(bin, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = new Promise((resolve) => server.once('exit', resolve));
  await new Promise((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (words) => {
      said += words;
      if (said.includes('ready to accept connections')) resolve();
    });
    exited.then(() => reject(new Error(`PostgreSQL 15 did not start: ${said.slice(-500)}`)));
  });
  return {
    url: `postgresql://talkturo@127.0.0.1:${port}/postgres`,
    stop: async () => {
      server.kill('SIGINT');
      await exited;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL does not run as root; the package made this user. */
function databaseUser() {
  if (process.getuid?.() !== 0) return undefined;
  const [, , uid, gid] =
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((line) => line.startsWith('postgres:'))
      ?.split(':') ?? [];
  if (!uid || !gid) throw new Error('There is no user postgres, though the package should have made one.');
  return { uid: Number(uid), gid: Number(gid) };
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
