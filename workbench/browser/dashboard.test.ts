import { rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inARow, testSpeech } from '@talkturo/providers/testing';
import { writeWav } from '@talkturo/voice';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { de } from '../../apps/dashboard/src/i18n/de.ts';
import { en } from '../../apps/dashboard/src/i18n/en.ts';
import { buildDashboard } from '../../scripts/build-dashboard.mjs';
import { type ServerProcess, startServerProcess, temporaryDataDir } from '../process/server-process.ts';
import { launchChromium } from './chromium.ts';
import { pagesOf } from './pages.ts';
import { ask, barriersOn, EMAIL, expectAccessible, PASSWORD, signIn } from './visitor.ts';

const RATE = 48_000;

const data = temporaryDataDir();
let server: ServerProcess;
let browser: Browser;
const microphone = path.join(os.tmpdir(), `talkturo-microphone-${process.pid}.wav`);

beforeAll(async () => {
  buildDashboard(process.execPath);
  const silence = (seconds: number) => new Int16Array(seconds * RATE);
  // The greeting is over by then; what follows the question is a caller who listens.
  const heard = inARow(silence(9), testSpeech('What are your opening hours?', { sampleRate: RATE }), silence(60));
  writeFileSync(microphone, writeWav({ sampleRate: RATE, channels: [heard] }));
  server = await startServerProcess(data.dataDir, {
    TALKTURO_ADMIN_EMAIL: EMAIL,
    TALKTURO_ADMIN_PASSWORD: PASSWORD,
    TALKTURO_NETWORK_SPEED: '50',
  });
  browser = await launchChromium(microphone);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  data.remove();
  rmSync(microphone, { force: true });
}, 60_000);

