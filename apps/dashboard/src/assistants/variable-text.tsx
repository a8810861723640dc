import { Braces } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { TextArea } from '../ui/field.tsx';
import { VariablePicker } from './variable-picker.tsx';

/** A text with variables: Ctrl+Space, or the button, lists them and puts the chosen one where the cursor stands. */
export function VariableText({
  label,
  hint,
  error,
  rows,
  maxLength,
  value,
  names,
  onChange,
}: {
  label: string;
  hint: string;
  error: string | undefined;
  rows?: number;
  maxLength: number;
  value: string;
  names: readonly string[];
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  const box = useRef<HTMLTextAreaElement>(null);
  const [picking, setPicking] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== ' ' || !event.ctrlKey) return;
    event.preventDefault();
    setPicking(true);
  };
  const close = (caret?: number) => {
    setPicking(false);
    requestAnimationFrame(() => {
      box.current?.focus();
      if (caret !== undefined) box.current?.setSelectionRange(caret, caret);
    });
  };
  const insert = (name: string) => {
    const from = box.current?.selectionStart ?? value.length;
    const to = box.current?.selectionEnd ?? from;
    // Braces that were typed already are not doubled.
    const before = value.slice(0, from).replace(/\{\{\s*$/, '');
    const placed = `${before}{{${name}}}`;
    onChange(placed + value.slice(to));
    close(placed.length);
  };
  return (
    <div className="relative">
      <TextArea
        ref={box}
        label={label}
        hint={hint}
        error={error}
        rows={rows}
        maxLength={maxLength}
        value={value}
        aria-keyshortcuts="Control+Space"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button
        kind="quiet"
        size="small"
        className="absolute -top-2 right-0 min-h-6"
        aria-haspopup="listbox"
        title="Ctrl + Space"
        onClick={() => setPicking(true)}
      >
        <Braces aria-hidden /> {t('assistants.variables')}
      </Button>
      {picking && <VariablePicker names={names} onPick={insert} onClose={() => close()} />}
    </div>
  );
}
