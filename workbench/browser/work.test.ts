import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../apps/dashboard/src/i18n/en.ts';
import { type DashboardServer, KEY, startDashboard } from './dashboard-server.ts';
import { type ExampleWorkspace, makeExampleCall, makeExampleWorkspace } from './example-workspace.ts';
import { ask, barriersOn, expectAccessible, signIn } from './visitor.ts';

let dashboard: DashboardServer;
let example: ExampleWorkspace;
let callId: string;
let page: Page;
beforeAll(async () => {
  dashboard = await startDashboard({ TALKTURO_NETWORK_SPEED: '4' });
  example = await makeExampleWorkspace(dashboard.url, KEY);
  callId = await makeExampleCall(dashboard.url, KEY, example);
  page = await signIn(dashboard.browser, dashboard.url, 'en-US', en.sign);
}, 300_000);
afterAll(() => dashboard?.close(), 60_000);

const home = (path: string) => `${dashboard.url}/home/my-team/${path}`;
const button = (name: string, on: Page = page) => on.getByRole('button', { name, exact: true });

test('two tabs change one assistant: the later one chooses whose version counts', async () => {
  const other = await page.context().newPage();
  other.setDefaultTimeout(60_000);
  const where = home(`assistants/${example.assistantId}`);
  await Promise.all([page.goto(where), other.goto(where)]);
  const message = (on: Page) => on.getByLabel(en.assistants.firstMessage);
  const saved = async () => (await ask(page, 'GET', `/api/assistants/${example.assistantId}`)).assistant.first_message;

  await message(other).fill('Hello from the other tab.');
  await message(page).fill('Hello from this tab.');
  await button(en.save, other).click();
  await other.getByText(en.saved, { exact: true }).waitFor();
  await button(en.save).click();
  await page.getByText(en.assistants.savedElsewhere).waitFor();
  await expectAccessible(page);
  expect(await saved()).toBe('Hello from the other tab.');
  await button(en.assistants.takeTheirs).click();
  await page.getByText(en.assistants.savedElsewhere).waitFor({ state: 'detached' });
  await expect.poll(() => message(page).inputValue()).toBe('Hello from the other tab.');

  await message(other).fill('Second thoughts of the other tab.');
  await button(en.save, other).click();
  await expect.poll(saved).toBe('Second thoughts of the other tab.');
  await message(page).fill('This tab insists.');
  await button(en.save).click();
  await button(en.assistants.saveMine).click();
  await expect.poll(saved).toBe('This tab insists.');
  await other.close();
});

test('what is not saved is not lost by leaving, and is still there after a reload', async () => {
  await page.goto(home(`assistants/${example.assistantId}`));
  await page.getByLabel(en.assistants.prompt).fill('Half a thought');
  await page.getByRole('link', { name: en.nav.calls, exact: true }).click();
  await page.getByRole('alertdialog').getByText(en.unsaved).waitFor();
  await expectAccessible(page);
  await page.getByRole('alertdialog').getByRole('button', { name: en.cancel }).click();
  expect(await page.getByLabel(en.assistants.prompt).inputValue()).toBe('Half a thought');
  page.once('dialog', (asked) => asked.accept());
  await page.reload();
  await expect.poll(() => page.getByLabel(en.assistants.prompt).inputValue()).toBe('Half a thought');
  await page.getByRole('link', { name: en.nav.calls, exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: en.leave }).click();
  await page.waitForURL('**/calls');
});

