import { expect, it } from 'vitest';
import { createTransferTool } from './transfer-call.ts';

const SALES = { name: 'Sales', phone_number: '+14155550101', description: 'Prices and orders', mode: 'attended' as const };
const REPAIRS = { name: 'Repairs', phone_number: '+14155550102', description: '', mode: 'blind' as const };
const tool = createTransferTool([SALES, REPAIRS]);
const { signal } = new AbortController();

it('tells the model whom there is to choose among, and no numbers', () => {
  const text = JSON.stringify(tool.definition);
  expect(text).toContain('- Sales: Prices and orders');
  expect(tool.definition.parameters).toMatchObject({ properties: { destination: { enum: ['Sales', 'Repairs'] } } });
  expect(text).not.toContain('+1415');
  expect(tool.sideEffects).toBe(true);
});

it('connects with whom was chosen, however it is written, with a bounded summary', async () => {
  const summary = `Anna Smith has a question. ${'x'.repeat(2000)}`;
  const { effect } = await tool.run({ destination: ' sales ', summary }, signal);
  expect(effect).toEqual({ type: 'transfer', plan: { to: SALES.phone_number, mode: 'attended', summary: summary.slice(0, 500) } });
  expect((await tool.run({ destination: 'Repairs' }, signal)).effect).toEqual({
    type: 'transfer',
    plan: { to: REPAIRS.phone_number, mode: 'blind', summary: null },
  });
});

it.each([[{ destination: '+14155550166', summary: 'x' }], [{ destination: 'Boss' }], [{}], [null], ['Sales']])(
  'connects with nobody else: %j',
  async (input) => {
    const { content, effect } = await tool.run(input, signal);
    expect(effect).toBeUndefined();
    expect(content).toContain('choose one of Sales, Repairs');
  },
);
