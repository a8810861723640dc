import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Eye, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { customFieldsQuery } from '../crm/crm.queries.ts';
import { TextChat } from '../talk/text-chat.tsx';
import { Button } from '../ui/button.tsx';
import type { EditedAssistant } from './assistants.queries.ts';
import type { EditorPart } from './editor-part.ts';
import { PromptPreview } from './prompt-preview.tsx';
import { VariableText } from './variable-text.tsx';
import { variableNames } from './variables.ts';

export function AssistantPrompt({ draft, change, errorOf }: EditorPart) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const { data } = useQuery(customFieldsQuery(slug));
  const [previewing, setPreviewing] = useState(false);
  const names = variableNames(data?.customFields ?? []);
  return (
    <div className="flex flex-col gap-5">
      <Button size="small" className="self-start" onClick={() => setPreviewing(!previewing)}>
        {previewing ? <Pencil aria-hidden /> : <Eye aria-hidden />} {t(previewing ? 'assistants.edit' : 'assistants.preview')}
      </Button>
      {previewing ? (
        <PromptPreview firstMessage={draft.first_message} prompt={draft.system_prompt} />
      ) : (
        <>
          <VariableText
            label={t('assistants.firstMessage')}
            hint={t('assistants.firstMessageHint')}
            error={errorOf('first_message')}
            maxLength={2000}
            value={draft.first_message}
            names={names}
            onChange={(first_message) => change({ first_message })}
          />
          <VariableText
            label={t('assistants.prompt')}
            hint={t('assistants.promptHint')}
            error={errorOf('system_prompt')}
            rows={16}
            maxLength={100_000}
            value={draft.system_prompt}
            names={names}
            onChange={(system_prompt) => change({ system_prompt })}
          />
        </>
      )}
      <details className="rounded-xl border border-line px-4 py-3">
        <summary className="cursor-pointer font-medium">{t('talk.tryIt')}</summary>
        <div className="pt-4">
          <TextChat assistantId={draft.id} changes={unsaved(draft)} />
        </div>
      </details>
    </div>
  );
}

/** What a reply depends on. A model without a name cannot be asked: the stored one is. */
const unsaved = ({ first_message, system_prompt, provider, model, temperature, max_tokens }: EditedAssistant) => ({
  first_message,
  system_prompt,
  provider,
  temperature,
  max_tokens,
  ...(model.trim() ? { model } : {}),
});
