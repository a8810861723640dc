import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { assistantsQuery } from '../assistants/assistants.queries.ts';
import { campaignQuery } from '../campaigns/campaigns.queries.ts';
import { contactQuery } from '../crm/crm.queries.ts';
import { CallFact } from './call-fact.tsx';
import type { Call } from './calls.queries.ts';

/** Who spoke in a call, for which campaign and about which other call, each leading to its page. What was deleted since is left out. */
export function CallParties({ slug, call }: { slug: string; call: Call }) {
  const { t } = useTranslation();
  const assistant = useQuery(assistantsQuery(slug)).data?.assistants.find((one) => one.id === call.assistant_id);
  const contact = useQuery({ ...contactQuery(slug, call.contact_id ?? ''), enabled: call.contact_id !== null }).data?.contact;
  const campaign = useQuery({ ...campaignQuery(slug, call.campaign_id ?? ''), enabled: call.campaign_id !== null }).data?.campaign;
  const look = 'hover:underline';
  return (
    <>
      {assistant && (
        <CallFact name={t('calls.assistant')}>
          <Link to="/home/$slug/assistants/$assistantId" params={{ slug, assistantId: assistant.id }} className={look}>
            {assistant.name}
          </Link>
        </CallFact>
      )}
      {contact && (
        <CallFact name={t('opportunities.contact')}>
          <Link to="/home/$slug/contacts/$contactId" params={{ slug, contactId: contact.id }} className={look}>
            {contact.first_name} {contact.last_name}
          </Link>
        </CallFact>
      )}
      {call.consultation_of && (
        <CallFact name={t('calls.consultationOf')}>
          <Link to="/home/$slug/calls/$callId" params={{ slug, callId: call.consultation_of }} className={look}>
            {t('calls.consultedCall')}
          </Link>
        </CallFact>
      )}
      {campaign && (
        <CallFact name={t('overview.campaign')}>
          <Link to="/home/$slug/campaigns/$campaignId" params={{ slug, campaignId: campaign.id }} className={look}>
            {campaign.name}
          </Link>
        </CallFact>
      )}
    </>
  );
}
