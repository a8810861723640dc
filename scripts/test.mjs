// All tests: everything on the embedded PostgreSQL, then the server’s once more on the oldest PostgreSQL supported, where two
// server processes share each database.
// With files named, only those and only once: `npm test -- packages/voice`.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildDashboard } from './build-dashboard.mjs';
import { CHROMIUM, fromDebian, POSTGRES_15 } from './debian-package.ts';
import { startOldestPostgres } from './oldest-postgres.mjs';

const root = path.join(import.meta.dirname, '..');
const named = process.argv.slice(2);

if (named.length === 0) {
  // Before all, since test files run beside one another: two that install, or build the dashboard, take it from under each other.
  for (const needed of [CHROMIUM, POSTGRES_15]) fromDebian(needed);
  buildDashboard(process.execPath);
}
if ((await vitest(named)) !== 0) process.exit(1);
if (named.length === 0) {
  const oldest = await startOldestPostgres();
  console.log('\nOnce more: the server’s tests on PostgreSQL 15, every other request answered by a second server process.');
  // What these prove is the sound of calls, in real time, which no database changes.
  const soundOnly = ['telnyx-codecs', 'calls/realtime-calls', 'calls/answering'].map((name) => `apps/server/src/${name}.test.ts`);
  const args = ['apps/server', ...soundOnly.flatMap((file) => ['--exclude', file])];
  const status = await vitest(args, { TALKTURO_TEST_DATABASE_URL: oldest.url, TALKTURO_TEST_TWO_PROCESSES: 'yes' });
  await oldest.stop();
  process.exit(status);
}

/** Runs vitest to its end; not synchronously, since PostgreSQL's messages must be read meanwhile. */
function vitest(args, env = {}) {
  const program = path.join(root, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [program, 'run', ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
