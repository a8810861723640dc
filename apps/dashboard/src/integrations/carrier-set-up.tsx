import type { CarrierSetUp as Findings, setUpTelnyx, setUpTwilio } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { PhoneOutgoing } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { PlaceCall } from '../calls/place-call.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import type { Provider } from './integrations.queries.ts';
import { SetUpFindings } from './set-up-findings.tsx';

type Carrier = Provider & { provider: 'telnyx' | 'twilio' };

const canBeSetUp = (vendor: Provider): vendor is Carrier => vendor.provider === 'telnyx' || vendor.provider === 'twilio';

/** The set-up of every carrier the workspace has an account of its own at. */
export function CarrierSetUps({ vendors }: { vendors: readonly Provider[] }) {
  const { t } = useTranslation();
  const own = vendors.filter(canBeSetUp).filter(({ source }) => source === 'account');
  if (own.length > 0) return own.map((carrier) => <CarrierSetUp key={carrier.provider} carrier={carrier} />);
  return <p className="mt-6 border-line border-t pt-4 text-soft">{t('integrations.setUp.needsKey')}</p>;
}

/** Makes the workspace's account at a carrier ready for calls, and shows step by step what was found and what is left. */
function CarrierSetUp({ carrier }: { carrier: Carrier }) {
  const { provider, name } = carrier;
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [countries, setCountries] = useState('US, CA');
  const [calling, setCalling] = useState(false);
  const run = useMutation({
    mutationFn: async (takeOver: boolean): Promise<Findings> => {
      if (provider === 'twilio') {
        return (await request<typeof setUpTwilio>('POST', '/api/settings/providers/twilio/set-up', { body: {} })).setUp;
      }
      const destinations = countries.split(/[\s,]+/).filter(Boolean);
      return (await request<typeof setUpTelnyx>('POST', '/api/settings/providers/telnyx/set-up', { body: { destinations, takeOver } }))
        .setUp;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run.mutate(false);
  };
  const title = t('integrations.setUp.title', { name });
  return (
    <div className="mt-6 flex flex-col gap-3 border-line border-t pt-4">
      <form onSubmit={submit} aria-label={title} className="flex flex-col gap-3">
        <h3 className="font-medium">{title}</h3>
        <p className="max-w-prose text-soft">{t(`integrations.setUp.about.${provider}`)}</p>
        {!run.data && provider === 'telnyx' && !(carrier.connection_id && carrier.public_key) && (
          <p className="font-medium text-warn">{t('integrations.setUp.due', { name })}</p>
        )}
        <div className="flex flex-wrap items-end gap-3">
          {provider === 'telnyx' && (
            <TextField
              label={t('integrations.setUp.destinations')}
              hint={t('integrations.setUp.destinationsHint')}
              className="max-w-md grow"
              value={countries}
              onChange={(event) => setCountries(event.target.value.toUpperCase())}
              required
              maxLength={1000}
            />
          )}
          <Button type="submit" kind="main" busy={run.isPending}>
            {t('integrations.setUp.run')}
          </Button>
        </div>
        {run.error && <Failure error={run.error} />}
        <div role="status">{run.data && <SetUpFindings name={name} setUp={run.data} />}</div>
      </form>
      {run.data?.steps.some(({ code }) => code === 'application_elsewhere' || code === 'number_elsewhere') && (
        <Button className="self-start" busy={run.isPending} onClick={() => run.mutate(true)}>
          {t('integrations.setUp.takeOver')}
        </Button>
      )}
      {run.data?.ready && (
        <Button className="self-start" onClick={() => setCalling(true)}>
          <PhoneOutgoing aria-hidden /> {t('integrations.setUp.testCall')}
        </Button>
      )}
      {calling && <PlaceCall onClose={() => setCalling(false)} />}
    </div>
  );
}
