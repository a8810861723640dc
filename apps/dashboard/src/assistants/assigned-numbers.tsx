import type { assignPhoneNumbers } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { numbersQuery } from '../phone-numbers/phone-numbers.queries.ts';
import { buttonLook } from '../ui/button.tsx';
import { Failure, Loading } from '../ui/surface.tsx';
import { assistantsQuery } from './assistants.queries.ts';

/** Which numbers reach this assistant; a tick counts at once. */
export function AssignedNumbers({ assistantId }: { assistantId: string }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery(numbersQuery(slug, teamId));
  const { data: assistants } = useQuery(assistantsQuery(slug));
  const numbers = (data?.numbers ?? []).filter((number) => number.status === 'active');
  const mine = numbers.filter((number) => number.assistant_id === assistantId).map((number) => number.id);
  const assign = useMutation({
    mutationFn: (phoneNumberIds: string[]) =>
      request<typeof assignPhoneNumbers>('PATCH', `/api/assistants/${assistantId}/telephony/phone-numbers`, {
        body: { accountSlug: slug, phoneNumberIds },
      }),
    onSuccess: () => toast.success(t('saved')),
    onError: (problem) => toast.error(problem.message),
    onSettled: () => queries.invalidateQueries({ queryKey: [slug, 'numbers'] }),
  });
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={refetch} />;
  return (
    <fieldset className="py-3" disabled={assign.isPending}>
      <legend className="float-left mb-1 w-full font-medium">{t('nav.numbers')}</legend>
      <p className="clear-both text-[13px] text-soft">{t('assistants.numbersHint')}</p>
      <ul className="my-2 flex flex-col">
        {numbers.map((number) => {
          const other = assistants?.assistants.find((one) => one.id === number.assistant_id && one.id !== assistantId);
          const checked = mine.includes(number.id);
          return (
            <li key={number.id}>
              <label className="flex min-h-9 cursor-pointer items-center gap-3">
                <input
                  type="checkbox"
                  className="size-4 accent-brand"
                  checked={checked}
                  onChange={() => assign.mutate(checked ? mine.filter((id) => id !== number.id) : [...mine, number.id])}
                />
                <span className="tabular-nums">{number.phone_number}</span>
                {other && <span className="text-[13px] text-soft">{t('assistants.numberOf', { name: other.name })}</span>}
              </label>
            </li>
          );
        })}
      </ul>
      <Link to="/home/$slug/phone-numbers" params={{ slug }} className={buttonLook({ kind: 'plain', size: 'small' })}>
        {t('numbers.buy')}
      </Link>
    </fieldset>
  );
}
