import { AudioLines } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Voice } from '../integrations/integrations.queries.ts';
import { useVoicePreview } from '../integrations/use-voice-preview.ts';
import { VoiceLibrary } from '../integrations/voice-library.tsx';
import { VoiceSample } from '../integrations/voice-sample.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import type { EditorPart } from './editor-part.ts';
import { FallbackFields } from './fallback-fields.tsx';
import { ProviderField } from './provider-field.tsx';

const PROVIDERS = ['cartesia', 'elevenlabs', 'local'] as const;
/** What a vendor's voices are spoken with unless somebody says otherwise: one vendor refuses the models of another. */
const MODELS = { cartesia: 'sonic-3', elevenlabs: 'eleven_flash_v2_5', local: 'flite' } as const;

export function AssistantVoice({ draft, change, errorOf }: EditorPart) {
  const { t } = useTranslation();
  const [choosing, setChoosing] = useState<'voice' | 'fallback' | null>(null);
  const player = useVoicePreview();
  const current = { provider: draft.voice_provider, id: draft.voice_id, name: draft.voice_name };
  const choose = ({ provider, id, name }: Voice) =>
    change({
      voice_provider: provider,
      voice_id: id,
      voice_name: name.slice(0, 200),
      ...(provider === draft.voice_provider ? {} : { voice_model: MODELS[provider] }),
    });
  const standIn = { provider: draft.fallback_voice_provider ?? '', id: draft.fallback_voice_id ?? '' };
  const chooseStandIn = ({ provider, id }: Voice) =>
    change({
      fallback_voice_provider: provider,
      fallback_voice_id: id,
      ...(provider === draft.fallback_voice_provider ? {} : { fallback_voice_model: null }),
    });
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <VoiceSample voice={current} player={player} />
        <div className="min-w-0 grow">
          <p className="text-[13px] text-soft">{t('voices.current')}</p>
          <p className="font-medium">
            {draft.voice_name} <span className="font-normal text-soft">· {t(`voices.vendors.${draft.voice_provider}`)}</span>
          </p>
        </div>
        <Button onClick={() => setChoosing('voice')}>
          <AudioLines aria-hidden /> {t('voices.open')}
        </Button>
      </div>
      <div className="grid gap-5 md:grid-cols-2">
        <ProviderField
          value={draft.voice_provider}
          options={PROVIDERS}
          error={errorOf('voice_provider')}
          onChange={(voice_provider) => change({ voice_provider, voice_model: MODELS[voice_provider] })}
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
      <FallbackFields
        provider={draft.fallback_voice_provider}
        options={PROVIDERS}
        onProvider={(fallback_voice_provider) => change({ fallback_voice_provider, fallback_voice_model: null, fallback_voice_id: null })}
        error={errorOf('fallback_voice_provider')}
        names={[
          {
            label: t('assistants.fallback.voiceModel'),
            value: draft.fallback_voice_model,
            error: errorOf('fallback_voice_model'),
            onChange: (fallback_voice_model) => change({ fallback_voice_model }),
          },
          {
            label: t('assistants.fallback.voiceId'),
            value: draft.fallback_voice_id,
            error: errorOf('fallback_voice_id'),
            onChange: (fallback_voice_id) => change({ fallback_voice_id }),
          },
        ]}
      >
        <Button size="small" className="self-start" onClick={() => setChoosing('fallback')}>
          <AudioLines aria-hidden /> {t('voices.open')}
        </Button>
      </FallbackFields>
      {choosing === 'voice' && (
        <VoiceLibrary chosen={current} language={draft.transcriptor_language} onChoose={choose} onClose={() => setChoosing(null)} />
      )}
      {choosing === 'fallback' && (
        <VoiceLibrary chosen={standIn} language={draft.transcriptor_language} onChoose={chooseStandIn} onClose={() => setChoosing(null)} />
      )}
    </div>
  );
}
