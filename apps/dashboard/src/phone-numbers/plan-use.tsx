import type { AnswerOf, listPhoneNumbers } from '@talkturo/contract';
import { useTranslation } from 'react-i18next';
import { number } from '../format.ts';

/** How many numbers of its plan the workspace holds. */
export function PlanUse({ eligibility }: { eligibility: AnswerOf<typeof listPhoneNumbers>['eligibility'] }) {
  const { t } = useTranslation();
  const { currentCount, maxAllowed, planName, hasSubscription } = eligibility;
  const full = currentCount >= maxAllowed;
  return (
    <section
      aria-label={t('numbers.plan')}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-line bg-card px-4 py-3"
    >
      <p className="font-medium">{t('numbers.planUse', { count: currentCount, used: number(currentCount), most: number(maxAllowed) })}</p>
      <progress className="h-1.5 w-40 max-sm:w-full" value={currentCount} max={Math.max(1, maxAllowed)} aria-label={t('numbers.plan')} />
      <p className="text-soft">
        {t('numbers.planName', { plan: planName })}
        {full && ` · ${t(hasSubscription ? 'numbers.planFull' : 'numbers.trialUsed')}`}
      </p>
    </section>
  );
}
