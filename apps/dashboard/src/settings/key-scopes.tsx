import { useTranslation } from 'react-i18next';
import { SelectField } from '../ui/field.tsx';
import { SwitchField } from '../ui/switch.tsx';

const RESOURCES = [
  'assistants',
  'calls',
  'phone-numbers',
  'contacts',
  'companies',
  'opportunities',
  'custom-fields',
  'campaigns',
  'webhooks',
  'members',
] as const;
/** What nobody but a person may change. */
const READ_ONLY: readonly string[] = ['members'];

/** What a key may do: everything, or resource by resource nothing, reading, writing or both. */
export function KeyScopes({ scopes, onChange }: { scopes: readonly string[]; onChange: (scopes: string[]) => void }) {
  const { t } = useTranslation();
  const everything = scopes.includes('*');
  const of = (resource: string) => scopes.find((scope) => scope.startsWith(`${resource}:`))?.split(':')[1] ?? '';
  const set = (resource: string, may: string) =>
    onChange([...scopes.filter((scope) => !scope.startsWith(`${resource}:`)), ...(may ? [`${resource}:${may}`] : [])]);
  return (
    <fieldset className="rounded-md border border-line p-3">
      <legend className="px-1 font-medium">{t('keys.scopes')}</legend>
      <SwitchField label={t('keys.everything')} checked={everything} onChange={(on) => onChange(on ? ['*'] : [])} />
      {!everything && (
        <div className="mt-2 grid gap-x-4 gap-y-2 sm:grid-cols-2">
          {RESOURCES.map((resource) => (
            <SelectField
              key={resource}
              label={t(`keys.resources.${resource}`)}
              value={of(resource)}
              onChange={(event) => set(resource, event.target.value)}
              options={[
                { value: '', label: t('keys.nothing') },
                { value: 'read', label: t('keys.read') },
                ...(READ_ONLY.includes(resource)
                  ? []
                  : [
                      { value: 'write', label: t('keys.write') },
                      { value: '*', label: t('keys.both') },
                    ]),
              ]}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}
