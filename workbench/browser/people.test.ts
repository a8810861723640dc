import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../apps/dashboard/src/i18n/en.ts';
import { type DashboardServer, startDashboard } from './dashboard-server.ts';
import { totp } from './totp.ts';
import { expectAccessible, PASSWORD, signIn } from './visitor.ts';

let dashboard: DashboardServer;
beforeAll(async () => {
  dashboard = await startDashboard();
}, 240_000);
afterAll(() => dashboard?.close(), 60_000);

const owner = () => signIn(dashboard.browser, dashboard.url, 'en-US', en.sign);

/** A page of somebody who was never here. */
async function stranger(path = '/'): Promise<Page> {
  const context = await dashboard.browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(dashboard.url + path);
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function signOut(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button').last().click();
  await page.getByRole('menuitem', { name: en.signOut }).click();
  await page.waitForURL('**/sign-in**');
}

async function giveName(page: Page, email: string): Promise<void> {
  await page.getByLabel(en.sign.email).fill(email);
  await page.getByLabel(en.sign.password).fill(PASSWORD);
  await button(page, en.sign.in).click();
}

test('a stranger signs up, sets up two-factor sign-in, and comes in with a code of the app, then with a backup code', async () => {
  const page = await stranger();
  await page.getByText(en.sign.toUp).click();
  await page.getByLabel(en.sign.yourName).fill('Zoe Zander');
  await page.getByLabel(en.sign.workspaceName).fill('Zander & Co');
  await page.getByLabel(en.sign.email).fill('zoe@example.com');
  await page.getByLabel(en.sign.password).fill(PASSWORD);
  await expectAccessible(page);
  await button(page, en.sign.up).click();
  await page.waitForURL('**/home/*');
  await page.getByRole('heading', { name: en.overview.first }).waitFor();

  await page.goto(`${page.url()}/settings/profile`);
  await button(page, en.twoFactor.enable).click();
  await page.getByRole('dialog').getByLabel(en.sign.password).fill(PASSWORD);
  await button(page, en.next).click();
  await page.getByRole('img', { name: en.twoFactor.qr }).waitFor();
  await expectAccessible(page);
  const [secret = '', backup = ''] = await page.locator('code').allInnerTexts();
  await page.getByLabel(en.sign.code).fill('000000');
  await button(page, en.twoFactor.switchOn).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel(en.sign.code).fill(totp(secret, Date.now()));
  await button(page, en.twoFactor.switchOn).click();
  await page.getByText(en.twoFactor.on, { exact: true }).waitFor();

  await signOut(page);
  await giveName(page, 'zoe@example.com');
  await page.getByLabel(en.sign.code).waitFor();
  await expectAccessible(page);
  await page.getByLabel(en.sign.code).fill(totp(secret, Date.now()));
  await button(page, en.sign.in).click();
  await page.waitForURL('**/home/*');

  await signOut(page);
  await giveName(page, 'zoe@example.com');
  await button(page, en.sign.byBackup).click();
  await page.getByLabel(en.sign.backupCode).fill(backup.split(/\s+/)[0] ?? '');
  await button(page, en.sign.in).click();
  await page.waitForURL('**/home/*');
  await page.context().close();
});

test('an invitation makes a member, who may do what members may', async () => {
  const page = await owner();
  await page.goto(`${dashboard.url}/home/my-team/settings/members`);
  await button(page, en.members.invite).click();
  await page.getByRole('dialog').getByLabel(en.sign.email).fill('max@example.com');
  await expectAccessible(page);
  await button(page, en.members.makeLink).click();
  const link = new URL(await page.getByRole('dialog').locator('code').innerText());
  await page.keyboard.press('Escape');
  await page.getByText('max@example.com').waitFor();

  const guest = await stranger(link.pathname);
  await guest.getByRole('heading', { name: en.invitation.title.replace('{{name}}', 'My team') }).waitFor();
  await expectAccessible(guest);
  await guest.getByLabel(en.sign.yourName).fill('Max Muster');
  await guest.getByLabel(en.sign.password).fill(PASSWORD);
  await button(guest, en.invitation.join).click();
  await guest.waitForURL('**/home/my-team');
  await guest.goto(`${dashboard.url}/home/my-team/settings/members`);
  await guest.getByText('max@example.com').waitFor();
  expect(await button(guest, en.members.invite).count()).toBe(0);
  expect(await guest.getByRole('link', { name: en.keys.title }).count()).toBe(0);
  expect(await guest.getByRole('combobox', { name: /Max Muster/ }).count()).toBe(0);
  const { request } = guest.context();
  const refused = await request.get(`${dashboard.url}/api/api-keys`, { headers: { 'x-account-slug': 'my-team' } });
  expect(refused.status()).toBe(403);

  // The link was for one person, once.
  const late = await stranger(link.pathname);
  await late.getByRole('alert').waitFor();
  await page.reload();
  await page.getByRole('combobox', { name: `${en.members.role}: Max Muster` }).waitFor();
  for (const one of [page, guest, late]) await one.context().close();
});

test('a session that is ended elsewhere is over', async () => {
  const here = await owner();
  const there = await owner();
  await here.goto(`${dashboard.url}/home/my-team/settings/profile`);
  await here.getByText(en.profile.thisOne).waitFor();
  await button(here, en.profile.endOthers).click();
  await here.getByRole('alertdialog').getByRole('button', { name: en.profile.endOthers }).click();
  await button(here, en.profile.endOthers).waitFor({ state: 'detached' });
  await there.getByRole('link', { name: en.nav.contacts, exact: true }).click();
  await there.waitForURL('**/sign-in?next=*');
  // Signed in again, they are where they wanted to go.
  await giveName(there, 'owner@example.com');
  await there.waitForURL('**/home/my-team/contacts');
  for (const one of [here, there]) await one.context().close();
});
