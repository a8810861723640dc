import { startTelnyxSimulator, startTwilioSimulator, type TelnyxSimulator, type TwilioSimulator } from '@talkturo/carriers/testing';
import {
  CARTESIA_KEY,
  ELEVENLABS_KEY,
  type SocketSimulator,
  startCartesiaSimulator,
  startElevenLabsSimulator,
  voiceEntries,
} from '@talkturo/providers/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { de } from '../../apps/dashboard/src/i18n/de.ts';
import { en } from '../../apps/dashboard/src/i18n/en.ts';
import { buildDashboard } from '../../scripts/build-dashboard.mjs';
import { type ServerProcess, startServerProcess, temporaryDataDir } from '../process/server-process.ts';
import { launchChromium } from './chromium.ts';
import { ask, EMAIL, expectAccessible, PASSWORD, signIn } from './visitor.ts';

const data = temporaryDataDir();
let server: ServerProcess;
let browser: Browser;
let cartesia: SocketSimulator;
let elevenLabs: SocketSimulator;
let telnyx: TelnyxSimulator;
let twilio: TwilioSimulator;

beforeAll(async () => {
  buildDashboard(process.execPath);
  cartesia = await startCartesiaSimulator(voiceEntries(2, 'c'));
  elevenLabs = await startElevenLabsSimulator(voiceEntries(60, 'e'));
  telnyx = await startTelnyxSimulator();
  twilio = await startTwilioSimulator();
  server = await startServerProcess(data.dataDir, {
    TALKTURO_ADMIN_EMAIL: EMAIL,
    TALKTURO_ADMIN_PASSWORD: PASSWORD,
    CARTESIA_API_URL: cartesia.url,
    CARTESIA_API_KEY: CARTESIA_KEY,
    ELEVENLABS_API_URL: elevenLabs.url,
    TELNYX_API_URL: telnyx.url,
    TWILIO_API_URL: twilio.url,
    TWILIO_PRICING_URL: twilio.url,
    PUBLIC_URL: 'https://voice.example.com',
  });
  browser = await launchChromium();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await cartesia?.stop();
  await elevenLabs?.stop();
  await telnyx?.close();
  await twilio?.close();
  data.remove();
}, 60_000);

const LANGUAGES = [
  { locale: 'en-US', t: en, german: 'German', wrong: 'ElevenLabs does not take the key', takes: 'ElevenLabs takes the key.' },
  {
    locale: 'de-DE',
    t: de,
    german: 'Deutsch',
    wrong: 'ElevenLabs nimmt den Schlüssel nicht an',
    takes: 'ElevenLabs nimmt den Schlüssel an.',
  },
];

const named = (text: string, name: string) => text.replace('{{name}}', name);

