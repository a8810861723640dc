import type { AnswerOf, listAuditLog, listMembers } from '@talkturo/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { auditEn } from '../i18n/audit.en.ts';
import { SelectField } from '../ui/field.tsx';
import { ListPage } from '../ui/list.tsx';
import { useFilters } from '../ui/use-filters.ts';

type Entry = AnswerOf<typeof listAuditLog>['entries'][number];
const LIMIT = 50;
/** Every action there is, as `noun.done`. */
const ACTIONS = Object.entries(auditEn.audit.actions).flatMap(([noun, done]) => Object.keys(done).map((verb) => `${noun}.${verb}`));

/** Who changed what, newest first. */
export function AuditLog() {
  const { slug } = useParams({ from: '/home/$slug/settings/audit-log' });
  const { filters, set, onOffset, onClear } = useFilters<{ action?: string; user?: string; offset?: number }>();
  const { t } = useTranslation();
  const named = (action: string) => t(`audit.actions.${action as 'assistant.updated'}`, action);
  const query = { limit: LIMIT, offset: filters.offset ?? 0, action: filters.action, userId: filters.user };
  const entries = useQuery({
    queryKey: [slug, 'audit-log', query],
    queryFn: () => request<typeof listAuditLog>('GET', '/api/audit-log', { query }),
    placeholderData: keepPreviousData,
  });
  const { data: people } = useQuery({
    queryKey: [slug, 'members'],
    queryFn: () => request<typeof listMembers>('GET', '/api/members'),
  });
  return (
    <ListPage
      stack
      title={t('audit.title')}
      about={t('audit.about')}
      filters={
        <>
          <SelectField
            bare
            label={t('audit.action')}
            value={filters.action ?? ''}
            onChange={(event) => set({ action: event.target.value })}
            options={[
              { value: '', label: `${t('audit.action')}: ${t('all')}` },
              ...ACTIONS.map((action) => ({ value: action, label: named(action) })).sort((a, b) => a.label.localeCompare(b.label)),
            ]}
          />
          <SelectField
            bare
            label={t('audit.who')}
            className="max-sm:col-span-2"
            value={filters.user ?? ''}
            onChange={(event) => set({ user: event.target.value })}
            options={[
              { value: '', label: `${t('audit.who')}: ${t('all')}` },
              ...(people?.members ?? []).map((member) => ({ value: member.user_id, label: member.name })),
            ]}
          />
        </>
      }
      query={entries}
      rows={(answer) => answer.entries}
      empty={{ title: t('audit.empty') }}
      onClear={onClear}
      paging={{ limit: LIMIT, onOffset }}
      columns={[
        { title: t('audit.when'), cell: (row) => <span className="whitespace-nowrap">{when(row.created_at)}</span> },
        {
          title: t('audit.who'),
          cell: (row) => (
            <span>
              {row.user_name ?? '–'}
              {row.api_key_id && <span className="block whitespace-nowrap text-[13px] text-soft">{t('audit.byKey')}</span>}
            </span>
          ),
        },
        { title: t('audit.action'), cell: (row) => named(row.action) },
        { title: t('audit.changes'), wide: true, cell: (row) => <Changes entry={row} /> },
      ]}
    />
  );
}

function Changes({ entry }: { entry: Entry }) {
  const changes = Object.entries(entry.changes);
  return (
    <div className="max-w-sm text-[13px]">
      {changes.length > 0 && (
        <ul>
          {changes.map(([field, { from, to }]) => (
            <li key={field} className="break-words">
              <span className="font-medium">{field}</span>
              {(from !== undefined || to !== undefined) && ': '}
              {from !== undefined && <del className="text-soft">{shown(from)}</del>}
              {from !== undefined && to !== undefined && ' → '}
              {to !== undefined && shown(to)}
            </li>
          ))}
        </ul>
      )}
      <code className="break-all text-soft text-xs">{entry.target}</code>
    </div>
  );
}

/** Long texts are cut by the server; here a line is enough. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text || '–';
}
