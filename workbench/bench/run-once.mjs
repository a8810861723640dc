// One configuration in fresh child processes.
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { arg } from './arguments.mjs';
import { disturbed, Watch } from './machine-load.mjs';
import { buildCall } from './workload/caller.mjs';
import { median, pct, round, summarise } from './workload/metrics.mjs';
import { latencyFloorMs, SETTINGS } from './workload/settings.mjs';

const here = import.meta.dirname;
/** The project's pinned Node: this is started through npm. */
const NODE = process.execPath;
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const driverUrl = (d) => pathToFileURL(d.includes('/') ? path.resolve(d) : path.join(here, d, 'driver.mjs')).href;

function settingsFor(c) {
  const s = structuredClone(SETTINGS);
  Object.assign(s.turn, c.turn ?? {});
  return s;
}

// --rt 1 runs the load at real-time priority (chrt -f 1), which shields its timing from other jobs on a shared machine.
function startWorker(cfg, extraNode = [], rt = false, nice = arg('nice', process.getuid?.() === 0 ? '-15' : '0')) {
  const t0 = performance.now();
  const wrap = rt ? ['chrt', '-f', '1'] : ['nice', '-n', nice];
  const p = spawn(
    wrap[0],
    [...wrap.slice(1), NODE, '--expose-gc', ...extraNode, path.join(here, 'workload/worker.mjs'), JSON.stringify(cfg)],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, NODE_ENV: 'production' } },
  );
  let err = '';
  p.stderr.on('data', (d) => {
    if (err.length < 4000) err += d;
  });
  const w = { p, ready: null, result: null, unhandled: 0 };
  const on = {};
  w.readyP = new Promise((r) => {
    on.ready = r;
  });
  w.resultP = new Promise((res, rej) => {
    on.res = res;
    on.rej = rej;
  });
  p.on('message', (m) => {
    if (m.ev === 'ready') {
      w.ready = { ...m.data, spawnToReadyMs: round(performance.now() - t0) };
      on.ready(w.ready);
    } else if (m.ev === 'result') {
      w.result = m.data;
      on.res(m.data);
    } else if (m.ev === 'unhandled') {
      w.unhandled++;
      w.lastUnhandled = m.data;
    } else if (m.ev === 'error') on.rej(new Error(m.data));
  });
  p.on('exit', (code) => {
    on.ready(null);
    on.rej(new Error(`worker exited ${code}: ${err.slice(0, 1500)}`));
    w.stderr = err;
  });
  w.resultP.catch(() => {});
  return w;
}

