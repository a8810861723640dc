import { rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createTalkturo, type Talkturo } from '@talkturo/client';
import { inARow, testSpeech } from '@talkturo/providers/testing';
import { writeWav } from '@talkturo/voice';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { de } from '../../apps/dashboard/src/i18n/de.ts';
import { en } from '../../apps/dashboard/src/i18n/en.ts';
import { createWebCallSite } from '../../examples/web-call/server.ts';
import { buildDashboard } from '../../scripts/build-dashboard.mjs';
import { type ServerProcess, startServerProcess, temporaryDataDir } from '../process/server-process.ts';
import { launchChromium } from './chromium.ts';
import { EMAIL, expectAccessible, PASSWORD, signIn } from './visitor.ts';

const RATE = 48_000;
const KEY = 'tk_test_0123456789abcdef0123';
const data = temporaryDataDir();
const microphone = path.join(os.tmpdir(), `talkturo-web-call-${process.pid}.wav`);
/** The browser asks for the microphone and waits for an answer. */
const HOLD_MICROPHONE = `{
  const open = MediaDevices.prototype.getUserMedia.bind(navigator.mediaDevices);
  const answered = new Promise((resolve) => { window.giveMicrophone = resolve; });
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    await answered;
    window.microphone = await open(wanted);
    return window.microphone;
  };
}`;
let server: ServerProcess;
let browser: Browser;
let talkturo: Talkturo;
let assistantId: string;

beforeAll(async () => {
  buildDashboard(process.execPath);
  const silence = (seconds: number) => new Int16Array(seconds * RATE);
  const heard = inARow(silence(9), testSpeech('What are your opening hours?', { sampleRate: RATE }), silence(60));
  writeFileSync(microphone, writeWav({ sampleRate: RATE, channels: [heard] }));
  server = await startServerProcess(data.dataDir, {
    TALKTURO_ADMIN_EMAIL: EMAIL,
    TALKTURO_ADMIN_PASSWORD: PASSWORD,
    TALKTURO_BOOTSTRAP_API_KEY: KEY,
  });
  talkturo = createTalkturo({ baseUrl: server.url, apiKey: KEY });
  const { assistant } = await talkturo.createAssistant({ accountSlug: 'my-team', name: 'Front desk' });
  assistantId = assistant.id;
  await talkturo.updateAssistant({
    assistantId,
    accountSlug: 'my-team',
    provider: 'local',
    voice_provider: 'local',
    transcriptor_provider: 'local',
    first_message: 'Hello, this is the front desk.',
    system_prompt: 'We are open from nine to five on weekdays.',
  });
  browser = await launchChromium(microphone);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  data.remove();
  rmSync(microphone, { force: true });
}, 60_000);

test('a visitor of another site talks to the assistant by its page', { timeout: 240_000 }, async () => {
  const site = createWebCallSite({ talkturoUrl: server.url, apiKey: KEY, assistantId, origin: '' });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  site.close();
  const real = createWebCallSite({ talkturoUrl: server.url, apiKey: KEY, assistantId, origin });
  await new Promise<void>((resolve) => real.listen(Number(new URL(origin).port), '127.0.0.1', resolve));
  const context = await browser.newContext({ permissions: ['microphone'] });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(origin);
  await page.getByRole('button', { name: 'Call' }).click();
  await page.getByText('Assistant: Hello, this is the front desk.').waitFor({ timeout: 60_000 });
  await page.getByText(/You: .*opening hours/i).waitFor({ timeout: 60_000 });
  await page.getByText(/Assistant: .*nine to five/i).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.getByText('hung_up').waitFor();
  const { calls } = await talkturo.listCalls({ assistantId });
  const { call } = await talkturo.getCall({ callId: calls[0]?.id ?? '' });
  expect(call).toMatchObject({ status: 'completed', carrier: 'web', ended_reason: 'caller_hung_up', direction: 'inbound' });
  expect(call.messages.map(({ text }) => text).join(' ')).toMatch(/front desk.*opening hours.*nine to five/is);
  expect(call.recording).not.toBeNull();
  expect(problems).toEqual([]);
  await context.close();
  real.close();
});

