import type { AnswerOf, listAuditLog, listMembers } from '@talkturo/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Paging, Table } from '../ui/table.tsx';

type Entry = AnswerOf<typeof listAuditLog>['entries'][number];
const LIMIT = 50;

/** Who changed what, newest first. */
export function AuditLog() {
  const { slug } = useParams({ from: '/home/$slug/settings/audit-log' });
  const search = useSearch({ from: '/home/$slug/settings/audit-log' });
  const navigate = useNavigate({ from: '/home/$slug/settings/audit-log' });
  const { t } = useTranslation();
  const query = { limit: LIMIT, offset: search.offset ?? 0, action: search.action, userId: search.user };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [slug, 'audit-log', query],
    queryFn: () => request<typeof listAuditLog>('GET', '/api/audit-log', { query }),
    placeholderData: keepPreviousData,
  });
  const { data: people } = useQuery({
    queryKey: [slug, 'members'],
    queryFn: () => request<typeof listMembers>('GET', '/api/members'),
  });
  const filter = (fields: Partial<typeof search>) =>
    navigate({ search: { ...search, offset: undefined, ...fields } as typeof search, replace: true });
  return (
    <Page title={t('audit.title')} about={t('audit.about')}>
      <search className="grid gap-3 sm:grid-cols-2">
        <TextField
          bare
          label={t('audit.action')}
          type="search"
          placeholder={t('audit.actionHint')}
          defaultValue={search.action}
          onChange={(event) => filter({ action: event.target.value || undefined })}
        />
        <SelectField
          bare
          label={t('audit.who')}
          value={search.user ?? ''}
          onChange={(event) => filter({ user: event.target.value || undefined })}
          options={[
            { value: '', label: `${t('audit.who')}: ${t('all')}` },
            ...(people?.members ?? []).map((member) => ({ value: member.user_id, label: member.name })),
          ]}
        />
      </search>
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.entries.length === 0 && <Empty title={t('audit.empty')} />}
      {data && data.entries.length > 0 && (
        <>
          <Table
            stack
            label={t('audit.title')}
            rows={data.entries}
            columns={[
              { title: t('audit.when'), cell: (row) => <span className="whitespace-nowrap">{when(row.created_at)}</span> },
              {
                title: t('audit.who'),
                cell: (row) => (
                  <span>
                    {row.user_name ?? '–'}
                    {row.api_key_id && <span className="block text-[13px] text-soft">{t('audit.byKey')}</span>}
                  </span>
                ),
              },
              { title: t('audit.action'), cell: (row) => <code>{row.action}</code> },
              { title: t('audit.changes'), wide: true, cell: (row) => <Changes entry={row} /> },
            ]}
          />
          <Paging count={data.count} limit={LIMIT} offset={data.offset} onOffset={(offset) => filter({ offset })} />
        </>
      )}
    </Page>
  );
}

function Changes({ entry }: { entry: Entry }) {
  const changes = Object.entries(entry.changes);
  return (
    <div className="max-w-md text-[13px]">
      <code className="break-all text-soft">{entry.target}</code>
      {changes.length > 0 && (
        <ul className="mt-0.5">
          {changes.map(([field, { from, to }]) => (
            <li key={field} className="break-words">
              <span className="font-medium">{field}</span>: {from !== undefined && <del className="text-soft">{shown(from)}</del>}
              {from !== undefined && to !== undefined && ' → '}
              {to !== undefined && shown(to)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Long texts are cut by the server; here a line is enough. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text || '–';
}