test.each(LANGUAGES)(
  'a key is set and checked, a voice heard and chosen ($locale)',
  { timeout: 180_000 },
  async ({ locale, t, german, wrong, takes }) => {
    const page = await signIn(browser, server.url, locale, t.sign);
    page.setDefaultTimeout(20_000);
    const { assistant } = await ask(page, 'POST', '/api/assistants', { accountSlug: 'my-team', name: `Voiced ${locale}` });
    await ask(page, 'PUT', '/api/settings/providers', { providers: { elevenlabs: null } });

    await page.goto(`${server.url}/home/my-team/settings/integrations`);
    const row = page.getByRole('listitem').filter({ hasText: 'ElevenLabs' });
    await row.getByText(t.integrations.noKey).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Cartesia' }).getByText(t.integrations.serverKey).waitFor();
    await expectAccessible(page);

    const setKey = async (key: string) => {
      await page.getByRole('button', { name: new RegExp(`^(${t.integrations.set}|${t.integrations.replace}): ElevenLabs$`) }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(t.integrations.key, { exact: true }).fill(key);
      await expectAccessible(page);
      await dialog.getByRole('button', { name: t.integrations.saveAndCheck }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await page.getByRole('button', { name: new RegExp(`^(${t.integrations.set}|${t.integrations.replace}): ElevenLabs$`) }).click();
    const short = page.getByRole('dialog');
    await short.getByLabel(t.integrations.key, { exact: true }).fill('short');
    await short.getByRole('button', { name: t.integrations.saveAndCheck }).click();
    await short.getByLabel(t.integrations.key, { exact: true }).and(page.locator('[aria-invalid=true]')).waitFor();
    expect(await short.textContent()).not.toContain('providers.elevenlabs');
    await page.keyboard.press('Escape');
    await setKey('not-the-right-key');
    await row.getByText(wrong).waitFor();
    await setKey(ELEVENLABS_KEY);
    await row.getByText(takes).waitFor();
    await row.getByText(`…${ELEVENLABS_KEY.slice(-4)}`).waitFor();
    await expectAccessible(page);

    await page.goto(`${server.url}/home/my-team/assistants/${assistant.id}`);
    await page.getByRole('tab', { name: t.assistants.tabs.voice }).click();
    // By keyboard alone: it opens, and Escape leads back.
    const open = page.getByRole('button', { name: t.voices.open });
    await open.focus();
    await page.keyboard.press('Enter');
    const library = page.getByRole('dialog', { name: t.voices.title });
    await library.getByRole('status').filter({ hasText: '67' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await library.waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');

    await library.getByLabel(t.voices.provider).selectOption('elevenlabs');
    await library.getByLabel(t.voices.language).selectOption({ label: german });
    await library.getByLabel(t.voices.gender).selectOption('male');
    await library.getByRole('status').filter({ hasText: '20' }).waitFor();
    await library.getByLabel(t.search).fill('voice 59');
    const voice = library.getByRole('listitem').filter({ hasText: 'Voice 59' });
    await voice.waitFor();
    // A browser without loudspeakers: what would sound is written down.
    await page.evaluate('window.played = []; HTMLMediaElement.prototype.play = async function () { played.push(this.src); }');
    await voice.getByRole('button', { name: named(t.voices.hear, 'Voice 59') }).click();
    await voice.getByRole('button', { name: named(t.voices.stop, 'Voice 59') }).click();
    expect(await page.evaluate('played')).toEqual([expect.stringMatching(/^blob:/)]);
    await expectAccessible(page);
    await voice.getByRole('button', { name: `${t.voices.choose}: Voice 59` }).click();
    await library.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: t.save, exact: true }).click();
    await page.getByText(t.saved, { exact: true }).waitFor();
    const stored = await ask(page, 'GET', `/api/assistants/${assistant.id}`);
    expect(stored.assistant).toMatchObject({
      voice_provider: 'elevenlabs',
      voice_id: 'e-59',
      voice_name: 'Voice 59',
      voice_model: 'eleven_flash_v2_5',
    });
    await page.context().close();
  },
);

test.each(LANGUAGES)(
  'a Telnyx account is set up from its key, with what was found ($locale)',
  { timeout: 120_000 },
  async ({ locale, t }) => {
    const page = await signIn(browser, server.url, locale, t.sign);
    page.setDefaultTimeout(20_000);
    await ask(page, 'PUT', '/api/settings/providers', { providers: { telnyx: null } });
    await page.goto(`${server.url}/home/my-team/settings/integrations`);
    await page.getByText(t.integrations.setUp.needsKey).waitFor();
    const form = page.getByRole('form', { name: named(t.integrations.setUp.title, 'Telnyx') });
    await page.getByRole('button', { name: `${t.integrations.set}: Telnyx` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t.integrations.key, { exact: true }).fill(telnyx.apiKey);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: t.integrations.saveAndCheck }).click();
    await dialog.waitFor({ state: 'detached' });
    await form.getByRole('button', { name: t.integrations.setUp.run }).click();
    await form.getByText(t.integrations.setUp.notReady).waitFor();
    await form
      .getByRole('listitem')
      .filter({ hasText: t.integrations.setUp.steps.public_key })
      .getByText(t.integrations.setUp.states.missing)
      .waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: `${t.integrations.replace}: Telnyx` }).click();
    await dialog.getByLabel(t.integrations.publicKey).fill(telnyx.post.publicKey);
    await dialog.getByRole('button', { name: t.integrations.saveAndCheck }).click();
    await dialog.waitFor({ state: 'detached' });
    await form.getByRole('button', { name: t.integrations.setUp.run }).click();
    await form.getByText(named(t.integrations.setUp.ready, 'Telnyx')).waitFor();
    await page.getByRole('button', { name: t.integrations.setUp.testCall }).click();
    await page.getByRole('dialog', { name: t.calls.newCall }).waitFor();
    await page.keyboard.press('Escape');
    await expectAccessible(page);
    await ask(page, 'PUT', '/api/settings/providers', { providers: { telnyx: null } });
    await page.context().close();
  },
);

test.each(LANGUAGES)(
  'a Twilio account is set up from its token, and a number is bought of the carrier that is chosen ($locale)',
  { timeout: 180_000 },
  async ({ locale, t }) => {
    const page = await signIn(browser, server.url, locale, t.sign);
    page.setDefaultTimeout(20_000);
    await ask(page, 'PUT', '/api/settings/providers', { providers: { twilio: null } });
    await page.goto(`${server.url}/home/my-team/settings/integrations`);
    await page.getByRole('button', { name: `${t.integrations.set}: Twilio` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t.integrations.accountSid).fill(twilio.accountSid);
    await dialog.getByLabel(t.integrations.authToken).fill(twilio.authToken);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: t.integrations.saveAndCheck }).click();
    await dialog.waitFor({ state: 'detached' });

    twilio.account.type = 'Trial';
    const form = page.getByRole('form', { name: named(t.integrations.setUp.title, 'Twilio') });
    await form.getByRole('button', { name: t.integrations.setUp.run }).click();
    await form.getByText(named(t.integrations.setUp.ready, 'Twilio')).waitFor();
    const account = form.getByRole('listitem').filter({ hasText: t.integrations.setUp.steps.account });
    await account.getByText(t.integrations.setUp.states.limited).waitFor();
    await account.getByText(t.integrations.setUp.findings.trial_account.replace('{{carrier}}', 'Twilio')).waitFor();
    await form.getByText(t.integrations.setUp.findings.balance_left.replace('{{balance}}', '12.34 USD')).waitFor();
    await expectAccessible(page);

    const number = locale === 'de-DE' ? '+14155550101' : '+14155550102';
    twilio.numbers.stock(number);
    await page.goto(`${server.url}/home/my-team/phone-numbers`);
    await page.getByRole('button', { name: t.numbers.buy }).first().click();
    const carrier = dialog.getByLabel(t.numbers.provider);
    await carrier.waitFor();
    expect(await carrier.locator('option').allTextContents()).toEqual([
      named(t.numbers.accounts.account, 'Twilio'),
      t.numbers.providers.local,
    ]);
    await carrier.selectOption('local');
    await dialog.getByRole('button', { name: t.search, exact: true }).click();
    await dialog.getByRole('listitem').first().waitFor();
    // Another carrier, another offer.
    await carrier.selectOption('twilio');
    await dialog.getByRole('listitem').first().waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: t.search, exact: true }).click();
    await dialog.getByText(number).waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: t.numbers.buyThis, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: number }).getByText(t.numbers.providers.twilio).waitFor();
    expect(twilio.numbers.owned.map((owned) => owned.phone_number)).toContain(number);
    await page.context().close();
  },
);
