import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from '../ui/field.tsx';
import type { Assistant } from './assistants.queries.ts';
import type { EditorPart } from './editor-part.ts';

/** What each realtime provider starts with: one refuses the models and voices of the other. */
const REALTIME = {
  'openai-realtime': { realtime_model: 'gpt-realtime', realtime_voice: 'marin' },
  'gemini-live': { realtime_model: 'gemini-3.8-live', realtime_voice: 'Kore' },
} as const;
const PROVIDERS = ['openai-realtime', 'gemini-live'] as const;
const MODES = ['standard', 'realtime'] as const;

/** Whether three stages or one realtime model lead the assistant's calls, and which. */
export function AssistantMode({ draft, change, errorOf }: EditorPart) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-5 md:grid-cols-2">
      <SelectField
        label={t('assistants.mode')}
        value={draft.mode}
        error={errorOf('mode')}
        hint={t(`assistants.modes.${draft.mode}.about`)}
        onChange={(event) => change({ mode: event.target.value as Assistant['mode'] })}
        options={MODES.map((mode) => ({ value: mode, label: t(`assistants.modes.${mode}.name`) }))}
      />
      {draft.mode === 'realtime' && (
        <>
          <SelectField
            label={t('assistants.realtimeProvider')}
            value={draft.realtime_provider}
            error={errorOf('realtime_provider')}
            hint={t('assistants.realtimeNote')}
            onChange={(event) => {
              const realtime_provider = event.target.value as Assistant['realtime_provider'];
              change({ realtime_provider, ...REALTIME[realtime_provider] });
            }}
            options={PROVIDERS.map((provider) => ({ value: provider, label: t(`assistants.realtimeProviders.${provider}`) }))}
          />
          <TextField
            label={t('assistants.realtimeModel')}
            value={draft.realtime_model}
            error={errorOf('realtime_model')}
            onChange={(event) => change({ realtime_model: event.target.value })}
          />
          <TextField
            label={t('assistants.realtimeVoice')}
            hint={t('assistants.realtimeVoiceHint')}
            value={draft.realtime_voice}
            error={errorOf('realtime_voice')}
            onChange={(event) => change({ realtime_voice: event.target.value })}
          />
        </>
      )}
    </div>
  );
}
