import type { CarrierSetUp } from '@talkturo/contract';
import { useTranslation } from 'react-i18next';
import { Badge } from '../ui/surface.tsx';

const TONES = { there: 'good', made: 'good', changed: 'brand', limited: 'warn', missing: 'warn' } as const;

/** What a set-up found, step by step, in the language of the page. */
export function SetUpFindings({ name, setUp }: { name: string; setUp: CarrierSetUp }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-2">
      <p className={setUp.ready ? 'font-medium text-good' : 'font-medium text-warn'}>
        {setUp.ready ? t('integrations.setUp.ready', { name }) : t('integrations.setUp.notReady')}
      </p>
      <ul className="divide-y divide-line rounded-xl border border-line">
        {setUp.steps.map(({ step, state, code, values }) => (
          <li key={`${code} ${values.number ?? step}`} className="flex flex-wrap items-start gap-x-3 gap-y-1 px-3 py-2">
            <Badge tone={TONES[state]}>{t(`integrations.setUp.states.${state}`)}</Badge>
            <div className="min-w-0 grow basis-60">
              <p className="font-medium">{t(`integrations.setUp.steps.${step}`)}</p>
              <p className="break-words text-[13px] text-soft">{t(`integrations.setUp.findings.${code}`, values)}</p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
