// Builds the dashboard when its sources are not those that were built last.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const root = path.join(import.meta.dirname, '..');
const home = path.join(root, 'apps/dashboard');
const SOURCES = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  '../../packages/contract/src',
  '../../packages/client/src',
  '../../packages/web-call/src',
];

/** @param {string} node the Node that runs the build */
export function buildDashboard(node) {
  const hash = createHash('sha256')
    .update('production, compressed')
    .update(readFileSync(path.join(root, 'package-lock.json')));
  const sources = SOURCES.map((name) => path.join(home, name)).filter(existsSync);
  for (const file of sources.flatMap(filesBelow).sort()) hash.update(path.relative(root, file)).update(readFileSync(file));
  const from = hash.digest('hex');
  const stamp = path.join(home, 'dist', '.built-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === from) return;
  const done = spawnSync(node, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: home,
    stdio: 'inherit',
    // Whatever runs this, a test for example: what is built is what people load.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (done.status !== 0) throw new Error('The dashboard could not be built; the reason stands above.');
  // Pages elsewhere load the client of web calls from this server.
  const client = spawnSync(node, ['--no-warnings', path.join(root, 'scripts/build-web-call.mjs'), path.join(home, 'dist/web-call')]);
  if (client.status !== 0) throw new Error(`The client of web calls could not be built: ${client.stderr}`);
  compress(path.join(home, 'dist'));
  writeFileSync(stamp, from);
}

/** Each text once more as .br and .gz beside it, which the server gives to browsers that take them. */
function compress(folder) {
  for (const file of filesBelow(folder).filter((name) => /\.(js|css|svg|html)$/.test(name))) {
    const text = readFileSync(file);
    writeFileSync(`${file}.br`, brotliCompressSync(text));
    writeFileSync(`${file}.gz`, gzipSync(text));
  }
}

function filesBelow(entry) {
  if (statSync(entry).isFile()) return [entry];
  return readdirSync(entry, { withFileTypes: true }).flatMap((child) => filesBelow(path.join(entry, child.name)));
}
