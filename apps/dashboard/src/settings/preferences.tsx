import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n/index.ts';
import { chooseTimeZone, timeZones, useTimeZone } from '../time-zone.ts';
import { SelectField } from '../ui/field.tsx';
import { Card } from '../ui/surface.tsx';

/** Language and time zone of the pages, in this browser. */
export function Preferences() {
  const { t, i18n } = useTranslation();
  const zone = useTimeZone();
  return (
    <Card title={t('profile.preferences')}>
      <div className="grid max-w-xl gap-4 sm:grid-cols-2">
        <SelectField
          label={t('language')}
          value={i18n.language}
          onChange={(event) => chooseLanguage(event.target.value as 'en' | 'de')}
          options={[
            { value: 'en', label: 'English' },
            { value: 'de', label: 'Deutsch' },
          ]}
        />
        <SelectField
          label={t('contacts.timezone')}
          hint={t('profile.zoneHint')}
          value={zone}
          onChange={(event) => chooseTimeZone(event.target.value)}
          options={timeZones().map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
        />
      </div>
    </Card>
  );
}
