// How busy others keep the machine: a run disturbed by somebody else's load is seen.
import { readFileSync } from 'node:fs';
import { pct, round } from './workload/metrics.mjs';

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

// CPU use of the whole machine and of our own processes, so that a run disturbed by somebody else's load is seen.
const HZ = 100;
export function machineCpu() {
  const v = readFileSync('/proc/stat', 'utf8').split('\n')[0].trim().split(/\s+/).slice(1).map(Number);
  return { busy: (v[0] + v[1] + v[2] + v[5] + v[6] + v[7]) / HZ, steal: v[7] / HZ, t: performance.now() / 1000 };
}
function pidCpu(pid) {
  try {
    const l = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const v = l.slice(l.lastIndexOf(')') + 2).split(' ');
    return (+v[11] + +v[12]) / HZ;
  } catch {
    return null;
  }
}
export class Watch {
  // samples once a second: cores used by others (incl. stolen time)
  constructor(pids) {
    this.pids = [process.pid, ...pids];
    this.foreign = [];
    this.last = this.#read();
    this.first = this.last;
    this.timer = setInterval(() => this.#sample(), 1000);
  }
  #read() {
    return { m: machineCpu(), own: new Map(this.pids.map((p) => [p, pidCpu(p)])) };
  }
  #sample() {
    const n = this.#read();
    let own = 0;
    for (const [p, v] of n.own) {
      const b = this.last.own.get(p);
      if (v !== null && b !== null && b !== undefined) own += v - b;
    }
    const dt = n.m.t - this.last.m.t;
    this.foreign.push(Math.max(0, (n.m.busy - this.last.m.busy - own) / dt));
    this.last = n;
  }
  stop() {
    clearInterval(this.timer);
    const a = this.foreign,
      mean = a.reduce((x, y) => x + y, 0) / Math.max(1, a.length);
    return {
      mean: round(mean, 3),
      max: round(pct(a, 100) ?? 0, 2),
      busyCores: round((this.last.m.busy - this.first.m.busy) / (this.last.m.t - this.first.m.t), 2),
      steal: round(this.last.m.steal - this.first.m.steal, 2),
    };
  }
}
export async function waitQuiet(maxS = 240) {
  // three seconds in a row with < 0.08 cores busy
  let ok = 0;
  const t0 = Date.now();
  while (ok < 3 && Date.now() - t0 < maxS * 1000) {
    const a = machineCpu();
    await sleep(1000);
    const b = machineCpu();
    ok = (b.busy - a.busy) / (b.t - a.t) < 0.08 ? ok + 1 : 0;
  }
  return { waitedS: round((Date.now() - t0) / 1000, 0), quiet: ok >= 3 };
}
export const disturbed = (w) => w.mean > 0.1 || w.max > 0.6;
