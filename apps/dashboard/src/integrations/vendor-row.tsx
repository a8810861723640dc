import type { setProviders } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { Badge } from '../ui/surface.tsx';
import { checkKey, type Provider, type ProviderCheck } from './integrations.queries.ts';

/** One vendor: whose key is used, how it last answered, and what can be done about it. */
export function VendorRow({ vendor, mayChange, onEdit }: { vendor: Provider; mayChange: boolean; onEdit: () => void }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const fresh = () => queries.invalidateQueries({ queryKey: [slug] });
  const fail = (problem: Error) => toast.error(problem.message);
  const check = useMutation({ mutationFn: () => checkKey(vendor.provider), onSuccess: fresh, onError: fail });
  const remove = useMutation({
    mutationFn: () => request<typeof setProviders>('PUT', '/api/settings/providers', { body: { providers: { [vendor.provider]: null } } }),
    onSuccess: () => {
      toast.success(t('integrations.removed'));
      return fresh();
    },
    onError: fail,
  });
  const { name, source } = vendor;
  const setting = t(source === 'account' ? 'integrations.replace' : 'integrations.set');
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-3">
      <div className="min-w-0 grow basis-72">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{name}</span>
          <Badge tone={source === 'account' ? 'brand' : source === 'server' ? 'good' : 'plain'}>
            {t(source === 'account' ? 'integrations.ownKey' : source === 'server' ? 'integrations.serverKey' : 'integrations.noKey')}
          </Badge>
        </p>
        {source === 'account' && <p className="mt-1 break-all text-[13px] text-soft">{factsOf(vendor, t).join(' · ')}</p>}
        <div role="status">{vendor.last_check && <CheckLine check={vendor.last_check} />}</div>
      </div>
      {mayChange && (
        <div className="flex flex-wrap gap-2">
          {source && (
            <Button size="small" busy={check.isPending} onClick={() => check.mutate()} aria-label={`${t('integrations.check')}: ${name}`}>
              {t('integrations.check')}
            </Button>
          )}
          <Button size="small" onClick={onEdit} aria-label={`${setting}: ${name}`}>
            {setting}
          </Button>
          {source === 'account' && (
            <Button
              kind="danger"
              size="small"
              busy={remove.isPending}
              aria-label={`${t('integrations.remove')}: ${name}`}
              onClick={async () => (await sure(t('integrations.removeSure', { name }), t('integrations.remove'))) && remove.mutate()}
            >
              {t('integrations.remove')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function factsOf(
  { last_four: lastFour, base_url: baseUrl, model, account_sid: accountSid, updated_at: updatedAt }: Provider,
  t: ReturnType<typeof useTranslation>['t'],
) {
  return [
    ...(baseUrl ? [baseUrl] : []),
    ...(model ? [model] : []),
    ...(accountSid ? [accountSid] : []),
    ...(lastFour ? [t('integrations.endsWith', { lastFour: `…${lastFour}` })] : []),
    ...(updatedAt ? [t('integrations.setSince', { when: when(updatedAt) })] : []),
  ];
}

/** How the vendor last answered; the server says it in the language of the page. */
function CheckLine({ check }: { check: ProviderCheck }) {
  const { t } = useTranslation();
  const Icon = check.ok ? CircleCheck : CircleAlert;
  return (
    <p className={`mt-1.5 flex items-start gap-1.5 text-[13px] ${check.ok ? 'text-good' : 'text-danger'}`}>
      <Icon className="mt-0.5 size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0 break-words">
        {check.message} <span className="text-soft">({t('integrations.checkedAt', { when: when(check.checked_at) })})</span>
      </span>
    </p>
  );
}
