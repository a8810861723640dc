import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Selection } from './selection.tsx';
import { Empty, Failure, Loading, Page } from './surface.tsx';
import { type Column, Paging, Table } from './table.tsx';

/** A page of an endpoint that pages; one that does not answers all. */
interface Answered {
  count?: number;
  offset?: number;
}

export interface ListProps<Answer extends object, Row extends { id: string }> {
  /** What is listed, for screen readers. */
  label: string;
  query: { data: Answer | undefined; error: Error | null; isPending: boolean; refetch: () => unknown };
  rows: (answer: Answer) => readonly Row[];
  columns: readonly Column<Row>[];
  /** On narrow screens a row becomes lines, each with the name of its column. */
  stack?: boolean;
  /** What stands there while there is nothing: it says what to do next. */
  empty: { title: string; about?: ReactNode; action?: ReactNode };
  /** Given while filters may hide rows: takes them away. */
  onClear?: (() => void) | undefined;
  paging?: { limit: number; onOffset: (offset: number) => void };
  /** Rows can be ticked; what can be done with those. */
  selection?: { nameOf: (row: Row) => string; actions: (rows: readonly Row[], clear: () => void) => ReactNode };
}

/** Rows of an endpoint: while they are on their way, when there are none, when it failed, page by page. */
export function List<Answer extends object, Row extends { id: string }>(props: ListProps<Answer, Row>) {
  const { label, query, columns, stack, empty, onClear, paging, selection } = props;
  const { data, error, isPending, refetch } = query;
  const { t } = useTranslation();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const rows = data ? props.rows(data) : [];
  const { count = rows.length, offset = 0 } = (data ?? {}) as Answered;
  const beyond = data !== undefined && rows.length === 0 && offset > 0;
  const onOffset = paging?.onOffset;
  const limit = paging?.limit ?? Math.max(1, count);
  useEffect(() => {
    // The last rows of the last page are gone: show the page before.
    if (beyond) onOffset?.(count === 0 ? 0 : Math.floor((count - 1) / limit) * limit);
  }, [beyond, onOffset, count, limit]);
  const chosen = rows.filter((row) => ticked.includes(row.id));
  if (isPending || beyond) return <Loading />;
  return (
    <>
      {error && <Failure error={error} retry={refetch} />}
      {data && rows.length === 0 && onClear && (
        <Empty title={t('noMatch')} action={<Button onClick={onClear}>{t('clearFilters')}</Button>} />
      )}
      {data && rows.length === 0 && !onClear && (
        <Empty title={empty.title} action={empty.action}>
          {empty.about}
        </Empty>
      )}
      {rows.length > 0 && (
        <>
          {selection && chosen.length > 0 && (
            <Selection count={chosen.length} onClear={() => setTicked([])}>
              {selection.actions(chosen, () => setTicked([]))}
            </Selection>
          )}
          <Table
            label={label}
            rows={rows}
            columns={columns}
            {...(stack ? { stack } : {})}
            {...(selection ? { ticks: { ticked: chosen.map((row) => row.id), onTicked: setTicked, nameOf: selection.nameOf } } : {})}
          />
          {onOffset && <Paging count={count} limit={limit} offset={offset} onOffset={onOffset} />}
        </>
      )}
    </>
  );
}

/** A page that is a list: its name and actions, its filters, its rows; dialogs come as children. */
export function ListPage<Answer extends object, Row extends { id: string }>({
  title,
  about,
  actions,
  filters,
  before,
  children,
  ...list
}: Omit<ListProps<Answer, Row>, 'label'> & {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  filters?: ReactNode;
  /** Above the filters. */
  before?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <Page title={title} about={about} actions={actions}>
      {before}
      {filters && <search className="grid grid-cols-2 gap-3 *:first:max-sm:col-span-2 sm:flex sm:*:first:grow">{filters}</search>}
      <List label={title} {...list} />
      {children}
    </Page>
  );
}
