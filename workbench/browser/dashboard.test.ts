import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { inARow, testSpeech } from '@talkturo/providers/testing';
import { writeWav } from '@talkturo/voice';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDashboard } from '../../scripts/build-dashboard.mjs';
import { type ServerProcess, startServerProcess, temporaryDataDir } from '../process/server-process.ts';
import { launchChromium } from './chromium.ts';

const RATE = 48_000;
const EMAIL = 'owner@example.com';
const PASSWORD = 'correct horse battery';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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
  server = await startServerProcess(data.dataDir, { TALKTURO_ADMIN_EMAIL: EMAIL, TALKTURO_ADMIN_PASSWORD: PASSWORD });
  browser = await launchChromium(microphone);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  data.remove();
  rmSync(microphone, { force: true });
}, 60_000);

/** Nothing that keeps somebody from using the page (WCAG 2.2 A and AA). */
async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the page
    const { violations } = await (globalThis as any).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations
      .filter((one: { impact: string }) => one.impact === 'serious' || one.impact === 'critical')
      .map((one: { id: string; nodes: { html: string }[] }) => `${one.id}: ${one.nodes[0]?.html}`);
  });
  expect(found).toEqual([]);
}

async function signIn(locale: string, names: { email: string; password: string; button: string }): Promise<Page> {
  const context = await browser.newContext({ locale, permissions: ['microphone'], viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(server.url);
  await page.getByLabel(names.email).fill(EMAIL);
  await page.getByLabel(names.password).fill(PASSWORD);
  await expectAccessible(page);
  await page.getByRole('button', { name: names.button, exact: true }).click();
  await page.waitForURL('**/home/my-team');
  return page;
}

test('an owner makes a key and an assistant, talks to it with the microphone and hears the recording', { timeout: 240_000 }, async () => {
  const page = await signIn('en-US', { email: 'E-mail', password: 'Password', button: 'Sign in' });
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

test('the pages speak German', { timeout: 120_000 }, async () => {
  const page = await signIn('de-DE', { email: 'E-Mail', password: 'Passwort', button: 'Anmelden' });
  for (const [link, heading] of [
    ['Rufnummern', 'Rufnummern'],
    ['Kontakte', 'Kontakte'],
    ['Firmen', 'Firmen'],
    ['Kampagnen', 'Kampagnen'],
    ['Verkaufschancen', 'Verkaufschancen'],
    ['Anrufe', 'Anrufe'],
    ['Einstellungen', 'Profil'],
    ['Arbeitsbereich', 'Arbeitsbereich'],
    ['Mitglieder', 'Mitglieder'],
    ['API-Schlüssel', 'API-Schlüssel'],
    ['Webhooks', 'Webhooks'],
    ['Eigene Felder', 'Eigene Felder'],
    ['Änderungsprotokoll', 'Änderungsprotokoll'],
  ] as const) {
    await page.getByRole('link', { name: link, exact: true }).click();
    await page.getByRole('heading', { name: heading, exact: true, level: 1 }).waitFor();
    await page.getByRole('status').waitFor({ state: 'detached' });
    await expectAccessible(page);
  }
  await page.context().close();
});
