import { useTranslation } from 'react-i18next';
import { milliseconds, number, percent } from '../format.ts';
import { Card } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';
import type { Statistics } from './overview.queries.ts';

type Figures = Statistics['totals'];
const MOST = 10;

/** Figures by assistant or campaign, the busiest first. */
export function Groups({ title, rows }: { title: string; rows: readonly (Figures & { id: string; name: React.ReactNode })[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  const figure = (text: string) => <span className="whitespace-nowrap tabular-nums">{text}</span>;
  return (
    <Card title={title} bare>
      <Table
        bare
        label={title}
        rows={rows.slice(0, MOST)}
        columns={[
          { title: t('name'), cell: (row) => <span className="font-medium">{row.name}</span> },
          { title: t('overview.calls'), end: true, cell: (row) => figure(number(row.calls)) },
          {
            title: t('overview.answered'),
            end: true,
            cell: (row) => figure(row.calls === 0 ? '–' : percent(row.answered / row.calls)),
          },
          { title: t('overview.minutes'), wide: true, end: true, cell: (row) => figure(number(Math.round(row.minutes * 10) / 10)) },
          { title: t('calls.median'), wide: true, end: true, cell: (row) => figure(milliseconds(row.reply_p50_ms)) },
          { title: t('calls.p95'), wide: true, end: true, cell: (row) => figure(milliseconds(row.reply_p95_ms)) },
        ]}
      />
    </Card>
  );
}
