import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextArea } from '../ui/field.tsx';
import { keytermsIn, lacksOfKeyterms } from './keyterms.ts';

/** Words a transcriber might miss, one a line: a term may have blanks and commas of its own. */
export function KeytermsField({
  value,
  onChange,
  error,
}: {
  value: readonly string[];
  onChange: (terms: string[]) => void;
  error: string | undefined;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  // What is typed stays as it is, empty lines and all, until the list becomes another one by other means.
  const text = keytermsIn(typed).join('\n') === value.join('\n') ? typed : value.join('\n');
  const lack = lacksOfKeyterms(value);
  return (
    <TextArea
      label={t('assistants.keyterms')}
      hint={t('assistants.keytermsHint')}
      error={error ?? (lack && t(`assistants.keytermsLacks.${lack.what}`, { term: lack.term }))}
      value={text}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(keytermsIn(event.target.value));
      }}
    />
  );
}
