import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../identity/workspace.ts';
import { Card, Failure, Loading, Page } from '../ui/surface.tsx';
import { CarrierSetUps } from './carrier-set-up.tsx';
import { type Provider, providersQuery } from './integrations.queries.ts';
import { VendorKeyDialog } from './vendor-key-dialog.tsx';
import { VendorRow } from './vendor-row.tsx';

const TASKS = ['language-model', 'speech-to-text', 'text-to-speech', 'carrier'] as const;

/** The keys of vendors, by what the vendors do. */
export function Integrations() {
  const { slug } = useParams({ from: '/home/$slug/settings/integrations' });
  const { role } = useWorkspace(slug);
  const { t } = useTranslation();
  const [editing, setEditing] = useState<Provider | null>(null);
  const { data, error, isPending, refetch } = useQuery(providersQuery(slug));
  const mayChange = role !== 'member';
  return (
    <Page title={t('integrations.title')} about={t('integrations.about')}>
      {!mayChange && <p className="text-soft">{t('integrations.onlyAdmins')}</p>}
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data &&
        TASKS.map((task) => (
          <Card key={task} title={t(`integrations.tasks.${task}`)}>
            <ul className="-my-3 divide-y divide-line">
              {data.providers
                .filter(({ tasks }) => tasks[0] === task)
                .map((provider) => (
                  <VendorRow key={provider.provider} vendor={provider} mayChange={mayChange} onEdit={() => setEditing(provider)} />
                ))}
            </ul>
            {task === 'carrier' && mayChange && <CarrierSetUps vendors={data.providers} />}
          </Card>
        ))}
      {editing && <VendorKeyDialog vendor={editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}
