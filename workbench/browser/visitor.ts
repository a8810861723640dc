import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';

export const EMAIL = 'owner@example.com';
export const PASSWORD = 'correct horse battery';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What keeps somebody from using the page (WCAG 2.2 A and AA). */
export async function barriersOn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  // What lies half under the header that stays is not too small: one scrolls.
  await page.evaluate('scrollTo(0, 0)');
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the page
    const { violations } = await (globalThis as any).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations
      .filter((one: { impact: string }) => one.impact === 'serious' || one.impact === 'critical')
      .map((one: { id: string; nodes: { html: string }[] }) => `${one.id}: ${one.nodes[0]?.html}`);
  });
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await barriersOn(page), page.url()).toEqual([]);
}

/** Signs the owner in by the form, in a browser that speaks that language. */
export async function signIn(
  browser: Browser,
  url: string,
  locale: string,
  sign: { email: string; password: string; in: string },
): Promise<Page> {
  const context = await browser.newContext({ locale, permissions: ['microphone'], viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  await page.getByLabel(sign.email).fill(EMAIL);
  await page.getByLabel(sign.password).fill(PASSWORD);
  await expectAccessible(page);
  await page.getByRole('button', { name: sign.in, exact: true }).click();
  await page.waitForURL('**/home/my-team');
  return page;
}

/** Asks the API with the session of a page. */
// biome-ignore lint/suspicious/noExplicitAny: answers of many endpoints
export async function ask(page: Page, method: string, path: string, data?: unknown): Promise<any> {
  const { origin } = new URL(page.url());
  const answer = await page.request.fetch(origin + path, {
    method,
    headers: { origin, 'x-account-slug': 'my-team' },
    ...(data ? { data } : {}),
  });
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  return answer.json();
}
