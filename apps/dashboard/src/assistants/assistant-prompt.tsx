import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField, TextArea } from '../ui/field.tsx';
import type { EditorPart } from './editor-part.ts';

const VARIABLES = [
  ...['first_name', 'last_name', 'full_name', 'email', 'phone', 'job_title', 'lead_status'].map((name) => `contact.${name}`),
  ...['name', 'website', 'industry', 'phone', 'city', 'state', 'country'].map((name) => `company.${name}`),
  ...['name', 'description', 'from_number'].map((name) => `campaign.${name}`),
];

export function AssistantPrompt({ draft, change, errorOf }: EditorPart) {
  const { t } = useTranslation();
  const area = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState('');

  /** Puts a variable where the cursor stands in the prompt. */
  const insert = (name: string) => {
    const box = area.current?.querySelector('textarea');
    const at = box?.selectionStart ?? draft.system_prompt.length;
    change({ system_prompt: `${draft.system_prompt.slice(0, at)}{{${name}}}${draft.system_prompt.slice(box?.selectionEnd ?? at)}` });
    setChosen('');
    box?.focus();
  };
  return (
    <div className="flex flex-col gap-5">
      <TextArea
        label={t('assistants.firstMessage')}
        hint={t('assistants.firstMessageHint')}
        error={errorOf('first_message')}
        maxLength={2000}
        value={draft.first_message}
        onChange={(event) => change({ first_message: event.target.value })}
      />
      <div ref={area}>
        <TextArea
          label={t('assistants.prompt')}
          hint={t('assistants.promptHint', { open: '{{' })}
          error={errorOf('system_prompt')}
          rows={16}
          maxLength={100_000}
          value={draft.system_prompt}
          onChange={(event) => change({ system_prompt: event.target.value })}
        />
      </div>
      <SelectField
        label={t('assistants.variables')}
        className="max-w-xs"
        value={chosen}
        onChange={(event) => event.target.value && insert(event.target.value)}
        options={[{ value: '', label: '…' }, ...VARIABLES.map((name) => ({ value: name, label: `{{${name}}}` }))]}
      />
    </div>
  );
}
