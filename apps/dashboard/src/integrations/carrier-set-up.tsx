import type { setUpTelnyx, TelnyxSetUp } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Badge, Failure } from '../ui/surface.tsx';
import type { Provider } from './integrations.queries.ts';

/** Makes the workspace's Telnyx account ready for calls, and shows step by step what was found and what is left. */
export function CarrierSetUp({ carrier }: { carrier: Provider | undefined }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [countries, setCountries] = useState('US, CA');
  const run = useMutation({
    mutationFn: () => {
      const destinations = countries.split(/[\s,]+/).filter(Boolean);
      return request<typeof setUpTelnyx>('POST', '/api/settings/providers/telnyx/set-up', { body: { destinations } });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run.mutate();
  };
  return (
    <form onSubmit={submit} aria-label={t('integrations.setUp.title')} className="mt-6 flex flex-col gap-3 border-line border-t pt-4">
      <h3 className="font-medium">{t('integrations.setUp.title')}</h3>
      <p className="max-w-prose text-soft">{t('integrations.setUp.about')}</p>
      {carrier?.source === 'account' ? (
        <div className="flex flex-wrap items-end gap-3">
          <TextField
            label={t('integrations.setUp.destinations')}
            hint={t('integrations.setUp.destinationsHint')}
            className="max-w-md grow"
            value={countries}
            onChange={(event) => setCountries(event.target.value.toUpperCase())}
            required
            maxLength={1000}
          />
          <Button type="submit" kind="main" busy={run.isPending}>
            {t('integrations.setUp.run')}
          </Button>
        </div>
      ) : (
        <p className="text-soft">{t('integrations.setUp.needsKey')}</p>
      )}
      {run.error && <Failure error={run.error} />}
      <div role="status">{run.data && <Findings setUp={run.data.setUp} />}</div>
    </form>
  );
}

const TONES = { there: 'good', made: 'good', changed: 'brand', missing: 'warn' } as const;

function Findings({ setUp }: { setUp: TelnyxSetUp }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-2">
      <p className={setUp.ready ? 'font-medium text-good' : 'font-medium text-warn'}>
        {t(setUp.ready ? 'integrations.setUp.ready' : 'integrations.setUp.notReady')}
      </p>
      <ul className="divide-y divide-line rounded-xl border border-line">
        {setUp.steps.map(({ step, state, message }) => (
          <li key={step} className="flex flex-wrap items-start gap-x-3 gap-y-1 px-3 py-2">
            <Badge tone={TONES[state]}>{t(`integrations.setUp.states.${state}`)}</Badge>
            <div className="min-w-0 grow basis-60">
              <p className="font-medium">{t(`integrations.setUp.steps.${step}`)}</p>
              <p className="break-words text-[13px] text-soft" lang="en">
                {message}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
