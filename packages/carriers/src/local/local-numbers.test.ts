import { describe, expect, it } from 'vitest';
import { createLocalNumbers } from './local-numbers.ts';

const numbers = createLocalNumbers();

describe('search', () => {
  it('offers the same numbers on every machine, outside 555', async () => {
    const search = { countryCode: 'US', areaCode: '415', numberType: 'local' as const, limit: 100 };
    const offered = await numbers.search(search);
    expect(offered).toHaveLength(100);
    expect(new Set(offered.map((number) => number.phoneNumber)).size).toBe(100);
    for (const { phoneNumber } of offered) {
      expect(phoneNumber).toMatch(/^\+1415[2-9]\d{6}$/);
      expect(phoneNumber).not.toMatch(/^\+1415(555|\d11)/);
    }
    expect(offered[0]).toEqual({ phoneNumber: '+14152785755', monthlyPrice: '1.00', setupPrice: '1.00', features: ['voice'] });
    expect((await numbers.search({ ...search, limit: 10 })).map((number) => number.phoneNumber)).toEqual(
      offered.slice(0, 10).map((number) => number.phoneNumber),
    );
  });

  it.each([
    ['CA', undefined, 'local', /^\+1(416|514|604|403)/],
    ['US', undefined, 'toll-free', /^\+18(00|88|77|66|55|44|33)/],
    ['US', '888', 'toll-free', /^\+1888/],
    ['GB', undefined, 'local', /^\+44207[2-9]\d{6}$/],
    ['DE', undefined, 'toll-free', /^\+49800[2-9]\d{6}$/],
  ] as const)('knows %s %s %s', async (countryCode, areaCode, numberType, form) => {
    const offered = await numbers.search({ countryCode, areaCode, numberType, limit: 12 });
    expect(offered).toHaveLength(12);
    for (const { phoneNumber } of offered) expect(phoneNumber).toMatch(form);
  });

  it.each([
    ['a Canadian code for the US', 'US', '416'],
    ['a code of the US for Canada', 'CA', '415'],
    ['a code that cannot be', 'US', '911'],
    ['a toll-free code as local', 'US', '800'],
    ['a country it does not know', 'ZW', undefined],
  ])('offers nothing for %s', async (_what, countryCode, areaCode) => {
    expect(await numbers.search({ countryCode, areaCode, numberType: 'local', limit: 5 })).toEqual([]);
  });
});

describe('order', () => {
  it.each(['+14155550101', '+442079460123', '+493012345678'])('sells %s at once', async (phoneNumber) => {
    const order = { phoneNumber, customerReference: 'pn_1' };
    expect(await numbers.order(order)).toEqual({ state: 'active', numberId: phoneNumber.slice(1) });
    expect(await numbers.find(order)).toEqual({ state: 'active', numberId: phoneNumber.slice(1) });
  });

  it.each(['+10155550101', '+14151550101', '+1415555010', '+141555501011'])('does not sell %s', async (phoneNumber) => {
    expect(await numbers.order({ phoneNumber, customerReference: 'pn_1' })).toEqual({ state: 'not-offered' });
  });
});
