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
import { SelectField } from '../ui/field.tsx';
import { ListPage } from '../ui/list.tsx';
import { RowAction } from '../ui/row-action.tsx';
import { Badge } from '../ui/surface.tsx';
import { useRemoval } from '../ui/use-removal.ts';
import { BuyNumber } from './buy-number.tsx';
import { numbersQuery, type PhoneNumber } from './phone-numbers.queries.ts';
import { PlanUse } from './plan-use.tsx';
import { TrialEnd } from './trial-end.tsx';

const TONES = { active: 'good', pending: 'warn', expired: 'danger', released: 'plain', failed: 'danger' } as const;

export function PhoneNumbers() {
  const { slug } = useParams({ from: '/home/$slug/phone-numbers' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [buying, setBuying] = useState(false);
  const query = useQuery(numbersQuery(slug, teamId));
  const { data: assistants } = useQuery(assistantsQuery(slug));
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'numbers'] });
  const removal = useRemoval<PhoneNumber>({
    remove: ({ id }) => request<typeof releasePhoneNumber>('DELETE', `/api/phone-numbers/${id}`),
    question: (row) => t('numbers.releaseSure', { number: row.phone_number }),
    action: t('numbers.release'),
    stale: [slug, 'numbers'],
  });
  const assign = useMutation({
    // An assistant's numbers are replaced as a whole: the others it has go along.
    mutationFn: ({ number, assistantId }: { number: PhoneNumber; assistantId: string }) => {
      const target = assistantId || number.assistant_id;
      const others = (query.data?.numbers ?? [])
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
    onError: (problem) => toast.error(problem.message),
  });
  const buy = (
    <Button kind="main" onClick={() => setBuying(true)}>
      <Plus aria-hidden /> {t('numbers.buy')}
    </Button>
  );
  return (
    <ListPage
      stack
      title={t('nav.numbers')}
      about={t('numbers.about')}
      actions={buy}
      before={query.data && <PlanUse eligibility={query.data.eligibility} />}
      query={query}
      rows={(answer) => answer.numbers}
      empty={{ title: t('numbers.empty'), about: t('numbers.emptyAbout'), action: buy }}
      columns={[
        {
          title: t('numbers.number'),
          cell: (row) => <span className="whitespace-nowrap font-medium tabular-nums">{row.phone_number}</span>,
        },
        {
          title: t('status'),
          cell: (row) => (
            <span className="flex flex-wrap gap-1">
              <Badge tone={TONES[row.status]}>{t(`numbers.statuses.${row.status}`)}</Badge>
              {row.off_account && (
                <span title={t('numbers.offAccountHint')}>
                  <Badge tone="danger">{t('numbers.offAccount')}</Badge>
                </span>
              )}
              {row.papers_missing && (
                <span title={t('numbers.papersMissingHint')}>
                  <Badge tone="danger">{t('numbers.papersMissing')}</Badge>
                </span>
              )}
              {row.is_trial && row.trial_expires_at && row.status === 'active' && <TrialEnd at={row.trial_expires_at} />}
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
        {
          title: t('numbers.provider'),
          wide: true,
          cell: (row) => t(`numbers.providers.${row.provider as 'local'}`, row.provider),
        },
        { title: t('created'), wide: true, cell: (row) => <span className="whitespace-nowrap">{when(row.created_at)}</span> },
        {
          title: t('actions'),
          quiet: true,
          end: true,
          cell: (row) => <RowAction icon={Trash2} name={t('numbers.release')} of={row.phone_number} onClick={() => removal.ask(row)} />,
        },
      ]}
    >
      <BuyNumber open={buying} onOpenChange={setBuying} onBought={fresh} />
    </ListPage>
  );
}
