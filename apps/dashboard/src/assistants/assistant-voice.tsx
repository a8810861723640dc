import { useTranslation } from 'react-i18next';
import { TextField } from '../ui/field.tsx';
import type { EditorPart } from './editor-part.ts';
import { ProviderField } from './provider-field.tsx';

const PROVIDERS = ['cartesia', 'elevenlabs', 'local'] as const;

export function AssistantVoice({ draft, change, errorOf }: EditorPart) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-5 md:grid-cols-2">
      <ProviderField
        value={draft.voice_provider}
        options={PROVIDERS}
        error={errorOf('voice_provider')}
        onChange={(voice_provider) => change({ voice_provider })}
      />
      <TextField
        label={t('assistants.voiceModel')}
        value={draft.voice_model}
        error={errorOf('voice_model')}
        onChange={(event) => change({ voice_model: event.target.value })}
      />
      <TextField
        label={t('assistants.voiceId')}
        value={draft.voice_id}
        error={errorOf('voice_id')}
        onChange={(event) => change({ voice_id: event.target.value })}
      />
      <TextField
        label={t('assistants.voiceName')}
        value={draft.voice_name}
        error={errorOf('voice_name')}
        onChange={(event) => change({ voice_name: event.target.value })}
      />
    </div>
  );
}
