// Pictures of every page: desktop, phone, dark, German. `npm run screenshots -- contacts call` makes only those.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { buildDashboard } from '../../scripts/build-dashboard.mjs';
import { startServerProcess, temporaryDataDir } from '../process/server-process.ts';
import { launchChromium } from './chromium.ts';
import { makeExampleCall, makeExampleWorkspace } from './example-workspace.ts';
import { pagesOf } from './pages.ts';

const FOLDER = path.join(import.meta.dirname, '../../screenshots');
const EMAIL = 'owner@example.com';
const PASSWORD = 'correct horse battery';
const KEY = 'tk_test_0123456789abcdef0123';
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const LOOKS: Record<string, BrowserContextOptions> = {
  desktop: { viewport: DESKTOP, locale: 'en-US' },
  phone: { viewport: PHONE, locale: 'en-US', hasTouch: true },
  dark: { viewport: DESKTOP, locale: 'en-US', colorScheme: 'dark' },
  german: { viewport: DESKTOP, locale: 'de-DE' },
  'german-phone': { viewport: PHONE, locale: 'de-DE', hasTouch: true, colorScheme: 'dark' },
};

/** Everything a page reads has arrived. Its streams and repeated looks stay, so the network is never idle. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('[role=status] .animate-spin').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(600);
}

buildDashboard(process.execPath);
const only = process.argv.slice(2);
const data = temporaryDataDir();
const server = await startServerProcess(data.dataDir, {
  TALKTURO_ADMIN_EMAIL: EMAIL,
  TALKTURO_ADMIN_PASSWORD: PASSWORD,
  TALKTURO_BOOTSTRAP_API_KEY: KEY,
  TALKTURO_NETWORK_SPEED: '20',
});
const browser = await launchChromium();
try {
  const example = await makeExampleWorkspace(server.url, KEY);
  const callId = await makeExampleCall(server.url, KEY, example);
  const pages = Object.entries(pagesOf({ ...example, callId })).filter(([name]) => only.length === 0 || only.includes(name));
  for (const [look, options] of Object.entries(LOOKS)) {
    mkdirSync(path.join(FOLDER, look), { recursive: true });
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('pageerror', (problem) => console.error(`${look}: ${problem.message}`));
    let signedIn = false;
    for (const [name, where] of pages) {
      if (!where.startsWith('/') && !signedIn) {
        await context.request.post(`${server.url}/api/auth/sign-in/email`, {
          data: { email: EMAIL, password: PASSWORD },
          headers: { origin: server.url },
        });
        signedIn = true;
      }
      await page.goto(server.url + (where.startsWith('/') ? where : `/home/my-team/${where}`));
      await settled(page);
      await page.screenshot({ path: path.join(FOLDER, look, `${name}.png`), fullPage: true });
    }
    await context.close();
    console.log(`${look}: ${pages.length} pages`);
  }
} finally {
  await browser.close();
  await server.stop();
  data.remove();
}
