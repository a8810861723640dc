import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { duration, when } from '../format.ts';
import type { Column } from '../ui/table.tsx';
import { CallStatus } from './call-status.tsx';
import type { CallRow } from './calls.queries.ts';

/** Columns that some lists of calls have beside those all have. */
type More = 'assistant' | 'direction' | 'from' | 'to' | 'outcome';

/** The columns of a list of calls: when, status, duration, and between them what the list asks for. */
export function callColumns(
  t: TFunction,
  slug: string,
  more: readonly More[],
  assistants: readonly { id: string; name: string }[] = [],
): Column<CallRow>[] {
  const cells: Record<More, Column<CallRow>> = {
    assistant: {
      title: t('calls.assistant'),
      wide: true,
      cell: (row) => assistants.find((assistant) => assistant.id === row.assistant_id)?.name ?? '–',
    },
    direction: { title: t('calls.direction'), wide: true, cell: (row) => t(`calls.${row.direction}`) },
    from: { title: t('calls.from'), wide: true, cell: (row) => <span className="tabular-nums">{row.from_number ?? '–'}</span> },
    to: { title: t('calls.to'), wide: true, cell: (row) => <span className="tabular-nums">{row.to_number || '–'}</span> },
    outcome: { title: t('calls.outcome'), wide: true, cell: (row) => (row.outcome ? t(`calls.outcomes.${row.outcome}`) : '–') },
  };
  return [
    {
      title: t('calls.started'),
      cell: (row) => (
        <Link to="/home/$slug/calls/$callId" params={{ slug, callId: row.id }} className="font-medium hover:underline">
          {when(row.started_at)}
        </Link>
      ),
    },
    { title: t('status'), cell: (row) => <CallStatus status={row.status} /> },
    ...more.map((name) => cells[name]),
    { title: t('calls.duration'), end: true, cell: (row) => <span className="tabular-nums">{duration(row.duration_seconds)}</span> },
  ];
}
