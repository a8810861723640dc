import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from '../ui/field.tsx';

export interface VoiceFilter {
  provider: '' | 'cartesia' | 'elevenlabs' | 'local';
  language: string;
  gender: '' | 'female' | 'male' | 'neutral';
  search: string;
}

const PROVIDERS = ['cartesia', 'elevenlabs', 'local'] as const;
const GENDERS = ['female', 'male', 'neutral'] as const;
/** What vendors of voices for telephones speak; an assistant's own language stands beside them. */
const LANGUAGES = 'ar bg cs da de el en es fi fr he hi hr hu id it ja ko ms nl no pl pt ro ru sk sv ta th tr uk vi zh'.split(' ');

/** @param spoken the language of the assistant */
export function VoiceFilters({
  filter,
  spoken,
  onChange,
}: {
  filter: VoiceFilter;
  spoken: string;
  onChange: (filter: VoiceFilter) => void;
}) {
  const { t, i18n } = useTranslation();
  const names = new Intl.DisplayNames([i18n.language], { type: 'language', fallback: 'code' });
  const languages = [...new Set([...LANGUAGES, ...(spoken ? [spoken] : [])])].map((value) => ({ value, label: names.of(value) ?? value }));
  const any = { value: '', label: t('voices.any') };
  const set = (changes: Partial<VoiceFilter>) => onChange({ ...filter, ...changes });
  return (
    <fieldset className="grid gap-3 sm:grid-cols-3">
      <legend className="sr-only">{t('voices.filters')}</legend>
      <TextField
        label={t('search')}
        placeholder={t('voices.search')}
        type="search"
        className="sm:col-span-3"
        maxLength={200}
        value={filter.search}
        onChange={(event) => set({ search: event.target.value })}
      />
      <SelectField
        label={t('voices.provider')}
        value={filter.provider}
        options={[any, ...PROVIDERS.map((value) => ({ value, label: t(`voices.vendors.${value}`) }))]}
        onChange={(event) => set({ provider: event.target.value as VoiceFilter['provider'] })}
      />
      <SelectField
        label={t('voices.language')}
        value={filter.language}
        options={[any, ...languages.toSorted((a, b) => a.label.localeCompare(b.label, i18n.language))]}
        onChange={(event) => set({ language: event.target.value })}
      />
      <SelectField
        label={t('voices.gender')}
        value={filter.gender}
        options={[any, ...GENDERS.map((value) => ({ value, label: t(`voices.genders.${value}`) }))]}
        onChange={(event) => set({ gender: event.target.value as VoiceFilter['gender'] })}
      />
    </fieldset>
  );
}