test('a visitor is told why no call comes about, and can give up while the browser asks for the microphone', {
  timeout: 60_000,
}, async () => {
  const site = createWebCallSite({ talkturoUrl: server.url, apiKey: 'tk_test_of_nobody', assistantId, origin: server.url });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const context = await browser.newContext({ permissions: ['microphone'] });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}`);
  await page.getByRole('button', { name: 'Call' }).click();
  await page.getByRole('status').getByText('Unauthorized').waitFor();
  await page.evaluate(HOLD_MICROPHONE);
  await page.getByRole('button', { name: 'Call' }).click();
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.evaluate('giveMicrophone()');
  await page.getByRole('button', { name: 'Call' }).click({ timeout: 10_000 });
  await context.close();
  site.close();
});

test('a call is muted, or given up, while the browser still asks for the microphone', { timeout: 120_000 }, async () => {
  const page = await signIn(browser, server.url, 'de-DE', de.sign);
  await page.goto(`${server.url}/home/my-team/talk?assistant=${assistantId}`);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await page.evaluate(HOLD_MICROPHONE);
  await press(de.talk.start);
  await page.getByText(de.talk.connecting).waitFor();
  await press(de.talk.hangUp);
  await page.getByRole('button', { name: de.talk.start, exact: true }).waitFor();
  await page.evaluate('giveMicrophone()');
  await expect.poll(() => page.evaluate('window.microphone?.getTracks()[0].readyState')).toBe('ended');
  expect((await talkturo.listCalls({ assistantId })).calls.filter(({ status }) => status === 'ringing')).toEqual([]);

  await page.evaluate(HOLD_MICROPHONE);
  await press(de.talk.start);
  await press(de.talk.mute);
  await expect.poll(() => page.getByRole('button', { name: '5', exact: true }).isDisabled()).toBe(true);
  await page.evaluate('giveMicrophone()');
  await page.getByText('Hello, this is the front desk.').waitFor();
  expect(await page.evaluate('microphone.getTracks()[0].enabled')).toBe(false);
  await press(de.talk.unmute);
  expect(await page.evaluate('microphone.getTracks()[0].enabled')).toBe(true);

  await page.evaluate(`
    navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotFoundError'); };
    microphone.getTracks()[0].stop();
    microphone.getTracks()[0].dispatchEvent(new Event('ended'));`);
  await page.getByText(de.talk.microphone.gone).waitFor();
  await expectAccessible(page);
  const [live] = (await talkturo.listCalls({ assistantId, status: 'in_progress' })).calls;
  await talkturo.hangUpCall({ callId: live?.id ?? '' });
  await page.getByText(de.talk.overBecause.replace('{{reason}}', de.calls.reasons.api_hangup)).waitFor();
  await press(de.talk.start);
  await page.getByText(de.talk.microphone.missing).waitFor();
  await page.reload();
  // As when the server is not reached: requests for a worklet pass by what a test may stop.
  await page.evaluate(`AudioWorklet.prototype.addModule = async () => { throw new DOMException('', 'AbortError'); }`);
  await press(de.talk.start);
  await page.getByText(de.talk.noSound).waitFor();
  await page.context().close();
});

test('a prompt is tried in writing before it is saved', { timeout: 120_000 }, async () => {
  const { assistant: team } = await talkturo.getAssistant({ assistantId });
  const teamId = team.account_id.replace(/^acct_/, 'team_');
  const { company } = await talkturo.createCompany({ teamId, name: 'Analytical Engines Ltd' });
  await talkturo.createContact({
    teamId,
    companyId: company.id,
    firstName: 'Grace',
    lastName: 'Hopper',
    phone: '+14155550150',
  });
  const page = await signIn(browser, server.url, 'en-US', en.sign);
  await page.goto(`${server.url}/home/my-team/assistants/${assistantId}`);
  await page.getByLabel(en.assistants.prompt).fill('We are open from noon to midnight on Sundays.');
  await page.getByText(en.talk.tryIt).click();
  await page.getByLabel(en.assistants.firstMessage).fill('Hello {{contact.first_name}}, this is the front desk.');
  await page.getByLabel(en.talk.chatWith, { exact: true }).selectOption({ label: 'Grace Hopper' });
  await page.getByRole('button', { name: en.talk.beginChat }).click();
  await page.getByText('Hello Grace, this is the front desk.').waitFor();
  await page.getByLabel(en.talk.yourMessage).fill('When are you open?');
  await page.getByRole('button', { name: en.talk.send, exact: true }).click();
  const conversation = page.getByRole('region', { name: en.talk.inWriting });
  await conversation.getByText(/noon to midnight/i).waitFor();
  await expectAccessible(page);
  const { assistant } = await talkturo.getAssistant({ assistantId });
  expect(assistant.system_prompt).toBe('We are open from nine to five on weekdays.');
  await page.context().close();
});