test('an owner makes a key and an assistant, talks to it with the microphone and hears the recording', { timeout: 240_000 }, async () => {
  const page = await signIn(browser, server.url, 'en-US', en.sign);
  await expectAccessible(page);

  await page.getByRole('banner').getByRole('button', { name: 'My team' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'API Keys' }).click();
  await page.getByRole('button', { name: 'Create API Key' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('production-integration');
  await page.getByRole('button', { name: 'Generate' }).click();
  const key = await page.getByRole('dialog').locator('code').innerText();
  const checked = await fetch(`${server.url}/api/test-api-key`, { headers: { authorization: `Bearer ${key}` } });
  expect(checked.status).toBe(200);
  await page.keyboard.press('Escape');
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Assistants', exact: true }).click();
  await page.getByRole('button', { name: 'New assistant' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Front desk');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByLabel('First message').fill('Hello, this is the front desk.');
  await page.getByLabel('System prompt').fill('We are open from nine to five on weekdays.');
  for (const tab of ['Model', 'Voice', 'Transcriber']) {
    await page.getByRole('tab', { name: tab }).click();
    await page.getByLabel('Provider').selectOption('local');
  }
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();

  await page.getByRole('link', { name: 'Talk to it' }).click();
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('this is the front desk').waitFor();
  await page.getByText(/opening hours/i).waitFor();
  await page.getByText(/nine to five/i).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.getByRole('link', { name: 'See the call' }).click();
  await page.getByRole('button', { name: 'Play' }).waitFor();
  await page.getByText(/nine to five/i).waitFor();
  await expectAccessible(page);
  await page.context().close();
});

const LANGUAGES = [
  { locale: 'en-US', t: en, area: '415', header: 'First name,Last name,Phone,Company' },
  { locale: 'de-DE', t: de, area: '212', header: 'Vorname,Nachname,Telefon,Firma' },
];

test.each(LANGUAGES)('a number, a list of contacts and a campaign to its end ($locale)', { timeout: 240_000 }, async (language) => {
  const { locale, t, area, header } = language;
  const page = await signIn(browser, server.url, locale, t.sign);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const name = `Caller ${locale}`;
  const { assistant } = await ask(page, 'POST', '/api/assistants', { accountSlug: 'my-team', name, templateId: 'outbound-setter' });
  const local = { provider: 'local', voice_provider: 'local', transcriptor_provider: 'local' };
  await ask(page, 'PATCH', `/api/assistants/${assistant.id}`, { accountSlug: 'my-team', ...local });
  await page.reload();

  await page.getByRole('link', { name: t.nav.numbers, exact: true }).click();
  await button(t.numbers.buy).first().click();
  await page.getByLabel(t.numbers.areaCode).fill(area);
  await button(t.search).click();
  await button(t.numbers.buyThis).first().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const row = page.getByRole('row', { name: `+1${area}` }).first();
  await row.getByRole('combobox').selectOption({ label: name });
  await page.getByText(t.saved, { exact: true }).waitFor();

  await page.getByRole('link', { name: t.nav.contacts, exact: true }).click();
  await page.getByRole('link', { name: t.contacts.import }).first().click();
  // Nobody answers, the line is busy, the number does not exist; the last row has no name.
  const people = [`Ada,Lovelace,+1${area}5550160`, `Alan,Turing,+1${area}5550170`, `Grace,Hopper,+1${area}5550185`, `,,+1${area}5550171`];
  const file = [header, ...people.map((line) => `${line},Engines ${area}`)].join('\n');
  await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await expectAccessible(page);
  await button(t.contacts.import).click();
  await page.getByText(t.import.errors).first().waitFor();
  await page.getByRole('cell', { name: '5', exact: true }).first().waitFor();
  await expectAccessible(page);

  await page.getByRole('link', { name: t.nav.campaigns, exact: true }).click();
  await page.getByRole('link', { name: t.campaigns.new }).first().click();
  await page.getByLabel(t.name, { exact: true }).fill(`Reminders ${locale}`);
  await page.getByLabel(t.calls.assistant).selectOption({ label: name });
  await button(t.next).click();
  await page.getByLabel(t.campaigns.audience).selectOption({ label: `Engines ${area} (3)` });
  await button(t.next).click();
  await button(t.next).click();
  await page.getByLabel(t.campaigns.from, { exact: true }).fill('00:00');
  await page.getByLabel(t.campaigns.until, { exact: true }).fill('00:00');
  await expectAccessible(page);
  await button(t.next).click();
  await page.getByLabel(t.campaigns.attempts).fill('1');
  await button(t.next).click();
  await button(t.campaigns.createDraft).click();
  await page.getByText(t.campaigns.willCall.replace('{{count}}', '3').replace('{{total}}', '3')).waitFor();
  await expectAccessible(page);
  await button(t.campaigns.actions.start).click();
  await button(t.campaigns.actions.stop).waitFor();
  await button(t.campaigns.actions.stop).waitFor({ state: 'detached', timeout: 120_000 });
  const campaignId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { dashboard } = await ask(page, 'GET', `/api/crm/campaigns/${campaignId}/dashboard`);
  expect(dashboard).toMatchObject({ status: 'completed', attempts: 3, outcomes: { no_answer: 1, busy: 1, invalid_number: 1 } });

  const { contacts } = await ask(page, 'GET', '/api/crm/contacts');
  const { calls } = await ask(page, 'GET', '/api/calls');
  const { webhook } = await ask(page, 'POST', '/api/webhooks', { url: 'https://hooks.example.com/talkturo' });
  const ids = { assistantId: assistant.id, campaignId, contactId: contacts[0].id, companyId: contacts[0].company_id };
  const barriers: string[] = [];
  for (const where of Object.values(pagesOf({ ...ids, callId: calls[0].id, webhookId: webhook.id }))) {
    if (where.startsWith('/')) continue;
    await page.goto(`${server.url}/home/my-team/${where}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('[role=status] .animate-spin').waitFor({ state: 'detached' });
    barriers.push(...(await barriersOn(page)).map((barrier) => `${where}: ${barrier}`));
  }
  expect(barriers).toEqual([]);
  await page.context().close();
});
