// Figures of the dashboard: what a first visit loads, compressed, and how fast it is there. Ends with 1 past the limit of 250 kB.
import { gzipSync } from 'node:zlib';
import { buildDashboard } from '../../scripts/build-dashboard.mjs';
import { startServerProcess, temporaryDataDir } from '../process/server-process.ts';
import { launchChromium } from './chromium.ts';

const LIMIT_BYTES = 250_000;
const EMAIL = 'owner@example.com';
const PASSWORD = 'correct horse battery';
/** A slow phone on mobile data, as Lighthouse has it: CPU four times slower, 150 ms round trip, 1.6 Mbit/s down. */
const SLOW = { cpu: 4, latency: 150, downloadThroughput: (1_600 * 1_024) / 8, uploadThroughput: (750 * 1_024) / 8 };

interface Vitals {
  fcp: number;
  lcp: number;
  cls: number;
  blocking: number;
}

/** Runs in the page: collects what Lighthouse would. */
const OBSERVE = `
  const vitals = (globalThis.vitals = { fcp: 0, lcp: 0, cls: 0, blocking: 0 });
  const watch = (type, see) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
  watch('paint', (entry) => { if (entry.name === 'first-contentful-paint') vitals.fcp = entry.startTime; });
  watch('largest-contentful-paint', (entry) => { vitals.lcp = entry.startTime; });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) vitals.cls += entry.value; });
  watch('longtask', (entry) => { vitals.blocking += Math.max(0, entry.duration - 50); });
`;

buildDashboard(process.execPath);
const data = temporaryDataDir();
const server = await startServerProcess(data.dataDir, { TALKTURO_ADMIN_EMAIL: EMAIL, TALKTURO_ADMIN_PASSWORD: PASSWORD });
const browser = await launchChromium();
let scripts = 0;
try {
  const rows = [];
  for (const [name, path] of [
    ['sign-in', '/sign-in'],
    ['overview', '/home/my-team'],
    ['assistants', '/home/my-team/assistants'],
    ['contacts', '/home/my-team/contacts'],
    ['api-keys', '/home/my-team/settings/api-keys'],
  ] as const) {
    // A context of its own: nothing is cached.
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    if (path !== '/sign-in') {
      const login = { data: { email: EMAIL, password: PASSWORD }, headers: { origin: server.url } };
      await context.request.post(`${server.url}/api/auth/sign-in/email`, login);
    }
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', { offline: false, ...SLOW });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW.cpu });
    let loaded = 0;
    const bodies: Promise<void>[] = [];
    page.on('response', (response) => {
      if (!new URL(response.url()).pathname.endsWith('.js')) return;
      bodies.push(
        response.body().then((body) => {
          loaded += gzipSync(body).length;
        }),
      );
    });
    await page.addInitScript({ content: OBSERVE });
    await page.goto(server.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await Promise.all(bodies);
    const vitals: Vitals = await page.evaluate('vitals');
    scripts = Math.max(scripts, loaded);
    rows.push({
      page: name,
      'JavaScript, gzip (kB)': Math.round(loaded / 100) / 10,
      'first paint (ms)': Math.round(vitals.fcp),
      'largest paint (ms)': Math.round(vitals.lcp),
      'blocked (ms)': Math.round(vitals.blocking),
      'layout shift': Math.round(vitals.cls * 1000) / 1000,
    });
    await context.close();
  }
  console.table(rows);
  console.log(`Most JavaScript of a first load: ${(scripts / 1000).toFixed(1)} kB of at most ${LIMIT_BYTES / 1000} kB.`);
} finally {
  await browser.close();
  await server.stop();
  data.remove();
}
process.exitCode = scripts > LIMIT_BYTES ? 1 : 0;