test('who takes over and which words may come are set, kept, and taken away again', async () => {
  const where = home(`assistants/${example.assistantId}`);
  const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  const takesOver = page.getByLabel(en.assistants.fallback.provider);
  const save = async () => {
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok());
    await button(en.save).click();
    await saved;
    return (await ask(page, 'GET', `/api/assistants/${example.assistantId}`)).assistant;
  };
  await page.goto(where);
  await tab(en.assistants.tabs.model);
  await page.getByText(en.assistants.fallback.title).click();
  await takesOver.selectOption('anthropic');
  await page.getByLabel(en.assistants.fallback.model).fill('claude-haiku-4-5');
  await expectAccessible(page);
  await tab(en.assistants.tabs.voice);
  await page.getByText(en.assistants.fallback.title).click();
  await takesOver.selectOption('elevenlabs');
  await page.getByLabel(en.assistants.fallback.voiceId).fill('v2');
  await expectAccessible(page);
  await tab(en.assistants.tabs.transcriber);
  await page.getByText(en.assistants.fallback.title).click();
  await takesOver.selectOption('assemblyai');
  await page.getByLabel(en.assistants.keyterms).fill('Talkturo\n\nHerr Öz, Berlin\n');
  await expectAccessible(page);
  const set = {
    fallback_llm_provider: 'anthropic',
    fallback_llm_model: 'claude-haiku-4-5',
    fallback_voice_provider: 'elevenlabs',
    fallback_voice_id: 'v2',
    fallback_transcriptor_provider: 'assemblyai',
    transcriptor_keyterms: ['Talkturo', 'Herr Öz, Berlin'],
  };
  expect(await save()).toMatchObject(set);

  await page.goto(where);
  await tab(en.assistants.tabs.transcriber);
  expect(await page.getByLabel(en.assistants.keyterms).inputValue()).toBe('Talkturo\nHerr Öz, Berlin');
  await page.getByLabel(en.assistants.keyterms).fill('x'.repeat(51));
  await page.getByText(en.assistants.keytermsLacks.tooLong.replace('{{term}}', 'x'.repeat(51))).waitFor();
  await page.getByLabel(en.assistants.keyterms).fill('');
  for (const name of [en.assistants.tabs.model, en.assistants.tabs.voice, en.assistants.tabs.transcriber]) {
    await tab(name);
    // Somebody is named, so it is unfolded by itself.
    await takesOver.selectOption('');
  }
  const fields = Object.keys(await save());
  expect(fields.filter((field) => field in set)).toEqual([]);
});

test('what was typed into a dialog is back after a reload, until it is discarded', async () => {
  await page.goto(home('contacts'));
  const open = () => button(en.contacts.new).first().click();
  const firstName = page.getByRole('dialog').getByLabel(en.contacts.firstName);
  await open();
  await firstName.fill('Rosalind');
  await page.reload();
  await open();
  await page.getByText(en.draftBack).waitFor();
  expect(await firstName.inputValue()).toBe('Rosalind');
  await expectAccessible(page);
  await button(en.draftDiscard).click();
  expect(await firstName.inputValue()).toBe('');
  await page.reload();
  await open();
  await firstName.waitFor();
  expect(await page.getByText(en.draftBack).count()).toBe(0);
});

