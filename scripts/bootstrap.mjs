// The way in for `npm start`, `npm test` and the npm scripts that people run, under whatever Node the machine has (20 or later):
// installs what the lockfile asks for, then runs everything else under the pinned Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildDashboard } from './build-dashboard.mjs';

const root = path.join(import.meta.dirname, '..');
const [command = '', ...rest] = process.argv.slice(2);

/** Each command is a list of programs, run one after the other until one fails. */
const COMMANDS = {
  start: [['node', 'apps/server/src/main.ts', ...rest]],
  test: [['node', 'scripts/test.mjs', ...rest]],
  check: [['node', 'scripts/check.mjs', ...rest]],
  plan: [['node', 'apps/server/src/plan.ts', ...rest]],
  doctor: [['node', 'apps/server/src/doctor.ts', ...rest]],
  talk: [['node', 'workbench/talk.ts', ...rest]],
  timeline: [['node', 'workbench/timeline.ts', ...rest]],
  bench: [['node', 'workbench/bench/run.mjs', ...rest]],
  'bench:api': [['node', 'workbench/bench/api/run.ts', ...rest]],
  screenshots: [['node', 'workbench/browser/screenshots.ts', ...rest]],
  'figures:dashboard': [['node', 'workbench/browser/figures.ts', ...rest]],
  'bench:campaign': [['node', 'workbench/campaigns/bench.ts', ...rest]],
  'chaos:campaign': [['node', 'workbench/campaigns/chaos.ts', ...rest]],
  waves: [['node', 'workbench/waves.ts', ...rest]],
};

const steps = COMMANDS[command];
if (!steps) fail(`'${command}' is not one of ${Object.keys(COMMANDS).join(', ')}.`);
if (Number(process.versions.node.split('.')[0]) < 20) fail(`Talkturo needs Node 20 or later to set itself up; this is ${process.version}.`);
install();
const node = pinnedNode();
if (command === 'start') buildDashboard(node);
for (const [program, ...args] of steps) {
  const code = await run(program === 'node' ? node : program, args);
  if (code !== 0) process.exit(code);
}

/** Runs `npm ci` when the lockfile is not the one that was installed last. */
function install() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(root, 'node_modules', '.talkturo-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing what Talkturo is made of (once, about half a minute) …');
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const done = spawnSync(npm[0], [...npm.slice(1), 'ci', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) fail('npm ci failed; its reason stands above.');
  writeFileSync(stamp, lock);
}

/** Node 24 from the dependencies; where no such package exists for the platform, the system's own if it is new enough. */
function pinnedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = path.join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', name);
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(
    `There is no Node 24 package for ${process.platform} ${process.arch}: install Node 24 or later and try again (this is ${process.version}).`,
  );
}

/** Runs a program in the foreground and passes signals on, so that Ctrl-C and SIGTERM reach it. */
function run(program, args) {
  return new Promise((resolve) => {
    const bins = path.join(root, 'node_modules', '.bin');
    const child = spawn(program, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${bins}${path.delimiter}${process.env.PATH}` },
    });
    const pass = (signal) => () => child.kill(signal);
    const onTerm = pass('SIGTERM');
    // The terminal sends Ctrl-C to the child as well: only do not die before it.
    const onInt = () => {};
    process.on('SIGTERM', onTerm).on('SIGINT', onInt);
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', onTerm).off('SIGINT', onInt);
      resolve(code ?? (signal ? 128 : 1));
    });
  });
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
