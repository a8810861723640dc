import { useTranslation } from 'react-i18next';
import { fineMoney, number } from '../format.ts';
import { Card } from '../ui/surface.tsx';
import type { Call } from './calls.queries.ts';

type Item = NonNullable<Call['cost']>['items'][number];

/** An estimate looks like one. */
const about = (written: string, estimated: boolean | undefined): string => (estimated ? `≈ ${written}` : written);
const quantityOf = ({ quantity, unknown, estimated }: Item): string =>
  unknown === 'not_counted' ? '?' : about(number(quantity), estimated);

/** Whose it is: the vendor and its model, or the leg of a transfer. */
function Whose({ item }: { item: Item }) {
  const { t } = useTranslation();
  if (!item.vendor) return null;
  const which = item.kind === 'carrier' && item.model === 'transfer' ? t('calls.costTransfer') : item.model;
  return <span className="block text-soft">{[item.vendor, which].filter(Boolean).join(' · ')}</span>;
}

/** What a call used and what that cost, of each vendor; what is not known says why. */
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
            <tr className="align-top" key={`${item.kind} ${item.vendor} ${item.model} ${item.unit} ${item.unknown} ${item.estimated}`}>
              <td className="py-0.5 pr-3">
                {t(`calls.costKinds.${item.kind}`)}
                <Whose item={item} />
              </td>
              <td className="py-0.5 pr-3 text-right tabular-nums">{t(`calls.costUnits.${item.unit}`, { quantity: quantityOf(item) })}</td>
              <td className="py-0.5 text-right tabular-nums">
                {item.amount === null ? t(`calls.costUnknown.${item.unknown ?? 'unsaid'}`) : about(fineMoney(item.amount), item.estimated)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-line border-t font-medium">
            <td className="pt-1.5" colSpan={2}>
              {cost.total === null ? t('calls.costKnownTotal') : t('calls.costTotal')}
            </td>
            <td className="pt-1.5 text-right tabular-nums">
              {about(
                fineMoney(cost.known_total),
                cost.items.some(({ estimated }) => estimated),
              )}
            </td>
          </tr>
        </tfoot>
      </table>
    </Card>
  );
}
