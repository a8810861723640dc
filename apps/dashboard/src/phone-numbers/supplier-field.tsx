import type { AnswerOf, listNumberSuppliers } from '@talkturo/contract';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../ui/field.tsx';

interface SupplierFieldProps {
  suppliers: AnswerOf<typeof listNumberSuppliers>['suppliers'];
  chosen: string;
  onChoose: (provider: string) => void;
}

/** From whom to buy, and with whose account there. */
export function SupplierField({ suppliers, chosen, onChoose }: SupplierFieldProps) {
  const { t } = useTranslation();
  return (
    <SelectField
      label={t('numbers.provider')}
      className="sm:col-span-3"
      value={chosen}
      onChange={(event) => onChoose(event.target.value)}
      options={suppliers.map(({ provider, name, source }) => ({
        value: provider,
        // The built-in network is nobody's account.
        label: provider === 'local' ? t('numbers.providers.local') : t(`numbers.accounts.${source}`, { name }),
      }))}
    />
  );
}
