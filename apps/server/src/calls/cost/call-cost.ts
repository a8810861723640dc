import type { CallCost } from '@talkturo/contract';
import { addUsd, priceFor } from './money.ts';
import type { CostKind, CostUnit, PriceList } from './price-list.ts';

/** Something a call has used. */
export interface Used {
  kind: CostKind;
  vendor: string;
  model: string | null;
  unit: CostUnit;
  quantity: number;
  /** `estimated`: its vendor did not count it, and we did; `unknown`: nobody has, and the quantity is 0. */
  sure: 'counted' | 'estimated' | 'unknown';
}

type Item = CallCost['items'][number];

/**
 * What was used, at the prices of today. What has no known price, or of which nobody knows how much it was, leaves the total open; an
 * estimate counts, and is called one. What is free is free however much it was.
 */
export function costOf(used: readonly Used[], prices: PriceList): CallCost {
  const items = used
    .map((each) => ({ ...each, price: prices.of(each.kind, each.vendor, each.model, each.unit) }))
    .map((each) => ({ ...each, sure: Number(each.price?.price ?? 1) === 0 ? ('counted' as const) : each.sure }))
    .filter(({ quantity, sure }) => quantity > 0 || sure === 'unknown')
    .map(
      ({ kind, vendor, model, unit, quantity, sure, price }): Item => ({
        kind,
        vendor,
        model,
        unit,
        quantity,
        unit_price: price?.price ?? null,
        amount: price && sure !== 'unknown' ? priceFor(quantity, price.price, unit === 'seconds' ? 60 : 1_000_000) : null,
        unknown: sure === 'unknown' ? 'not_counted' : price ? null : 'no_price',
        estimated: sure === 'estimated',
        price_source: price?.source ?? null,
        price_date: price?.date ?? null,
      }),
    );
  return summed(items);
}

/** What the carrier itself says about one leg: the call's own, or the one it was transferred to. */
export interface CarrierCost {
  vendor: string;
  leg: 'own' | 'transfer';
  /** Decimal USD. */
  amount: string;
  seconds: number | null;
}

const CARRIER = 'carrier';
const TRANSFER = 'transfer';

/** What the carrier itself says goes before what we reckoned. Said twice it counts once. */
export function withCarrierCost(cost: CallCost | null, said: CarrierCost): CallCost {
  const model = said.leg === 'transfer' ? TRANSFER : null;
  const isIt = (item: Item) => item.kind === CARRIER && item.model === model;
  const before = cost?.items.find(isIt);
  const line: Item = {
    kind: CARRIER,
    vendor: said.vendor,
    model,
    unit: 'seconds',
    quantity: said.seconds ?? before?.quantity ?? 0,
    unit_price: null,
    amount: addUsd([said.amount]),
    unknown: null,
    estimated: false,
    price_source: CARRIER,
    price_date: null,
  };
  return summed([line, ...(cost?.items.filter((item) => !isIt(item)) ?? [])]);
}

/** A call whose carrier has spoken before its own reckoning was made keeps what it said. */
export const keepingCarrierCost = (reckoned: CallCost, before: CallCost | null): CallCost =>
  (before?.items ?? []).reduce<CallCost>(
    (cost, { vendor, model, amount, quantity, price_source: source }) =>
      source === CARRIER && vendor !== null && amount !== null
        ? withCarrierCost(cost, { vendor, leg: model === TRANSFER ? 'transfer' : 'own', amount, seconds: quantity })
        : cost,
    reckoned,
  );

function summed(items: Item[]): CallCost {
  const known = items.flatMap(({ amount }) => amount ?? []);
  const sum = addUsd(known);
  return { currency: 'USD', total: known.length === items.length ? sum : null, known_total: sum, items };
}
