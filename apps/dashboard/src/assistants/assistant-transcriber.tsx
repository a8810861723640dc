import { useTranslation } from 'react-i18next';
import { TextField } from '../ui/field.tsx';
import type { EditorPart } from './editor-part.ts';
import { ProviderField } from './provider-field.tsx';

const PROVIDERS = ['deepgram', 'assemblyai', 'local'] as const;

export function AssistantTranscriber({ draft, change, errorOf }: EditorPart) {
  const { t } = useTranslation();
  return (
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
  );
}
