import { z } from 'zod';
import { CarrierError } from '../carrier.ts';
import type { NumberSearch } from '../number-supplier.ts';
import type { TwilioApi } from './twilio-api.ts';

/** Twilio's price list changes by announcement, not by the hour. */
const KEPT_MS = 24 * 3_600_000;
const TYPES: Readonly<Record<NumberSearch['numberType'], string>> = { local: 'local', 'toll-free': 'toll free' };

const prices = z.object({
  price_unit: z.string(),
  phone_number_prices: z.array(z.object({ number_type: z.string(), current_price: z.coerce.string() })),
});

/** What numbers cost a month, by Twilio's pricing API (https://www.twilio.com/docs/phone-numbers/pricing): asked once a day for a country. */
export interface NumberPrices {
  /** USD with two decimals or more; null where Twilio has no price for the kind. Rejects with CarrierError. */
  monthly(search: Pick<NumberSearch, 'countryCode' | 'numberType'>): Promise<string | null>;
}

/** `1.15` as it is, `2` → `2.00`. */
const written = (price: string): string => {
  const [units = '0', fraction = ''] = price.split('.');
  return `${units}.${fraction.padEnd(2, '0')}`;
};

export function createNumberPrices(api: TwilioApi, now: () => number): NumberPrices {
  const kept = new Map<string, { until: number; byType: ReadonlyMap<string, string> }>();

  async function ask(countryCode: string): Promise<ReadonlyMap<string, string>> {
    const list = await api.pricing(prices, `/v1/PhoneNumbers/Countries/${encodeURIComponent(countryCode)}`);
    if (list.price_unit.toUpperCase() !== 'USD') {
      throw new CarrierError('twilio', 'refused', `Twilio names this account’s prices in ${list.price_unit}; only USD can be shown.`);
    }
    return new Map(list.phone_number_prices.map((one) => [one.number_type, written(one.current_price)]));
  }

  return {
    async monthly({ countryCode, numberType }) {
      const before = kept.get(countryCode);
      if (before && before.until > now()) return before.byType.get(TYPES[numberType]) ?? null;
      const byType = await ask(countryCode).catch((error: unknown) => {
        // Yesterday's price is better than no numbers.
        if (before && error instanceof CarrierError && error.kind !== 'auth') return before.byType;
        throw error;
      });
      kept.set(countryCode, { until: now() + KEPT_MS, byType });
      return byType.get(TYPES[numberType]) ?? null;
    },
  };
}
