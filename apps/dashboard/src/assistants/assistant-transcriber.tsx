import { useTranslation } from 'react-i18next';
import { TextField } from '../ui/field.tsx';
import type { EditorPart } from './editor-part.ts';
import { FallbackFields } from './fallback-fields.tsx';
import { KeytermsField } from './keyterms-field.tsx';
import { ProviderField } from './provider-field.tsx';

const PROVIDERS = ['deepgram', 'assemblyai', 'local'] as const;

export function AssistantTranscriber({ draft, change, errorOf }: EditorPart) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-6">
      <div className="grid gap-5 md:grid-cols-2">
        <ProviderField
          value={draft.transcriptor_provider}
          options={PROVIDERS}
          error={errorOf('transcriptor_provider')}
          onChange={(transcriptor_provider) => change({ transcriptor_provider })}
        />
        <TextField
          label={t('assistants.transcriberModel')}
          value={draft.transcriptor_model}
          error={errorOf('transcriptor_model')}
          onChange={(event) => change({ transcriptor_model: event.target.value })}
        />
        <TextField
          label={t('assistants.transcriberLanguage')}
          hint={t('assistants.transcriberLanguageHint')}
          value={draft.transcriptor_language}
          error={errorOf('transcriptor_language')}
          onChange={(event) => change({ transcriptor_language: event.target.value })}
        />
      </div>
      <KeytermsField
        value={draft.transcriptor_keyterms ?? []}
        error={errorOf('transcriptor_keyterms')}
        onChange={(terms) => change({ transcriptor_keyterms: terms.length === 0 ? null : terms })}
      />
      <FallbackFields
        provider={draft.fallback_transcriptor_provider}
        options={PROVIDERS}
        onProvider={(fallback_transcriptor_provider) => change({ fallback_transcriptor_provider, fallback_transcriptor_model: null })}
        error={errorOf('fallback_transcriptor_provider')}
        names={[
          {
            label: t('assistants.fallback.model'),
            value: draft.fallback_transcriptor_model,
            error: errorOf('fallback_transcriptor_model'),
            onChange: (fallback_transcriptor_model) => change({ fallback_transcriptor_model }),
          },
        ]}
      />
    </div>
  );
}
