import { rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createScriptedListener, listenTo, type ScriptedListener, startWebBench } from '@talkturo/carriers/testing';
import { writeWav } from '@talkturo/voice';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { startWebCallSite } from './web-call-site.ts';

// The package in a browser, against the carrier of web calls: what it does with the microphone and the audio of the page.

const RATE = 48_000;
const file = path.join(os.tmpdir(), `talkturo-tone-${process.pid}.wav`);
let site: Awaited<ReturnType<typeof startWebCallSite>>;
let browser: Browser;
let listener: ScriptedListener;
let bench: Awaited<ReturnType<typeof startWebBench>>;
let page: Page;

beforeAll(async () => {
  const tone = Int16Array.from({ length: 300 * RATE }, (_, i) => 8000 * Math.sin(i / 20));
  writeFileSync(file, writeWav({ sampleRate: RATE, channels: [tone] }));
  site = await startWebCallSite();
  browser = await launchChromium(file);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  site?.close();
  rmSync(file, { force: true });
}, 60_000);
beforeEach(async () => {
  listener = createScriptedListener({ deadlineMs: 20_000 });
  bench = await startWebBench(listener);
  const context = await browser.newContext({ permissions: ['microphone'] });
  page = await context.newPage();
  await page.goto(site.url);
  await page.waitForFunction('window.talkturo');
}, 60_000);
afterEach(async () => {
  await page.context().close();
  await bench.close();
});

// biome-ignore lint/suspicious/noExplicitAny: what page scripts answer
const run = (script: string): Promise<any> => page.evaluate(`(async () => { ${script} })()`);
/** Whether the page's microphones are open, in the order of their opening. */
const open = () => run(`return microphones.map((one) => one.getTracks().some(({ readyState }) => readyState === 'live'))`);
const pulledOut = (which: number) =>
  `const track = microphones[${which}].getTracks()[0]; track.stop(); track.dispatchEvent(new Event('ended'));`;
const begin = (options: string) => `
  window.told = [];
  window.call = await talkturo.startWebCall({
    onMicrophone: (there) => told.push(there ? 'microphone is back' : 'microphone is gone'),
    onLevels: () => told.includes('over') && told.push('levels after the end'),
    onOver: () => told.push('over'),
    ${options}
  });`;

/** A call that is answered, and what the assistant hears of it. */
async function talk(options = '') {
  const { token, call } = bench.carrier.place({ format: 'pcm_16000' });
  await run(begin(`url: ${JSON.stringify(bench.at(token))}, ${options}`));
  await bench.carrier.answer(call);
  const { leg } = await listener.next('media', (one) => one.ref === call.ref);
  return { call, ear: listenTo(leg) };
}

test('a microphone that is pulled out is told, and another takes its place', { timeout: 60_000 }, async () => {
  const { ear } = await talk();
  await ear.heardSound(20);
  await run(pulledOut(0));
  await page.waitForFunction('told.length === 2');
  expect(await run('return told')).toEqual(['microphone is gone', 'microphone is back']);
  expect(await open()).toEqual([false, true]);
  const before = ear.loudFrames;
  await ear.heardSound(before + 20);
  await run('call.setMuted(true)');
  await run(pulledOut(1));
  await page.waitForFunction('told.length === 4');
  // What was muted stays so on another microphone.
  expect(await run('return microphones[2].getTracks()[0].enabled')).toBe(false);
  await run('call.hangUp()');
  expect(await open()).toEqual([false, false, false]);
});

test('where there is no other, the next that is plugged in is taken', { timeout: 60_000 }, async () => {
  const { ear } = await talk();
  await ear.heardSound(10);
  await run(`
    window.plugged = navigator.mediaDevices.getUserMedia;
    navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotFoundError'); };
    ${pulledOut(0)}`);
  await page.waitForFunction('told.length === 1');
  await run(`navigator.mediaDevices.getUserMedia = plugged; navigator.mediaDevices.dispatchEvent(new Event('devicechange'))`);
  await page.waitForFunction('told.length === 2');
  const before = ear.loudFrames;
  await ear.heardSound(before + 10);
});

test('hanging up lets go of the microphone at once, and nothing is told after the end', { timeout: 60_000 }, async () => {
  const { call, ear } = await talk();
  await ear.heardSound(10);
  expect(await run(`call.hangUp(); return [microphones[0].getTracks()[0].readyState, told.length]`)).toEqual(['ended', 0]);
  expect(await ear.closed).toBe('hangup');
  bench.carrier.tell(call.ref, { type: 'ended', seq: 1, reason: 'caller_hung_up', status: 'completed', durationSeconds: 1 });
  await page.waitForFunction(`told.includes('over')`);
  await page.waitForTimeout(300);
  expect(await run('return told')).toEqual(['over']);
});

test('a call may begin muted: no sound leaves the page until it is unmuted', { timeout: 60_000 }, async () => {
  const { ear } = await talk('muted: true,');
  await page.waitForTimeout(500);
  expect(ear.frames).toBe(0);
  await run('call.setMuted(false)');
  await ear.heardSound(10);
});

test('sound that was made to stand still goes on', { timeout: 60_000 }, async () => {
  const { ear } = await talk();
  await ear.heardSound(10);
  await run('await contexts[0].suspend()');
  await page.waitForFunction(`contexts[0].state === 'running'`);
  const before = ear.loudFrames;
  await ear.heardSound(before + 10);
});

test.each([
  ['there is no address', 'url: async () => undefined', /no address to call/],
  ['the address cannot be had', `url: async () => { throw new Error('No line is free.'); }`, /No line is free/],
  ['the worklet is not there', `url: 'ws://127.0.0.1:1/', workletUrl: '/nowhere.js'`, /could not be started/],
])('where %s the call fails with a sentence and the microphone is let go', { timeout: 60_000 }, async (_what, options, sentence) => {
  await expect(run(begin(options))).rejects.toThrow(sentence);
  // So that pages can say it in their own words.
  expect(
    await run(`return talkturo.startWebCall({ url: '', workletUrl: '/nowhere.js' }).catch((error) => error instanceof talkturo.NoSound)`),
  ).toBe(true);
  expect(await open()).toEqual([false, false]);
  expect(await run('return contexts.map(({ state }) => state)')).toEqual(['closed', 'closed']);
});

test('a call that is given up while it is being begun is not made', { timeout: 60_000 }, async () => {
  await run(`
    window.giving = new AbortController();
    window.begun = talkturo.startWebCall({ signal: giving.signal, url: () => new Promise((resolve) => { window.answer = resolve; }) })
      .then(() => 'begun', (error) => error.name);`);
  await page.waitForFunction('window.answer');
  expect(await run(`giving.abort(); answer('ws://127.0.0.1:1/'); return begun`)).toBe('AbortError');
  expect(await open()).toEqual([false]);
});

test.each([
  ['NotAllowedError', 'refused'],
  ['NotFoundError', 'missing'],
  ['NotReadableError', 'busy'],
])('a microphone that cannot be had says why: %s', { timeout: 60_000 }, async (name, why) => {
  const told = await run(`
    navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', '${name}'); };
    return talkturo.openMicrophone().catch((error) => [error instanceof talkturo.NoMicrophone, error.why]);`);
  expect(told).toEqual([true, why]);
});

test('a page that is not over https is told so', { timeout: 60_000 }, async () => {
  const told = await run(`
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined });
    return talkturo.openMicrophone().catch((error) => error.message);`);
  expect(told).toBe('Browsers give the microphone only to pages over https, and on localhost.');
});
