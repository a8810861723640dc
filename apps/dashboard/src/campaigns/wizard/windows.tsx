import { useTranslation } from 'react-i18next';
import { timeZones } from '../../time-zone.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { SwitchField } from '../../ui/switch.tsx';
import type { StepPart } from './step-part.ts';
import { WeekCalendar } from './week-calendar.tsx';

/** When people are called. */
export function Windows({ plan, change, errorOf }: StepPart) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <div className="grid content-start gap-4 sm:grid-cols-2">
        <TextField
          label={t('campaigns.from')}
          type="time"
          required
          error={errorOf('callWindowStart')}
          value={plan.callWindowStart}
          onChange={(event) => change({ callWindowStart: event.target.value })}
        />
        <TextField
          label={t('campaigns.until')}
          type="time"
          required
          error={errorOf('callWindowEnd')}
          value={plan.callWindowEnd}
          onChange={(event) => change({ callWindowEnd: event.target.value })}
        />
        <SelectField
          label={t('contacts.timezone')}
          className="sm:col-span-2"
          error={errorOf('callWindowTimezone')}
          value={plan.callWindowTimezone}
          onChange={(event) => change({ callWindowTimezone: event.target.value })}
          options={timeZones().map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
        />
        <div className="sm:col-span-2">
          <SwitchField
            label={t('campaigns.theirZone')}
            hint={t('campaigns.theirZoneHint')}
            checked={plan.useContactTimezoneForCallWindow}
            onChange={(useContactTimezoneForCallWindow) => change({ useContactTimezoneForCallWindow })}
          />
        </div>
        <TextField
          label={t('campaigns.startAt')}
          hint={t('campaigns.startAtHint')}
          className="sm:col-span-2"
          type="datetime-local"
          error={errorOf('scheduledStartAt')}
          value={plan.scheduledStart}
          onChange={(event) => change({ scheduledStart: event.target.value })}
        />
      </div>
      <WeekCalendar from={plan.callWindowStart} until={plan.callWindowEnd} />
    </div>
  );
}
