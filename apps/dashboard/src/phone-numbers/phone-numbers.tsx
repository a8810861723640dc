import type { assignPhoneNumbers, releasePhoneNumber } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { assistantsQuery } from '../assistants/assistants.queries.ts';
import { when } from '../format.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { SelectField } from '../ui/field.tsx';
import { Badge, Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';
import { BuyNumber } from './buy-number.tsx';
import { numbersQuery, type PhoneNumber } from './phone-numbers.queries.ts';

const TONES = { active: 'good', pending: 'warn', expired: 'danger', released: 'plain', failed: 'danger' } as const;

export function PhoneNumbers() {
  const { slug } = useParams({ from: '/home/$slug/phone-numbers' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [buying, setBuying] = useState(false);
  const { data, error, isPending, refetch } = useQuery(numbersQuery(slug, teamId));
  const { data: assistants } = useQuery(assistantsQuery(slug));
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'numbers'] });
  const fail = (problem: Error) => toast.error(problem.message);
  const release = useMutation({
    mutationFn: (id: string) => request<typeof releasePhoneNumber>('DELETE', `/api/phone-numbers/${id}`),
    onSuccess: fresh,
    onError: fail,
  });
  const assign = useMutation({
    // An assistant's numbers are replaced as a whole: the others it has go along.
    mutationFn: ({ number, assistantId }: { number: PhoneNumber; assistantId: string }) => {
      const target = assistantId || number.assistant_id;
      const others = (data?.numbers ?? [])
        .filter((other) => other.assistant_id === target && other.id !== number.id)
        .map((other) => other.id);
      return request<typeof assignPhoneNumbers>('PATCH', `/api/assistants/${target}/telephony/phone-numbers`, {
        body: { accountSlug: slug, phoneNumberIds: assistantId ? [...others, number.id] : others },
      });
    },
    onSuccess: () => {
      toast.success(t('saved'));
      void fresh();
    },
    onError: fail,
  });

  return (
    <Page
      title={t('nav.numbers')}
      about={t('numbers.about')}
      actions={
        <Button kind="main" onClick={() => setBuying(true)}>
          <Plus aria-hidden /> {t('numbers.buy')}
        </Button>
      }
    >
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.numbers.length === 0 && <Empty title={t('numbers.empty')}>{t('numbers.emptyAbout')}</Empty>}
      {data && data.numbers.length > 0 && (
        <Table
          stack
          label={t('nav.numbers')}
          rows={data.numbers}
          columns={[
            { title: t('numbers.number'), cell: (row) => <span className="font-medium tabular-nums">{row.phone_number}</span> },
            {
              title: t('status'),
              cell: (row) => (
                <span className="flex flex-wrap gap-1">
                  <Badge tone={TONES[row.status]}>{t(`numbers.statuses.${row.status}`)}</Badge>
                  {row.is_trial && <Badge tone="warn">{t('numbers.trialUntil', { when: when(row.trial_expires_at) })}</Badge>}
                </span>
              ),
            },
            {
              title: t('calls.assistant'),
              cell: (row) => (
                <SelectField
                  bare
                  className="min-w-40"
                  label={`${t('calls.assistant')}: ${row.phone_number}`}
                  value={row.assistant_id ?? ''}
                  disabled={row.status !== 'active' || assign.isPending}
                  onChange={(event) => assign.mutate({ number: row, assistantId: event.target.value })}
                  options={[
                    { value: '', label: t('none') },
                    ...(assistants?.assistants ?? []).map((assistant) => ({ value: assistant.id, label: assistant.name })),
                  ]}
                />
              ),
            },
            { title: t('numbers.provider'), wide: true, cell: (row) => row.provider },
            { title: t('created'), wide: true, cell: (row) => when(row.created_at) },
            {
              title: t('actions'),
              end: true,
              cell: (row) => (
                <Button
                  kind="quiet"
                  size="icon"
                  aria-label={`${t('numbers.release')}: ${row.phone_number}`}
                  onClick={async () =>
                    (await sure(t('numbers.releaseSure', { number: row.phone_number }), t('numbers.release'))) && release.mutate(row.id)
                  }
                >
                  <Trash2 aria-hidden />
                </Button>
              ),
            },
          ]}
        />
      )}
      <BuyNumber open={buying} onOpenChange={setBuying} onBought={fresh} />
    </Page>
  );
}
