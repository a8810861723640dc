import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { companyQuery } from '../../crm/crm.queries.ts';
import { when } from '../../format.ts';
import { Facts } from '../../ui/facts.tsx';
import { outboundAssistantsQuery } from '../campaigns.queries.ts';
import { isComplete, STEPS } from './plan.ts';
import type { StepPart } from './step-part.ts';

/** Everything once more. Who would really be called, the draft's own page says: it asks the server before the start. */
export function Review({ plan }: StepPart) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const { data: assistants } = useQuery(outboundAssistantsQuery(slug));
  const { data: company } = useQuery({ ...companyQuery(slug, plan.companyId), enabled: plan.companyId !== '' });
  const assistant = assistants?.assistants.find((one) => one.id === plan.assistantId);
  const open = STEPS.filter((step) => !isComplete(plan, step));
  const audience =
    plan.audience === 'all'
      ? t('campaigns.allContacts', { count: company?.company.contact_count ?? 0 })
      : t('campaigns.chosen', { count: plan.contactIds.length });
  return (
    <div className="flex flex-col gap-4">
      {open.length > 0 && (
        <p role="alert" className="rounded-md bg-warn-wash px-3 py-2 text-warn">
          {t('campaigns.incomplete', { steps: open.map((step) => t(`campaigns.steps.${step}`)).join(', ') })}
        </p>
      )}
      <Facts
        facts={[
          [t('name'), plan.name || '–'],
          [t('calls.assistant'), assistant?.name ?? '–'],
          [t('campaigns.audience'), `${company?.company.name ?? '–'}: ${audience}`],
          [
            t('nav.numbers'),
            plan.fromNumberIds.length === 0
              ? t('campaigns.allNumbers', { count: assistant?.phone_numbers.length ?? 0 })
              : String(plan.fromNumberIds.length),
          ],
          [t('campaigns.steps.windows'), `${plan.callWindowStart}–${plan.callWindowEnd}, ${plan.callWindowTimezone}`],
          [t('campaigns.theirZone'), t(plan.useContactTimezoneForCallWindow ? 'yes' : 'no')],
          [t('campaigns.startAt'), plan.scheduledStart ? when(new Date(plan.scheduledStart).toISOString()) : t('campaigns.whenStarted')],
          [t('campaigns.concurrent'), plan.maxConcurrentCalls],
          [t('campaigns.attempts'), plan.maxAttemptsPerContact],
          [t('campaigns.voicemail'), t(`campaigns.voicemails.${plan.voicemailAction}`)],
        ]}
      />
      <p className="text-soft">{t('campaigns.reviewAbout')}</p>
    </div>
  );
}
