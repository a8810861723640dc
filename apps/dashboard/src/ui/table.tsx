import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';

/** Large enough for a finger. */
const TICK = 'block size-4 cursor-pointer accent-brand';

export interface Column<Row> {
  title: string;
  cell: (row: Row) => ReactNode;
  /** Left out on narrow screens. */
  wide?: boolean;
  /** At the right end of the row. */
  end?: boolean;
  /** Its title is for screen readers only. */
  quiet?: boolean;
}

export function Table<Row extends { id: string }>({
  label,
  columns,
  rows,
  stack,
  ticks,
  bare,
}: {
  label: string;
  /** Within a card: without a frame of its own. */
  bare?: boolean;
  /** Rows can be ticked. */
  ticks?: { ticked: readonly string[]; onTicked: (ids: readonly string[]) => void; nameOf: (row: Row) => string };
  /** On narrow screens a row becomes lines, each with the name of its column. */
  stack?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}) {
  const { t } = useTranslation();
  const all = ticks !== undefined && ticks.ticked.length === rows.length;
  return (
    // A scrolling area must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable region
    <section aria-label={label} tabIndex={0} className={cn('overflow-x-auto rounded-xl', !bare && 'border border-line bg-card')}>
      <table className="w-full text-left">
        <thead className={cn('border-line border-b text-[13px] text-soft', stack && 'max-md:sr-only')}>
          <tr>
            {ticks && (
              <th scope="col" className="w-10 py-2.5 pl-4">
                <input
                  type="checkbox"
                  className={TICK}
                  aria-label={t('selectAll')}
                  checked={all}
                  ref={(box) => {
                    if (box) box.indeterminate = !all && ticks.ticked.length > 0;
                  }}
                  onChange={() => ticks.onTicked(all ? [] : rows.map((row) => row.id))}
                />
              </th>
            )}
            {columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                className={`px-4 py-2.5 font-medium ${column.wide ? 'hidden md:table-cell' : ''} ${column.end ? 'text-right' : ''}`}
              >
                {column.quiet ? <span className="sr-only">{column.title}</span> : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={row.id} className={cn('hover:bg-wash/60', stack && 'max-md:block max-md:py-2')}>
              {ticks && (
                <td className="w-10 py-2.5 pl-4">
                  <input
                    type="checkbox"
                    className={TICK}
                    aria-label={t('select', { name: ticks.nameOf(row) })}
                    checked={ticks.ticked.includes(row.id)}
                    onChange={({ target }) =>
                      ticks.onTicked(target.checked ? [...ticks.ticked, row.id] : ticks.ticked.filter((id) => id !== row.id))
                    }
                  />
                </td>
              )}
              {columns.map((column) => (
                <td
                  key={column.title}
                  className={cn(
                    'px-4 py-2.5',
                    column.wide && !stack && 'hidden md:table-cell',
                    column.end && 'text-right',
                    stack && 'max-md:flex max-md:items-start max-md:justify-between max-md:gap-4 max-md:py-1 max-md:text-right',
                  )}
                >
                  {stack && (
                    <span className="shrink-0 text-[13px] text-soft md:hidden" aria-hidden>
                      {!column.quiet && column.title}
                    </span>
                  )}
                  {stack ? <div className="min-w-0 md:contents">{column.cell(row)}</div> : column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function Paging({
  count,
  limit,
  offset,
  onOffset,
}: {
  count: number;
  limit: number;
  offset: number;
  onOffset: (offset: number) => void;
}) {
  const { t } = useTranslation();
  if (count <= limit && offset === 0) return null;
  return (
    <nav aria-label={t('pages')} className="flex items-center justify-end gap-3 text-soft">
      <span>{t('pageOf', { from: offset + 1, to: Math.min(offset + limit, count), count })}</span>
      <Button size="icon" aria-label={t('previous')} disabled={offset === 0} onClick={() => onOffset(Math.max(0, offset - limit))}>
        <ChevronLeft aria-hidden />
      </Button>
      <Button size="icon" aria-label={t('next')} disabled={offset + limit >= count} onClick={() => onOffset(offset + limit)}>
        <ChevronRight aria-hidden />
      </Button>
    </nav>
  );
}
