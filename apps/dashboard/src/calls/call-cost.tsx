import { useTranslation } from 'react-i18next';
import { fineMoney, number } from '../format.ts';
import { Card } from '../ui/surface.tsx';
import type { Call } from './calls.queries.ts';

/** What a call used and what that cost; what has no known price is shown with its quantity alone. */
export function CallCost({ cost }: { cost: Call['cost'] }) {
  const { t } = useTranslation();
  if (!cost || cost.items.length === 0) return null;
  return (
    <Card title={t('calls.cost')}>
      <table className="w-full text-[13px]">
        <thead className="sr-only">
          <tr>
            <th>{t('calls.costKind')}</th>
            <th>{t('calls.costQuantity')}</th>
            <th>{t('calls.costAmount')}</th>
          </tr>
        </thead>
        <tbody>
          {cost.items.map((item) => (
            <tr key={`${item.kind} ${item.unit} ${item.model}`}>
              <td className="py-0.5 pr-3">
                {t(`calls.costKinds.${item.kind}`)}
                {item.vendor && <span className="text-soft"> · {item.vendor}</span>}
              </td>
              <td className="py-0.5 pr-3 text-right tabular-nums">
                {t(`calls.costUnits.${item.unit}`, { quantity: number(item.quantity) })}
              </td>
              <td className="py-0.5 text-right tabular-nums">{item.amount === null ? t('calls.costUnknown') : fineMoney(item.amount)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-line border-t font-medium">
            <td className="pt-1.5" colSpan={2}>
              {cost.total === null ? t('calls.costKnownTotal') : t('calls.costTotal')}
            </td>
            <td className="pt-1.5 text-right tabular-nums">{fineMoney(cost.known_total)}</td>
          </tr>
        </tfoot>
      </table>
    </Card>
  );
}
