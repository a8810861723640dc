import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM, fromDebian } from '../../scripts/debian-package.ts';

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
  return chromium.launch({ executablePath: fromDebian(CHROMIUM), args: [...QUIET, ...sound] });
}
