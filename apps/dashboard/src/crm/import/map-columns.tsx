import { useTranslation } from 'react-i18next';
import { SelectField } from '../../ui/field.tsx';
import type { CustomField } from '../crm.queries.ts';
import type { ReadFile } from './choose-file.tsx';
import { TARGETS, type Target } from './columns.ts';

/** Column by column what it holds, above the first rows of the file. */
export function MapColumns({
  file,
  targets,
  fields,
  onChange,
}: {
  file: ReadFile;
  targets: readonly Target[];
  fields: readonly CustomField[];
  onChange: (targets: Target[]) => void;
}) {
  const { t } = useTranslation();
  const options = [
    { value: '', label: t('import.leaveOut') },
    ...TARGETS.map((target) => ({ value: target, label: t(`import.targets.${target}`) })),
    ...fields.filter((field) => field.entity === 'contact').map((field) => ({ value: `custom.${field.key}`, label: field.name })),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable region
    <section aria-label={t('import.map')} tabIndex={0} className="overflow-x-auto">
      <p className="mb-3 text-soft">{t('import.mapAbout', { file: file.name })}</p>
      <table className="w-full text-left">
        <thead>
          <tr className="align-bottom">
            {file.header.map((name, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns are known by their place, names may repeat
              <th key={at} scope="col" className="min-w-44 p-1.5 font-medium">
                <SelectField
                  label={name || t('import.unnamed', { number: at + 1 })}
                  value={targets[at] ?? ''}
                  onChange={(event) => {
                    const wanted = event.target.value as Target;
                    // A field is read from one column: the other one gives it up.
                    onChange(targets.map((target, index) => (index === at ? wanted : target === wanted ? '' : target)));
                  }}
                  options={options}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line text-[13px]">
          {file.rows.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have nothing else to go by
            <tr key={line}>
              {file.header.map((_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={at} className={`max-w-60 truncate p-2 ${targets[at] ? '' : 'text-soft line-through'}`}>
                  {row[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
