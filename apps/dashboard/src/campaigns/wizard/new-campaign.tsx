import type { createCampaign } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../../api.ts';
import { useWorkspace } from '../../identity/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { cn } from '../../ui/class-names.ts';
import { Card, Failure, Page } from '../../ui/surface.tsx';
import { useDraft } from '../../ui/use-draft.ts';
import { Audience } from './audience.tsx';
import { Basics } from './basics.tsx';
import { Numbers } from './numbers.tsx';
import { EMPTY_PLAN, isComplete, type Plan, STEPS, stepOf, toBody } from './plan.ts';
import { Retries } from './retries.tsx';
import { Review } from './review.tsx';
import { Windows } from './windows.tsx';

const PARTS = { basics: Basics, audience: Audience, numbers: Numbers, windows: Windows, retries: Retries, review: Review };

/** A campaign step by step. It becomes a draft that is looked at on its page; nobody is called before it is started there. */
export function NewCampaign() {
  const { slug } = useParams({ from: '/home/$slug/campaigns/new' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [plan, setPlan, forget] = useDraft<Plan>(`campaign.${slug}`, EMPTY_PLAN);
  const [at, setAt] = useState(0);
  const step = STEPS[at] ?? 'basics';
  const create = useMutation({
    mutationFn: () => request<typeof createCampaign>('POST', '/api/crm/campaigns', { body: toBody(plan, teamId) }),
    onSuccess: async ({ campaign }) => {
      forget();
      await queries.invalidateQueries({ queryKey: [slug, 'campaigns'] });
      await navigate({ to: '/home/$slug/campaigns/$campaignId', params: { slug, campaignId: campaign.id } });
    },
    onError: (problem) => {
      const wrong = problem instanceof ApiError ? problem.details[0]?.path : undefined;
      if (wrong) setAt(STEPS.indexOf(stepOf(wrong)));
    },
  });
  const Part = PARTS[step];
  const last = step === 'review';
  const ready = STEPS.every((one) => isComplete(plan, one));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (last) create.mutate();
    else setAt(at + 1);
  };
  return (
    <Page title={t('campaigns.new')} about={t('campaigns.newAbout')}>
      <nav aria-label={t('campaigns.new')}>
        <ol className="flex gap-1 overflow-x-auto p-0.5">
          {STEPS.map((one, index) => (
            <li key={one} className="min-w-fit grow">
              <button
                type="button"
                aria-current={index === at ? 'step' : undefined}
                className={cn(
                  'flex w-full items-center gap-2 rounded-md border-line border-b-2 px-2 py-2 text-left font-medium text-soft',
                  index === at && 'border-brand text-brand',
                )}
                onClick={() => setAt(index)}
              >
                <span
                  className={cn(
                    'grid size-6 shrink-0 place-items-center rounded-full bg-wash text-[13px]',
                    index === at && 'bg-brand text-brand-ink',
                  )}
                >
                  {index < at && isComplete(plan, one) ? <Check className="size-4" aria-label={t('done')} /> : index + 1}
                </span>
                {t(`campaigns.steps.${one}`)}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <form onSubmit={submit} className="flex flex-col gap-5">
        {create.error && <Failure error={create.error} />}
        <Card title={t(`campaigns.steps.${step}`)}>
          <Part
            plan={plan}
            change={(fields) => setPlan({ ...plan, ...fields })}
            errorOf={(field) => (create.error instanceof ApiError ? create.error.of(field) : undefined)}
          />
        </Card>
        <div className="flex justify-between gap-2">
          <Button disabled={at === 0} onClick={() => setAt(at - 1)}>
            <ArrowLeft aria-hidden /> {t('previous')}
          </Button>
          {last ? (
            <Button kind="main" type="submit" busy={create.isPending} disabled={!ready}>
              {t('campaigns.createDraft')}
            </Button>
          ) : (
            <Button kind="main" type="submit" disabled={!isComplete(plan, step)}>
              {t('next')} <ArrowRight aria-hidden />
            </Button>
          )}
        </div>
      </form>
    </Page>
  );
}
