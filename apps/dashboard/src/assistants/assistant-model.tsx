import { useTranslation } from 'react-i18next';
import { TextField } from '../ui/field.tsx';
import { AssistantMode } from './assistant-mode.tsx';
import type { EditorPart } from './editor-part.ts';
import { FallbackFields } from './fallback-fields.tsx';
import { ProviderField } from './provider-field.tsx';

const PROVIDERS = ['openai', 'anthropic', 'google', 'deepseek', 'qwen', 'openai-compatible', 'local'] as const;

export function AssistantModel({ draft, change, errorOf }: EditorPart) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-6">
      <AssistantMode draft={draft} change={change} errorOf={errorOf} />
      {draft.mode === 'realtime' && <p className="border-line border-t pt-5 text-soft">{t('assistants.standardBehind')}</p>}
      <div className="grid gap-5 md:grid-cols-2">
        <ProviderField
          value={draft.provider}
          options={PROVIDERS}
          error={errorOf('provider')}
          onChange={(provider) => change({ provider })}
        />
        <TextField
          label={t('assistants.model')}
          value={draft.model}
          error={errorOf('model')}
          onChange={(event) => change({ model: event.target.value })}
        />
        <TextField
          label={t('assistants.temperature')}
          hint={t('assistants.temperatureHint')}
          type="number"
          min={0}
          max={2}
          step={0.1}
          value={draft.temperature}
          error={errorOf('temperature')}
          onChange={(event) => change({ temperature: Number(event.target.value) })}
        />
        <TextField
          label={t('assistants.maxTokens')}
          type="number"
          min={1}
          max={32768}
          value={draft.max_tokens}
          error={errorOf('max_tokens')}
          onChange={(event) => change({ max_tokens: Number(event.target.value) })}
        />
      </div>
      <FallbackFields
        provider={draft.fallback_llm_provider}
        options={PROVIDERS}
        onProvider={(fallback_llm_provider) => change({ fallback_llm_provider, fallback_llm_model: null })}
        error={errorOf('fallback_llm_provider')}
        names={[
          {
            label: t('assistants.fallback.model'),
            value: draft.fallback_llm_model,
            error: errorOf('fallback_llm_model'),
            onChange: (fallback_llm_model) => change({ fallback_llm_model }),
          },
        ]}
      />
    </div>
  );
}
