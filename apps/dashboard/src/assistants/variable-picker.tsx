import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cn } from '../ui/class-names.ts';

/** A list of variables that narrows as one types; arrows choose, Enter takes, Escape leaves. */
export function VariablePicker({
  names,
  onPick,
  onClose,
}: {
  names: readonly string[];
  onPick: (name: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const wanted = typed.trim().toLowerCase().replaceAll(' ', '_');
  const found = names.filter((name) => name.includes(wanted));
  useEffect(() => {
    panel.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((at + step + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter' && found[at]) onPick(found[at]);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it closes when the focus leaves it, whatever did that
    <div
      ref={panel}
      className="absolute top-7 right-0 z-20 w-80 max-w-full rounded-xl border border-line bg-card p-2 shadow-lg"
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && onClose()}
    >
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
        aria-label={t('assistants.variables')}
        placeholder={t('search')}
        // biome-ignore lint/a11y/noAutofocus: opened by the person, who goes on typing in it
        autoFocus
        className="mb-1 h-9 w-full rounded-md border border-line bg-card px-2.5"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={t('assistants.variables')} className="max-h-64 overflow-y-auto">
        {found.length === 0 && <p className="p-2 text-soft">{t('notFound')}</p>}
        {found.map((name, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are taken by the combobox
          <div
            key={name}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={cn('cursor-pointer rounded-md px-2.5 py-1.5 font-mono text-[13px]', index === at && 'bg-brand-wash text-brand')}
            onMouseEnter={() => setAt(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(name)}
          >
            {name}
          </div>
        ))}
      </div>
    </div>
  );
}
