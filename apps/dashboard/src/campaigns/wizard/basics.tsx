import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { outboundAssistantsQuery } from '../campaigns.queries.ts';
import type { StepPart } from './step-part.ts';

export function Basics({ plan, change, errorOf }: StepPart) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const { data } = useQuery(outboundAssistantsQuery(slug));
  const first = data?.assistants[0]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the assistants arrive
  useEffect(() => {
    if (first && !plan.assistantId) change({ assistantId: first });
  }, [first]);
  return (
    <div className="flex max-w-xl flex-col gap-4">
      <TextField
        label={t('name')}
        required
        maxLength={200}
        value={plan.name}
        error={errorOf('name')}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextArea
        label={t('campaigns.description')}
        maxLength={2000}
        value={plan.description}
        error={errorOf('description')}
        onChange={(event) => change({ description: event.target.value })}
      />
      <SelectField
        label={t('calls.assistant')}
        hint={data?.assistants.length === 0 ? t('campaigns.needAssistant') : undefined}
        error={errorOf('assistantId')}
        required
        value={plan.assistantId}
        onChange={(event) => change({ assistantId: event.target.value, fromNumberIds: [] })}
        options={(data?.assistants ?? []).map((assistant) => ({ value: assistant.id, label: assistant.name }))}
      />
    </div>
  );
}