/** One run of one configuration -> a flat result row. */
export async function runOnce(c, repeat = 1) {
  const N = c.sessions,
    stagger = Math.max(4000, 40 * N),
    settings = settingsFor(c),
    base = {
      driver: driverUrl(c.driver),
      engine: c.engine ?? {},
      settings,
      replies: c.replies ?? (c.sessions === 1 ? 'IIIFIIIIIIE' : 'IIFIE'),
      format: c.format ?? 'pcm16k',
      seedBase: repeat,
      gated: true,
      staggerMs: stagger,
    };
  const nodeArgs = c.nodeArgs ?? [];
  const workers = [];
  let watch;
  try {
    if (c.mode === 'procs') {
      const calls = Array.from({ length: N }, (_, i) => buildCall(settings, { seed: repeat * 1000 + (i % 8), replies: base.replies }));
      const shortest = Math.min(...calls.map((x) => x.totalMs));
      for (let i = 0; i < N; i += 2) {
        // two at a time: the machine has two cores
        const batch = [i, i + 1]
          .filter((j) => j < N)
          .map((j) => {
            const w = startWorker({ ...base, sessions: 1, variantOffset: j, warmup: null }, nodeArgs, false, '0');
            workers[j] = w;
            return w;
          });
        await Promise.all(batch.map((w) => w.readyP));
      }
      // Not real-time here: many processes whose helper threads spin would starve one another. Raise the niceness of every thread instead.
      if (process.getuid?.() === 0)
        for (const w of workers) execFileSync('renice', ['-n', '-15', '-p', ...readdirSync(`/proc/${w.p.pid}/task`)], { stdio: 'ignore' });
      await sleep(1000);
      watch = new Watch(workers.map((w) => w.p.pid));
      workers.forEach((w, i) => {
        const d = N > 1 ? (stagger * i) / N + ((i * 7.3) % 20) : 0;
        w.p.send({ delayMs: d + 300, window: N > 1 ? [stagger - d, shortest - d] : [-1e12, 1e12] });
      });
    } else {
      const parts = c.mode === 'split2' ? [Math.ceil(N / 2), Math.floor(N / 2)] : [N];
      for (const n of parts)
        workers.push(startWorker({ ...base, sessions: n, warmup: c.warmup ?? 'IE' }, nodeArgs, arg('rt') && c.mode !== 'split2'));
      await Promise.all(workers.map((w) => w.readyP));
      watch = new Watch(workers.map((w) => w.p.pid));
      for (const w of workers) w.p.send({ delayMs: 0 });
    }
    const results = await Promise.all(workers.map((w) => w.resultP));
    const foreign = watch.stop();
    const sum = (f) => results.reduce((a, r) => a + f(r), 0),
      starts = results.flatMap((r) => r.startMs),
      s = summarise(results.flatMap((r) => r.parts));
    const callMin = sum((r) => r.callMinutes);
    return {
      name: c.name,
      driver: c.driver,
      engine: c.engine ?? {},
      mode: c.mode ?? 'single',
      sessions: N,
      repeat,
      floorMs: latencyFloorMs(settings),
      ...s,
      cpuSPerCallMin: round(sum((r) => r.cpuS) / callMin, 3),
      foreignCores: foreign.mean,
      foreignMax: foreign.max,
      stealS: foreign.steal,
      machineBusyCores: foreign.busyCores,
      disturbed: disturbed(foreign) || undefined,
      elu: round(median(results.map((r) => r.elu)), 3),
      loopDelayP99: round(
        pct(
          results.map((r) => r.loopDelay.p99),
          100,
        ),
      ),
      loopDelayMax: round(
        pct(
          results.map((r) => r.loopDelay.max),
          100,
        ),
      ),
      rssTotalMb: round(
        sum((r) => r.rss.steady),
        0,
      ),
      rssMaxMb: round(
        sum((r) => r.rss.max),
        0,
      ),
      rssBaseMb: round(
        sum((r) => r.rss.base),
        0,
      ),
      pssTotalMb: round(
        sum((r) => r.rss.pssMid ?? 0),
        0,
      ),
      rssPerSessionMb:
        c.mode === 'procs' ? round(sum((r) => r.rss.steady) / N, 1) : round((sum((r) => r.rss.steady) - sum((r) => r.rss.base)) / N, 2),
      pssPerSessionMb: c.mode === 'procs' ? round(sum((r) => r.rss.pssMid ?? 0) / N, 1) : null,
      startP50: round(pct(starts, 50)),
      startP95: round(pct(starts, 95)),
      procReadyP50: round(median(workers.map((w) => w.ready?.spawnToReadyMs ?? NaN)), 0),
      procReadyMax: round(
        pct(
          workers.map((w) => w.ready?.spawnToReadyMs ?? NaN),
          100,
        ),
        0,
      ),
      importMs: round(median(results.map((r) => r.ready.importMs)), 0),
      bootCpuS: round(median(results.map((r) => r.ready.bootCpuS)), 2),
      sttAudioLostMs: pct(
        results.map((r) => r.sttAudioLostMs.max),
        100,
      ),
      pacerLateMeanMs: round(median(results.map((r) => r.pacer.lateMeanMs)), 2),
      pacerLateMaxMs: pct(
        results.map((r) => r.pacer.lateMaxMs),
        100,
      ),
      unhandled: workers.reduce((a, w) => a + w.unhandled, 0) || undefined,
      lastUnhandled: workers.find((w) => w.lastUnhandled)?.lastUnhandled,
      stderr:
        workers
          .map((w) => w.stderr ?? '')
          .join('')
          .slice(0, 300) || undefined,
    };
  } finally {
    watch?.stop();
    for (const w of workers) if (w && w.p.exitCode === null) w.p.kill('SIGKILL');
  }
}
