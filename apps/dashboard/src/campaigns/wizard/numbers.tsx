import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../identity/workspace.ts';
import { numbersQuery } from '../../phone-numbers/phone-numbers.queries.ts';
import { Failure, Loading } from '../../ui/surface.tsx';
import type { StepPart } from './step-part.ts';

/** Which numbers are shown to whoever is called, in turn; none ticked: all of the assistant's. */
export function Numbers({ plan, change, errorOf }: StepPart) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(numbersQuery(slug, teamId));
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={refetch} />;
  const numbers = data.numbers.filter((number) => number.status === 'active');
  const wrong = errorOf('fromNumberIds');
  return (
    <fieldset>
      <legend className="text-soft">{t('campaigns.numbersHint')}</legend>
      {numbers.length === 0 && <p className="mt-3 text-warn">{t('campaigns.noNumbers')}</p>}
      <ul className="mt-2 flex flex-col">
        {numbers.map((number) => (
          <li key={number.id}>
            <label className="flex min-h-9 cursor-pointer items-center gap-3">
              <input
                type="checkbox"
                className="size-4 accent-brand"
                checked={plan.fromNumberIds.includes(number.id)}
                onChange={(event) =>
                  change({
                    fromNumberIds: event.target.checked
                      ? [...plan.fromNumberIds, number.id]
                      : plan.fromNumberIds.filter((id) => id !== number.id),
                  })
                }
              />
              <span className="tabular-nums">{number.phone_number}</span>
              {number.assistant_id === plan.assistantId && <span className="text-[13px] text-soft">{t('campaigns.ofAssistant')}</span>}
            </label>
          </li>
        ))}
      </ul>
      {wrong && <p className="text-danger">{wrong}</p>}
    </fieldset>
  );
}
