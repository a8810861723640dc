/** Money is reckoned in whole billionths of a dollar: decimal strings go in and out, and nothing is lost to binary fractions. */
const DIGITS = 9;
const DOLLAR = 10n ** BigInt(DIGITS);

const toUnits = (usd: string): bigint => {
  const [whole = '0', fraction = ''] = usd.split('.');
  return BigInt(whole) * DOLLAR + BigInt(fraction.slice(0, DIGITS).padEnd(DIGITS, '0'));
};

/** With six decimals, half a millionth rounded up. */
const toUsd = (units: bigint): string => {
  const millionths = (units + 500n) / 1000n;
  return `${millionths / 1_000_000n}.${String(millionths % 1_000_000n).padStart(6, '0')}`;
};

/** Decimal USD for a quantity (up to three decimals count) at a price for each `per` of it. */
export const priceFor = (quantity: number, price: string, per: number): string =>
  toUsd((BigInt(Math.round(quantity * 1000)) * toUnits(price)) / (BigInt(per) * 1000n));

/** The sum of decimal USD. */
export const addUsd = (amounts: readonly string[]): string => toUsd(amounts.reduce((sum, amount) => sum + toUnits(amount), 0n));
