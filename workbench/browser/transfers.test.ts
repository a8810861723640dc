import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../apps/dashboard/src/i18n/en.ts';
import { type DashboardServer, KEY, startDashboard } from './dashboard-server.ts';
import { type ExampleWorkspace, makeExampleWorkspace } from './example-workspace.ts';
import { ask, expectAccessible, signIn } from './visitor.ts';

/** Of the built-in network: takes whoever is offered; and somebody who says nothing and waits. */
const COLLEAGUE = '+14155550149';
const PATIENT = '+14155550197';

let dashboard: DashboardServer;
let example: ExampleWorkspace;
let page: Page;
beforeAll(async () => {
  dashboard = await startDashboard();
  example = await makeExampleWorkspace(dashboard.url, KEY);
  page = await signIn(dashboard.browser, dashboard.url, 'en-US', en.sign);
}, 300_000);
afterAll(() => dashboard?.close(), 60_000);

const home = (path: string) => `${dashboard.url}/home/my-team/${path}`;
const button = (name: string) => page.getByRole('button', { name, exact: true });
const assistant = async () => (await ask(page, 'GET', `/api/assistants/${example.assistantId}`)).assistant;

test('whom an assistant may connect callers with is set, refused where it is wrong, and taken away', async () => {
  const open = async () => {
    await page.goto(home(`assistants/${example.assistantId}`));
    await page.getByRole('tab', { name: new RegExp(`^${en.assistants.tabs.telephony}`) }).click();
  };
  await open();
  await button(en.assistants.transfers.add).click();
  const row = page.getByRole('group', { name: en.assistants.transfers.one });
  await row.getByLabel(en.calls.transferTo).fill('0123');
  await row.getByLabel(en.assistants.transfers.when).fill('Prices and orders');
  await row.getByLabel(en.name).fill('Sales');
  await button(en.save).click();
  await page
    .getByText(/E\.164/)
    .first()
    .waitFor();
  const sales = page.getByRole('group', { name: 'Sales' });
  await sales.getByLabel(en.calls.transferTo).fill(COLLEAGUE);
  await expectAccessible(page);
  await button(en.save).click();
  const set = [{ name: 'Sales', phone_number: COLLEAGUE, description: 'Prices and orders', mode: 'attended' }];
  await expect.poll(async () => (await assistant()).transfer_destinations).toEqual(set);
  await open();
  await sales.getByRole('button', { name: en.assistants.transfers.remove.replace('{{name}}', 'Sales') }).click();
  await button(en.save).click();
  await expect.poll(async () => (await assistant()).transfer_destinations).toBeUndefined();
});

test('somebody is asked to take a caller, agrees, and both calls tell of it', async () => {
  const { call } = await ask(page, 'POST', '/api/calls', { assistantId: example.assistantId, toNumber: PATIENT });
  const read = async (id: string) => (await ask(page, 'GET', `/api/calls/${id}`)).call;
  await expect.poll(async () => (await read(call.id)).status, { timeout: 60_000 }).toBe('in_progress');
  await page.goto(home(`calls/${call.id}`));
  await button(en.calls.transfer).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(en.calls.transferTo).fill(COLLEAGUE);
  await dialog.getByText(en.calls.transferModes.attended).click();
  await dialog.getByLabel(en.calls.transferSummary).fill('It is about the opening hours.');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: en.calls.transfer }).click();
  await expect.poll(async () => (await read(call.id)).transferred_to, { timeout: 90_000 }).toBe(COLLEAGUE);
  await page.getByText(en.calls.reasons.transferred).waitFor();

  const { calls } = await ask(page, 'GET', '/api/calls?limit=1');
  expect(calls[0]).toMatchObject({ consultation_of: call.id, to_number: COLLEAGUE });
  await page.goto(home(`calls/${calls[0].id}`));
  await page.getByText('It is about the opening hours.').waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: en.calls.consultedCall }).click();
  await page.waitForURL(`**/calls/${call.id}`);
}, 240_000);
