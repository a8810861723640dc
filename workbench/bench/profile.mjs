// node profile.mjs <driver> <vad> <sessions>  -> runs one configuration under --cpu-prof and prints where the time goes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname,
  NODE = process.execPath;
const [driver = 'livekit', vad = 'energy', n = '40', out = 'prof'] = process.argv.slice(2);
if (driver === '--child') {
  const { run } = await import('./workload/runner.mjs');
  const { SETTINGS } = await import('./workload/settings.mjs');
  const { summarise, round } = await import('./workload/metrics.mjs');
  const [, , , d, v, N] = process.argv;
  const r = await run({ driver: d, engine: { vad: v }, settings: SETTINGS, sessions: +N, replies: 'IIIE', warmup: 'IE' });
  console.log(
    JSON.stringify({
      over: summarise(r.parts).over,
      cpuSPerCallMin: round(r.cpuS / r.callMinutes, 3),
      elu: r.elu,
      wallS: r.wallS,
      callMin: r.callMinutes,
    }),
  );
  process.exit(0);
}
const dir = path.join(here, out);
rmSync(dir, { recursive: true, force: true });
mkdirSync(dir);
const url = pathToFileURL(driver.includes('/') ? path.resolve(driver) : path.join(here, driver, 'driver.mjs')).href;
const c = spawnSync(
  NODE,
  [
    '--expose-gc',
    '--cpu-prof',
    '--cpu-prof-interval',
    '1000',
    '--cpu-prof-dir',
    dir,
    path.join(here, 'profile.mjs'),
    '--child',
    url,
    vad,
    n,
  ],
  { encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
);
console.log(c.stdout.trim(), c.stderr.slice(0, 300));
const p = JSON.parse(
  readFileSync(
    path.join(
      dir,
      readdirSync(dir).find((f) => f.endsWith('.cpuprofile')),
    ),
  ),
);
const byId = new Map(p.nodes.map((x) => [x.id, x]));
const self = new Map();
let clock = 0; // boot and warm-up (the first 12 s) are left out
for (let i = 0; i < p.samples.length; i++) {
  clock += p.timeDeltas[i];
  if (clock > 12e6) self.set(p.samples[i], (self.get(p.samples[i]) ?? 0) + p.timeDeltas[i]);
}
const cat = (u, f) => {
  if (f === '(idle)') return '(idle)';
  if (f === '(garbage collector)') return 'garbage collector';
  if (f === '(program)') return 'native/program';
  if (/node:internal\/webstreams/.test(u)) return 'WHATWG streams (node:internal/webstreams)';
  if (/async_hooks|async_context|async_local/.test(u)) return 'async hooks / AsyncLocalStorage';
  if (/node:internal\/(process\/task_queues|timers|abort_controller|event_target)|node:timers/.test(u))
    return u.replace(/.*node:internal\//, 'node ');
  if (/bench\/(workload|profile)/.test(u)) return 'bench workload (fakes, pacer, playout)';
  if (/bench\/livekit/.test(u)) return 'bench livekit driver';
  const m = /node_modules\/((@[^/]+\/)?[^/]+)\/(.*)/.exec(u);
  if (m) return m[1] === '@livekit/agents' ? `@livekit/agents ${m[3].replace('dist/', '')}` : m[1];
  return u.startsWith('node:') ? u : u ? `other ${u}` : 'V8 builtins';
};
const cats = new Map(),
  fns = new Map();
let busy = 0;
for (const [id, t] of self) {
  const cf = byId.get(id).callFrame,
    k = cat(cf.url, cf.functionName);
  if (k === '(idle)') continue;
  busy += t;
  cats.set(k, (cats.get(k) ?? 0) + t);
  const fk = `${cf.functionName || '(anon)'} ${cf.url.split('/').slice(-2).join('/')}:${cf.lineNumber + 1}`;
  fns.set(fk, (fns.get(fk) ?? 0) + t);
}
const top = (m, k) =>
  [...m]
    .sort((a, b) => b[1] - a[1])
    .slice(0, k)
    .map(([a, t]) => `${((t / busy) * 100).toFixed(1).padStart(5)} %  ${a}`)
    .join('\n');
console.log(`busy ${(busy / 1e6).toFixed(2)} s\n-- by module (self time)\n${top(cats, 28)}\n-- by function (self time)\n${top(fns, 35)}`);
