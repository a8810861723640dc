import type { getPublicKey } from '@talkturo/contract';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { Secret } from '../ui/secret.tsx';
import { Card } from '../ui/surface.tsx';
import { WebhookList } from './webhook-list.tsx';

export function Webhooks() {
  const { slug } = useParams({ from: '/home/$slug/settings/webhooks' });
  const { t } = useTranslation();
  const { data: key } = useQuery({
    queryKey: [slug, 'public-key'],
    queryFn: () => request<typeof getPublicKey>('GET', '/api/webhooks/public-key'),
  });
  return (
    <WebhookList>
      {key && (
        <Card title={t('webhooks.publicKey')}>
          <p className="mb-2 text-soft">{t('webhooks.publicKeyAbout')}</p>
          <Secret value={key.public_key} />
        </Card>
      )}
    </WebhookList>
  );
}
