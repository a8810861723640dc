import type { Browser } from 'playwright-core';
import { buildDashboard } from '../../scripts/build-dashboard.mjs';
import { startServerProcess, temporaryDataDir } from '../process/server-process.ts';
import { launchChromium } from './chromium.ts';
import { EMAIL, PASSWORD } from './visitor.ts';

export const KEY = 'tk_test_0123456789abcdef0123';

/** The whole program with the dashboard as it is now, and a browser. */
export interface DashboardServer {
  url: string;
  browser: Browser;
  close(): Promise<void>;
}

/** @param settings beside the owner `EMAIL` with `PASSWORD` of the workspace `my-team`, and its key `KEY` */
export async function startDashboard(settings: Record<string, string> = {}): Promise<DashboardServer> {
  buildDashboard(process.execPath);
  const data = temporaryDataDir();
  const server = await startServerProcess(data.dataDir, {
    TALKTURO_ADMIN_EMAIL: EMAIL,
    TALKTURO_ADMIN_PASSWORD: PASSWORD,
    TALKTURO_BOOTSTRAP_API_KEY: KEY,
    ...settings,
  });
  const browser = await launchChromium();
  return {
    url: server.url,
    browser,
    close: async () => {
      await browser.close();
      await server.stop();
      data.remove();
    },
  };
}
