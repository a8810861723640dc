import { useTranslation } from 'react-i18next';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { SwitchField } from '../../ui/switch.tsx';
import type { StepPart } from './step-part.ts';

/** How many at once, how often again and when, and what becomes of voicemails. */
export function Retries({ plan, change, errorOf }: StepPart) {
  const { t } = useTranslation();
  const number = (
    name: 'maxConcurrentCalls' | 'maxAttemptsPerContact' | 'retryDelayNoAnswerMinutes' | 'retryDelayBusyMinutes' | 'retryDelayErrorMinutes',
    [min, max]: readonly [number, number],
  ) => ({
    type: 'number',
    required: true,
    min,
    max,
    step: 'any',
    value: plan[name],
    error: errorOf(name),
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  });
  return (
    <div className="grid max-w-2xl gap-4 sm:grid-cols-2">
      <TextField label={t('campaigns.concurrent')} {...number('maxConcurrentCalls', [1, 1000])} step={1} />
      <TextField label={t('campaigns.attempts')} {...number('maxAttemptsPerContact', [1, 20])} step={1} />
      <TextField label={t('campaigns.delayNoAnswer')} {...number('retryDelayNoAnswerMinutes', [0.1, 43_200])} />
      <TextField label={t('campaigns.delayBusy')} {...number('retryDelayBusyMinutes', [0.1, 43_200])} />
      <div className="sm:col-span-2">
        <SwitchField
          label={t('campaigns.retryOnError')}
          checked={plan.retryOnError}
          onChange={(retryOnError) => change({ retryOnError })}
        />
      </div>
      {plan.retryOnError && <TextField label={t('campaigns.delayError')} {...number('retryDelayErrorMinutes', [0.1, 43_200])} />}
      <SelectField
        label={t('campaigns.backoff')}
        value={plan.retryBackoffMode}
        onChange={(event) => change({ retryBackoffMode: event.target.value as typeof plan.retryBackoffMode })}
        options={(['fixed', 'exponential'] as const).map((value) => ({ value, label: t(`campaigns.backoffs.${value}`) }))}
      />
      {plan.retryBackoffMode === 'exponential' && (
        <TextField
          label={t('campaigns.multiplier')}
          type="number"
          min={1.01}
          max={10}
          step="any"
          required
          value={plan.retryBackoffMultiplier}
          error={errorOf('retryBackoffMultiplier')}
          onChange={(event) => change({ retryBackoffMultiplier: event.target.value })}
        />
      )}
      <SelectField
        label={t('campaigns.voicemail')}
        className="sm:col-span-2"
        value={plan.voicemailAction}
        onChange={(event) => change({ voicemailAction: event.target.value as typeof plan.voicemailAction })}
        options={(['hangup', 'leave_message'] as const).map((value) => ({ value, label: t(`campaigns.voicemails.${value}`) }))}
      />
      {plan.voicemailAction === 'leave_message' && (
        <TextArea
          label={t('campaigns.message')}
          className="sm:col-span-2"
          required
          maxLength={2000}
          value={plan.voicemailMessage}
          error={errorOf('voicemailMessage')}
          onChange={(event) => change({ voicemailMessage: event.target.value })}
        />
      )}
    </div>
  );
}