test('a card of the board is moved by the mouse and by the arrow keys, and keeps the focus', async () => {
  await page.goto(home('opportunities'));
  const card = button('Front desk for three branches')
    .or(page.getByRole('button', { name: /^Front desk for three branches/ }))
    .first();
  const stage = async () => {
    const { opportunities } = await ask(page, 'GET', '/api/crm/opportunities?search=Front');
    return opportunities.find((one: { name: string }) => one.name.startsWith('Front desk'))?.stage;
  };
  await card.dragTo(page.getByRole('heading', { name: new RegExp(`^${en.opportunities.stages.proposal}`) }));
  await expect.poll(stage).toBe('proposal');
  await card.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(stage).toBe('contacted');
  await expect.poll(() => card.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
  await expectAccessible(page);
});

test('without a connection the page says so, and goes on when it is back', async () => {
  await page.goto(home('contacts'));
  await page.getByRole('table').waitFor();
  await page.context().setOffline(true);
  await page.getByText(en.offline).waitFor();
  await expectAccessible(page);
  await page.context().setOffline(false);
  await page.getByText(en.offline).waitFor({ state: 'detached' });
});

test('a call shows above the others while it lasts, and goes by itself', async () => {
  await page.goto(home('calls'));
  await page.getByRole('table').waitFor();
  const rows = await page.getByRole('row').count();
  const { call } = await ask(page, 'POST', '/api/calls', { assistantId: example.assistantId, toNumber: '+14155550101' });
  const live = page.getByRole('region', { name: new RegExp(en.calls.live) });
  await live.getByText('+14155550101').waitFor();
  await expectAccessible(page);
  await ask(page, 'POST', `/api/calls/${call.id}/hangup`, {});
  await live.waitFor({ state: 'detached' });
  await expect.poll(() => page.getByRole('row').count()).toBe(rows + 1);
});

test('filters stand in the address, and what they hide comes back with one click', async () => {
  await page.goto(home('contacts'));
  await page.getByRole('searchbox').fill('lovelace');
  await page.waitForURL('**/contacts?search=lovelace');
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await page.reload();
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('lovelace');
  await page.getByLabel(en.contacts.leadStatus).selectOption('converted');
  await page.getByText(en.noMatch).waitFor();
  await expectAccessible(page);
  await button(en.clearFilters).click();
  await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
  expect(page.url()).toBe(home('contacts'));
  expect(await page.getByRole('searchbox').inputValue()).toBe('');
});

test('several rows are ticked and deleted at once', async () => {
  const { contact } = await ask(page, 'GET', `/api/crm/contacts/${example.contactId}`);
  for (const lastName of ['Eins', 'Zwei']) {
    await ask(page, 'POST', '/api/crm/contacts', { teamId: contact.team_id, companyId: contact.company_id, firstName: 'Gone', lastName });
  }
  await page.goto(home('contacts?search=gone'));
  await page.getByRole('checkbox', { name: en.selectAll }).check();
  await page.getByText(en.selected.replace('{{count}}', '2')).waitFor();
  await expectAccessible(page);
  await page.getByRole('region', { name: en.selection }).getByRole('button', { name: en.delete }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: en.delete }).click();
  await page.getByText(en.noMatch).waitFor();
  await page.goto(home('contacts'));
  await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
});

test('the page of a call names its assistant and leads to it', async () => {
  await page.goto(home(`calls/${callId}`));
  await page.getByRole('link', { name: 'Front desk' }).click();
  await page.waitForURL(`**/assistants/${example.assistantId}`);
});

test('what happened in a long call is scrolled by keys', async () => {
  await page.goto(home(`calls/${callId}`));
  await page.getByRole('heading', { name: en.calls.events }).waitFor();
  await page.addStyleTag({ content: '.max-h-96 { max-height: 4rem }' });
  await expectAccessible(page);
});

test('a recording is heard: played, and from a sentence of the transcript', async () => {
  await page.goto(home(`calls/${callId}`));
  await button(en.calls.play).click();
  await button(en.calls.pause).waitFor();
  await button(en.calls.pause).click();
  await button(en.calls.play).waitFor();
  const sentence = page.getByRole('listitem').getByRole('button').nth(1);
  // The sentence that is heard is marked, which lasts as long as it: who looked too late hears it again.
  const marked = async () => {
    await sentence.click();
    return sentence.getAttribute('aria-current');
  };
  await expect.poll(marked).toBe('true');
  await button(en.calls.pause).click();
});

/** Where dialogs are, and the button that opens each. */
const DIALOGS: readonly (readonly [path: string, opens: string])[] = [
  ['assistants', en.assistants.new],
  ['calls', en.calls.newCall],
  ['phone-numbers', en.numbers.buy],
  ['contacts', en.contacts.new],
  ['companies', en.companies.new],
  ['opportunities', en.opportunities.new],
  ['settings/members', en.members.invite],
  ['settings/api-keys', en.keys.new],
  ['settings/webhooks', en.webhooks.new],
  ['settings/custom-fields', en.customFields.new],
  ['settings/profile', en.twoFactor.enable],
];

test('dialogs have no barriers, take the focus and give it back', async () => {
  const barriers: string[] = [];
  for (const [path, opens] of DIALOGS) {
    await page.goto(home(path));
    const opener = button(opens).first();
    await opener.click();
    await page.getByRole('dialog').waitFor();
    barriers.push(...(await barriersOn(page)).map((barrier) => `${path}: ${barrier}`));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => opener.evaluate((element) => element === element.ownerDocument.activeElement), { message: path }).toBe(true);
  }
  expect(barriers).toEqual([]);
});
