// What the runs come to.
import { median, round } from './workload/metrics.mjs';

/** The pass rule of the capacity search. */
export const passes = (r) => r.over.p95 !== null && r.over.p95 <= 200 && r.underruns.n <= 0.01 * r.turns && r.missed <= 0.01 * r.turns; // "underruns": more than 1 % of turns

export function table(rows) {
  const groups = new Map();
  for (const r of rows) {
    const k = `${r.name}|${r.mode}|${String(r.sessions).padStart(4, '0')}`;
    (groups.get(k) ?? groups.set(k, []).get(k)).push(r);
  }
  const head = [
    'config',
    'mode',
    'N',
    'runs',
    'turns',
    'over p50',
    'p95',
    'p99',
    'barge p50',
    'p95',
    'cpu s/call-min',
    'ELU',
    'RSS/sess',
    'start p50',
    'p95',
    'underr',
    'missed',
    'disturbed',
  ];
  const lines = [...groups.values()].map((g) => {
    const m = (f, d = 1) => {
      const v = g.map(f).filter((x) => x != null);
      return v.length ? round(median(v), d) : '-';
    };
    return [
      g[0].name,
      g[0].mode,
      g[0].sessions,
      g.length,
      g.reduce((a, r) => a + r.turns, 0),
      m((r) => r.over.p50),
      m((r) => r.over.p95),
      m((r) => r.over.p99),
      m((r) => r.barge.p50, 0),
      m((r) => r.barge.p95, 0),
      m((r) => r.cpuSPerCallMin, 2),
      m((r) => r.elu, 2),
      m((r) => r.rssPerSessionMb),
      m((r) => r.startP50),
      m((r) => r.startP95),
      g.reduce((a, r) => a + r.underruns.n, 0),
      g.reduce((a, r) => a + r.missed, 0),
      g.filter((r) => r.disturbed).length,
    ].map(String);
  });
  const w = head.map((h, i) => Math.max(h.length, ...lines.map((l) => l[i].length)));
  return [head, w.map((n) => '-'.repeat(n)), ...lines].map((l) => l.map((x, i) => x.padStart(w[i])).join('  ')).join('\n');
}

/** Names a configuration and its repeat. */
export const keyOf = (r) => [r.name, r.mode ?? 'single', r.sessions, r.repeat].join('|');

/** Of several runs of the same configuration and repeat, the one least disturbed by other jobs. */
export function leastDisturbed(rows) {
  const best = new Map();
  for (const r of rows) {
    if (!r.over) continue;
    const k = keyOf(r);
    const other = best.get(k);
    if (!other || r.foreignCores < other.foreignCores) best.set(k, r);
  }
  return [...best.values()];
}
