import type { TransferDestination } from '@talkturo/contract';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import type { EditorPart } from './editor-part.ts';

/** As the API bounds it. */
const MOST = 20;
const NEW: TransferDestination = { name: '', phone_number: '', description: '', mode: 'attended' };

/** Whom the assistant may connect its callers with. */
export function TransferDestinations({ draft, change, errorOf }: EditorPart) {
  const { t } = useTranslation();
  const all = draft.transfer_destinations ?? [];
  const put = (destinations: TransferDestination[]) => change({ transfer_destinations: destinations.length === 0 ? null : destinations });
  const set = (at: number, fields: Partial<TransferDestination>) => put(all.map((one, i) => (i === at ? { ...one, ...fields } : one)));
  return (
    <section className="flex flex-col gap-3 pt-5" aria-labelledby="transfer-destinations">
      <h3 id="transfer-destinations" className="font-medium">
        {t('assistants.transfers.title')}
      </h3>
      <p className="text-[13px] text-soft">{t('assistants.transfers.about')}</p>
      {errorOf('transfer_destinations') && <p className="text-bad">{errorOf('transfer_destinations')}</p>}
      {all.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names are typed in here, so a row has nothing else that stays.
        <fieldset key={at} className="grid gap-4 rounded-xl border border-line p-4 sm:grid-cols-2">
          <legend className="sr-only">{one.name || t('assistants.transfers.one')}</legend>
          <TextField
            label={t('name')}
            placeholder={t('assistants.transfers.namePlaceholder')}
            maxLength={60}
            value={one.name}
            error={errorOf(`transfer_destinations.${at}.name`)}
            onChange={(event) => set(at, { name: event.target.value })}
          />
          <TextField
            label={t('calls.transferTo')}
            type="tel"
            placeholder="+14155550149"
            value={one.phone_number}
            error={errorOf(`transfer_destinations.${at}.phone_number`)}
            onChange={(event) => set(at, { phone_number: event.target.value.trim() })}
          />
          <TextField
            label={t('assistants.transfers.when')}
            hint={t('assistants.transfers.whenHint')}
            className="sm:col-span-2"
            maxLength={300}
            value={one.description}
            error={errorOf(`transfer_destinations.${at}.description`)}
            onChange={(event) => set(at, { description: event.target.value })}
          />
          <SelectField
            label={t('calls.transferMode')}
            className="sm:col-span-2"
            value={one.mode}
            options={[
              { value: 'attended', label: t('calls.transferModes.attended') },
              { value: 'blind', label: t('calls.transferModes.blind') },
            ]}
            onChange={(event) => set(at, { mode: event.target.value as TransferDestination['mode'] })}
          />
          <Button
            kind="plain"
            className="justify-self-end sm:col-start-2"
            aria-label={t('assistants.transfers.remove', { name: one.name })}
            onClick={() => put(all.filter((_, i) => i !== at))}
          >
            <Trash2 aria-hidden />
          </Button>
        </fieldset>
      ))}
      {all.length < MOST && (
        <Button kind="plain" className="self-start" onClick={() => put([...all, NEW])}>
          <Plus aria-hidden /> {t('assistants.transfers.add')}
        </Button>
      )}
    </section>
  );
}
