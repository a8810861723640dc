import { number } from '../format.ts';

/** Names with counts, as bars of the largest. */
export function Shares({ rows }: { rows: readonly { name: string; count: number; note?: string }[] }) {
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <ul className="flex flex-col gap-2.5">
      {rows.map((row) => (
        <li key={row.name}>
          <div className="flex justify-between gap-3">
            <span className="min-w-0 truncate">{row.name}</span>
            <span className="shrink-0 tabular-nums">
              {number(row.count)} {row.note && <span className="text-soft">· {row.note}</span>}
            </span>
          </div>
          <div className="mt-1 h-1.5 rounded-full bg-wash" aria-hidden>
            <div className="h-full rounded-full bg-brand" style={{ width: `${(100 * row.count) / most}%` }} />
          </div>
        </li>
      ))}
    </ul>
  );
}
