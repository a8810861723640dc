import fc from 'fast-check';
import { expect, test } from 'vitest';
import { costOf, keepingCarrierCost, type Used, withCarrierCost } from './call-cost.ts';
import { addUsd, priceFor } from './money.ts';
import { createPriceList } from './price-list.ts';

const used: Used[] = [
  { kind: 'carrier', vendor: 'telnyx', model: null, unit: 'seconds', quantity: 90, sure: 'counted' },
  { kind: 'transcription', vendor: 'deepgram', model: 'nova-3', unit: 'seconds', quantity: 87.5, sure: 'counted' },
  { kind: 'language_model', vendor: 'openai', model: 'gpt-4o-mini', unit: 'input_tokens', quantity: 12_345, sure: 'counted' },
  { kind: 'language_model', vendor: 'openai', model: 'gpt-4o-mini', unit: 'output_tokens', quantity: 678, sure: 'counted' },
  { kind: 'voice', vendor: 'elevenlabs', model: 'eleven_flash_v2_5', unit: 'characters', quantity: 1_000, sure: 'counted' },
];

test('what was used is priced by the minute and the million, each with where its price stands', () => {
  const cost = costOf(used, createPriceList({ 'carrier/telnyx/*/seconds': '0.007' }));
  expect(cost.items.map(({ amount }) => amount)).toEqual(['0.010500', '0.007000', '0.001852', '0.000407', '0.050000']);
  expect(cost).toMatchObject({ currency: 'USD', total: '0.069759', known_total: '0.069759' });
  expect(cost.items[0]).toMatchObject({ unit_price: '0.007', price_source: 'TALKTURO_PRICES', price_date: null });
  expect(cost.items[1]).toMatchObject({ price_source: 'https://deepgram.com/pricing', price_date: '2026-11-04' });
});

test('an unknown price is null, its use is shown, and the total stays open', () => {
  const cost = costOf(used, createPriceList());
  expect(cost.items[0]).toMatchObject({ vendor: 'telnyx', quantity: 90, unit_price: null, amount: null });
  expect(cost).toMatchObject({ total: null, known_total: '0.059259' });
  expect(cost.items.map(({ unknown }) => unknown)).toEqual(['no_price', null, null, null, null]);
});

test('what nobody knows has no amount, though its price is known; an estimate has, and is called one', () => {
  const estimate: Used[] = [
    { ...used[2]!, quantity: 20_000, sure: 'estimated' },
    { ...used[3]!, quantity: 0, sure: 'estimated' },
  ];
  const cost = costOf([used[3]!, ...estimate], createPriceList());
  expect(cost.items.map(({ unit, quantity, amount, unknown, estimated }) => [unit, quantity, amount, unknown, estimated])).toEqual([
    ['output_tokens', 678, '0.000407', null, false],
    ['input_tokens', 20_000, '0.003000', null, true],
  ]);
  expect(cost).toMatchObject({ total: '0.003407', known_total: '0.003407' });
  const open = costOf([used[3]!, ...estimate, { ...used[2]!, quantity: 0, sure: 'unknown' }], createPriceList());
  expect(open.items.at(-1)).toMatchObject({ quantity: 0, amount: null, unknown: 'not_counted', estimated: false });
  expect(open).toMatchObject({ total: null, known_total: '0.003407' });
});

test.each([
  ['language_model', 'openai', 'gpt-6-luna', 'output_tokens', '0.50'],
  ['language_model', 'anthropic', 'claude-sonnet-5-5', 'input_tokens', '2.00'],
  ['transcription', 'deepgram', 'flux-general-multi', 'seconds', '0.0078'],
  ['voice', 'elevenlabs', 'eleven_turbo_v2_5', 'characters', '50'],
  ['language_model', 'openai', 'a-model-of-tomorrow', 'input_tokens', undefined],
  ['carrier', 'web', 'any', 'seconds', '0'],
] as const)('the list price of %s at %s for %s (%s) is %s', (kind, vendor, model, unit, price) => {
  expect(createPriceList().of(kind, vendor, model, unit)?.price).toBe(price);
});

test('what runs here is free, and what was not used is not shown', () => {
  const here: Used[] = [
    { kind: 'carrier', vendor: 'local', model: null, unit: 'seconds', quantity: 30, sure: 'counted' },
    { kind: 'transcription', vendor: 'local', model: null, unit: 'seconds', quantity: 30, sure: 'counted' },
    { kind: 'language_model', vendor: 'local', model: null, unit: 'input_tokens', quantity: 0, sure: 'counted' },
  ];
  const cost = costOf(here, createPriceList());
  expect(cost).toMatchObject({ total: '0.000000' });
  expect(cost.items).toHaveLength(2);
  const uncounted: Used = { ...here[2]!, sure: 'unknown' };
  expect(costOf([uncounted, { ...uncounted, quantity: 40 }], createPriceList())).toMatchObject({
    total: '0.000000',
    items: [{ quantity: 40, amount: '0.000000', unknown: null, estimated: false }],
  });
});

test('what the carrier says goes before what was reckoned, also when it is said first or twice', () => {
  const prices = createPriceList({ 'carrier/telnyx/*/seconds': '0.007' });
  const own = { vendor: 'telnyx', leg: 'own', amount: '0.0042', seconds: 60 } as const;
  const transfer = { vendor: 'telnyx', leg: 'transfer', amount: '0.01', seconds: 120 } as const;
  const after = [own, own, transfer].reduce(withCarrierCost, costOf(used.slice(0, 2), prices));
  const before = keepingCarrierCost(
    costOf(used.slice(0, 2), prices),
    [transfer, own].reduce<Parameters<typeof withCarrierCost>[0]>(withCarrierCost, null),
  );
  for (const cost of [after, before]) {
    expect(cost.total).toBe('0.021200');
    expect(cost.items.filter(({ kind }) => kind === 'carrier').map(({ amount }) => amount)).toEqual(
      expect.arrayContaining(['0.004200', '0.010000']),
    );
    expect(cost.items).toHaveLength(3);
  }
});

test('sums are exact: amounts add up to the last digit, in any order', () => {
  const amounts = fc.array(fc.nat(10_000_000), { maxLength: 50 });
  fc.assert(
    fc.property(amounts, (millionths) => {
      const written = millionths.map((value) => priceFor(value, '1', 1_000_000));
      expect(addUsd(written)).toBe(addUsd(written.toReversed()));
      const sum = millionths.reduce((all, one) => all + one, 0);
      expect(addUsd(written)).toBe(`${Math.floor(sum / 1e6)}.${String(sum % 1e6).padStart(6, '0')}`);
    }),
  );
});
