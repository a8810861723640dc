import type { eraseContact } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Pencil, PhoneOutgoing, UserX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { PlaceCall } from '../calls/place-call.tsx';
import { when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { Facts } from '../ui/facts.tsx';
import { Badge, Card, Failure, Loading, Page } from '../ui/surface.tsx';
import { ContactCalls } from './contact-calls.tsx';
import { ContactForm } from './contact-form.tsx';
import { contactQuery } from './crm.queries.ts';
import { CustomFacts } from './custom-facts.tsx';
import { OpportunityList } from './opportunity-list.tsx';

/** One person: what is known, what was said on the phone, and how to forget all of it. */
export function ContactPage() {
  const { slug, contactId } = useParams({ from: '/home/$slug/contacts/$contactId' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [doing, setDoing] = useState<'edit' | 'call' | null>(null);
  const { data, error, isPending, refetch } = useQuery(contactQuery(slug, contactId));
  const erase = useMutation({
    mutationFn: () => request<typeof eraseContact>('POST', `/api/crm/contacts/${contactId}/erase`),
    onSuccess: async ({ erased }) => {
      toast.success(t('contacts.erased', { count: erased.calls }));
      await navigate({ to: '/home/$slug/contacts', params: { slug } });
      queries.removeQueries({ queryKey: [slug, 'contacts', 'one', contactId] });
      await queries.invalidateQueries({ queryKey: [slug] });
    },
    onError: (problem) => toast.error(problem.message),
  });
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={refetch} />;
  const { contact } = data;
  const name = `${contact.first_name} ${contact.last_name}`;
  return (
    <Page
      title={name}
      about={[contact.job_title, contact.company_name].filter(Boolean).join(' · ')}
      actions={
        <>
          <Button onClick={() => setDoing('call')} disabled={!contact.phone || contact.do_not_call}>
            <PhoneOutgoing aria-hidden /> {t('calls.place')}
          </Button>
          <Button onClick={() => setDoing('edit')}>
            <Pencil aria-hidden /> {t('edit')}
          </Button>
          <Button
            kind="danger"
            busy={erase.isPending}
            onClick={async () => (await sure(t('contacts.eraseSure', { name }), t('contacts.erase'))) && erase.mutate()}
          >
            <UserX aria-hidden /> {t('contacts.erase')}
          </Button>
        </>
      }
    >
      <div className="flex flex-wrap gap-1.5">
        <Badge tone="brand">{t(`contacts.leads.${contact.lead_status}`)}</Badge>
        {contact.do_not_call && <Badge tone="danger">{t('contacts.doNotCall')}</Badge>}
        {contact.tags.map((tag) => (
          <Badge key={tag}>{tag}</Badge>
        ))}
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title={t('facts')}>
          <Facts
            facts={[
              [t('contacts.phone'), contact.phone],
              [t('contacts.phoneSecondary'), contact.phone_secondary],
              [t('sign.email'), contact.email],
              [
                t('contacts.company'),
                <Link
                  key="company"
                  to="/home/$slug/companies/$companyId"
                  params={{ slug, companyId: contact.company_id }}
                  className="text-brand hover:underline"
                >
                  {contact.company_name}
                </Link>,
              ],
              [t('contacts.timezone'), contact.timezone],
              [t('contacts.source'), contact.source],
              [t('created'), when(contact.created_at)],
              [t('contacts.notes'), contact.notes && <span className="whitespace-pre-wrap">{contact.notes}</span>],
            ]}
          />
        </Card>
        <Card title={t('customFields.title')}>
          <CustomFacts entity="contact" values={contact.custom_fields} />
        </Card>
      </div>
      <OpportunityList query={{ contactId }} />
      <ContactCalls contactId={contactId} />
      {doing === 'edit' && (
        <ContactForm contact={contact} onClose={() => setDoing(null)} onSaved={() => queries.invalidateQueries({ queryKey: [slug] })} />
      )}
      {doing === 'call' && <PlaceCall contact={contact} onClose={() => setDoing(null)} />}
    </Page>
  );
}
