import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** A headless browser in a closed network: nothing is looked up, nothing is updated. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts Chromium, from Debian's package where it may be installed. With `microphone` that WAV file is what a page hears, once.
 * @throws Error with a sentence when there is none and it cannot be installed.
 */
export function launchChromium(microphone?: string): Promise<Browser> {
  const sound = microphone
    ? [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${microphone}%noloop`,
        '--autoplay-policy=no-user-gesture-required',
      ]
    : [];
  return chromium.launch({ executablePath: findChromium(), args: [...QUIET, ...sound] });
}

function findChromium(): string {
  const found = PLACES.find(existsSync);
  if (found) return found;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { env });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
  }
  const installed = PLACES.find(existsSync);
  if (!installed) throw new Error('The browser tests need Chromium: install Debian’s package chromium and try again.');
  return installed;
}
