import { startTelnyxSimulator } from '@talkturo/carriers/testing';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { examine } from './doctor.ts';

const config = (settings: Record<string, string>) => readConfig(settings, '/');

it('sets a Telnyx account up and says what is left to do, until nothing is', async () => {
  const telnyx = await startTelnyxSimulator();
  const settings = { TELNYX_API_KEY: telnyx.apiKey, TELNYX_API_URL: telnyx.url, PUBLIC_URL: 'https://voice.example.com' };
  const lines = await examine(config(settings), ['--to', 'US,GB']);
  const [application] = telnyx.account.applications;
  const [profile] = telnyx.account.profiles;
  expect(lines).toEqual([
    'Telnyx takes the key; 12.34 USD are left.',
    `Outbound voice profile ${profile?.id}: made now.`,
    `Call control application ${application?.id}: made now; its webhook is https://voice.example.com/webhooks/telnyx.`,
    'Numbers bought here: 0 attached, 0 attached now.',
    'Set these and start again:',
    `  TELNYX_CONNECTION_ID=${application?.id}`,
    '  TELNYX_PUBLIC_KEY=…   (Telnyx portal: Keys & Credentials, Public key)',
  ]);
  expect(profile).toMatchObject({ whitelisted_destinations: ['US', 'GB'] });

  const complete = { ...settings, TELNYX_CONNECTION_ID: String(application?.id), TELNYX_PUBLIC_KEY: telnyx.post.publicKey };
  expect((await examine(config(complete), [])).at(-1)).toBe('Calls over Telnyx are ready.');
  expect(telnyx.account.applications).toHaveLength(1);
  expect(telnyx.problems).toEqual([]);
  await telnyx.close();
});

it('says what it needs', async () => {
  expect(await examine(config({}), [])).toEqual([expect.stringMatching(/^Telnyx is not set up/)]);
  await expect(examine(config({ TELNYX_API_KEY: 'KEY' }), [])).rejects.toThrow(/^PUBLIC_URL is missing/);
  for (const args of [['--to'], ['--to', 'us'], ['--to', 'US', 'GB'], ['US']]) {
    await expect(examine(config({}), args)).rejects.toThrow(/^Usage: npm run doctor/);
  }
});
