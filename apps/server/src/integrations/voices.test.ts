import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  CARTESIA_KEY,
  ELEVENLABS_KEY,
  type SocketSimulator,
  startCartesiaSimulator,
  startElevenLabsSimulator,
  voiceEntries,
} from '@talkturo/providers/testing';
import { readWav } from '@talkturo/voice';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scriptedProviders } from '../testing/call-kit.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

const MINUTE = 60_000;
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-voices-'));
let cartesia: SocketSimulator;
let elevenLabs: SocketSimulator;
let server: TestServer;
let tenants = 0;
let nowMs = 0;

beforeAll(async () => {
  cartesia = await startCartesiaSimulator(voiceEntries(5, 'c'));
  elevenLabs = await startElevenLabsSimulator(voiceEntries(3, 'e'));
  server = await createTestServer(
    { TALKTURO_DATA_DIR: dataDir, CARTESIA_API_URL: cartesia.url, ELEVENLABS_API_URL: elevenLabs.url },
    // Each node keeps lists of its own, by its own clock.
    { standIns: { now: () => nowMs, providers: scriptedProviders() }, alone: true },
  );
});
afterAll(async () => {
  await server.close();
  await cartesia.stop();
  await elevenLabs.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
// What was kept before is a day older.
beforeEach(() => {
  nowMs += 48 * 60 * MINUTE;
});

const put = (tenant: TestTenant, providers: object) =>
  server.request('PUT', '/api/settings/providers', { body: { providers }, headers: { authorization: `Bearer ${tenant.key}` } });
async function newTenant(keys: object = { cartesia: { api_key: CARTESIA_KEY }, elevenlabs: { api_key: ELEVENLABS_KEY } }) {
  const tenant = await server.tenant(`voices-${++tenants}`);
  if (Object.keys(keys).length > 0) await put(tenant, keys);
  return tenant;
}
const list = async (tenant: TestTenant, query = '') => (await tenant.get(`/api/voices${query}`)).body;
const ids = (body: { voices: { id: string }[] }) => body.voices.map(({ id }) => id);

describe('the list', () => {
  test('has the voices of every vendor with a key, and the local ones', async () => {
    const body = await list(await newTenant());
    expect(body.count).toBe(5 + 3 + 5);
    expect(body.voices[0]).toEqual({
      provider: 'cartesia',
      id: 'c-1',
      name: 'Voice 1',
      description: 'Voice 1, simulated.',
      languages: ['en', 'en-US'],
      gender: 'female',
      accent: 'plain',
      own: true,
    });
    expect(Object.values(body.sources).map((source) => (source as { status: string }).status)).toEqual(Array(3).fill('available'));
  });

  test('says where a key is missing', async () => {
    const body = await list(await newTenant({}));
    expect(body.sources).toMatchObject({
      cartesia: { status: 'no_key' },
      elevenlabs: { status: 'no_key' },
      local: { status: 'available' },
    });
    expect(new Set(body.voices.map(({ provider }: { provider: string }) => provider))).toEqual(new Set(['local']));
  });

  test.each([
    ['?provider=elevenlabs', ['e-1', 'e-2', 'e-3']],
    ['?provider=cartesia&gender=male', ['c-2', 'c-5']],
    ['?provider=cartesia&language=de', ['c-2', 'c-5']],
    ['?provider=cartesia&language=ES-mx', ['c-3']],
    ['?provider=cartesia&language=es-AR', []],
    ['?provider=cartesia&search=voice%204', ['c-4']],
    ['?provider=cartesia&limit=2&offset=3', ['c-4', 'c-5']],
    ['?language=en-AU&provider=local&search=scot', ['awb']],
  ])('%s', async (query, expected) => {
    expect(ids(await list(await newTenant(), query))).toEqual(expected);
  });

  test('refuses what is no filter', async () => {
    const tenant = await newTenant({});
    expect((await tenant.get('/api/voices?provider=acme')).status).toBe(400);
    expect((await tenant.get('/api/voices?gender=x')).status).toBe(400);
  });

  test('is kept for ten minutes, for all who ask with the same key', async () => {
    const [one, two] = [await newTenant(), await newTenant()];
    const before = cartesia.requests.length;
    await Promise.all([list(one), list(two), list(one)]);
    await list(two);
    expect(cartesia.requests.length - before).toBe(1);
    nowMs += 11 * MINUTE;
    await list(one);
    expect(cartesia.requests.length - before).toBe(2);
  });

  test('is shown as it was while the vendor is down, which is said', async () => {
    const tenant = await newTenant();
    await list(tenant);
    nowMs += 11 * MINUTE;
    cartesia.befalls({ refuse: 503 });
    const body = await list(tenant, '?provider=cartesia');
    expect(ids(body)).toHaveLength(5);
    expect(body.sources.cartesia).toMatchObject({
      status: 'stale',
      message: expect.stringContaining('Cartesia cannot be reached or is down'),
    });
    // For half a minute nobody waits for it again.
    const before = cartesia.requests.length;
    expect((await list(tenant, '?provider=cartesia')).sources.cartesia.status).toBe('stale');
    expect(cartesia.requests.length).toBe(before);
    nowMs += MINUTE;
    expect((await list(tenant, '?provider=cartesia')).sources.cartesia.status).toBe('available');
  });

  test('of a vendor that is down from the start is empty, and the others are there', async () => {
    const tenant = await newTenant({ cartesia: { api_key: CARTESIA_KEY }, elevenlabs: { api_key: 'a-wrong-key-1' } });
    cartesia.befalls('garbage');
    const body = await list(tenant);
    expect(body.sources).toMatchObject({
      cartesia: { status: 'unavailable' },
      elevenlabs: { status: 'unavailable', message: expect.stringContaining('does not take the key') },
    });
    expect(body.count).toBe(5);
  });

  test('is not shown any more once the key is refused', async () => {
    const tenant = await newTenant();
    await list(tenant);
    nowMs += 11 * MINUTE;
    cartesia.befalls({ refuse: 401 });
    expect(await list(tenant, '?provider=cartesia')).toMatchObject({ count: 0, sources: { cartesia: { status: 'unavailable' } } });
  });
});

describe('a preview', () => {
  const preview = (tenant: TestTenant, which: string) => tenant.get(`/api/voices/${which}/preview`);

  test('is the sample of the vendor, fetched once', async () => {
    const tenant = await newTenant();
    const before = elevenLabs.requests.length;
    const answers = await Promise.all([preview(tenant, 'elevenlabs/e-2'), preview(tenant, 'elevenlabs/e-2')]);
    for (const { status, headers } of [...answers, await preview(tenant, 'elevenlabs/e-2')]) {
      expect([status, headers['content-type']]).toEqual([200, 'audio/wav']);
    }
    expect(elevenLabs.requests.slice(before).filter(({ path: at }) => at.startsWith('/samples'))).toHaveLength(1);
    expect(readdirSync(path.join(dataDir, 'voice-previews')).every((name) => name.endsWith('.sound'))).toBe(true);
  });

  test('behind the key of the vendor', async () => {
    expect((await preview(await newTenant(), 'cartesia/c-1')).status).toBe(200);
  });

  test('is spoken where the vendor has none', async () => {
    const answer = await server.app.inject({
      url: '/api/voices/local/slt/preview',
      headers: { authorization: `Bearer ${(await newTenant({})).key}` },
    });
    expect(answer.headers['content-type']).toBe('audio/wav');
    expect(readWav(answer.rawPayload).channels[0]?.length).toBeGreaterThan(1000);
  });

  test('of a voice that stands in another account’s list alone is not there', async () => {
    const tenant = await newTenant({});
    expect(await preview(tenant, 'elevenlabs/e-1')).toMatchObject({ status: 409, body: { error: expect.stringContaining('no key') } });
    expect((await preview(await newTenant(), 'elevenlabs/nobody')).status).toBe(404);
    expect((await preview(tenant, 'acme/e-1')).status).toBe(404);
  });

  test('cannot be had while the vendor is down', async () => {
    const tenant = await newTenant();
    elevenLabs.befalls({ refuse: 500 });
    expect(await preview(tenant, 'elevenlabs/e-1')).toMatchObject({ status: 503, body: { error: expect.stringContaining('ElevenLabs') } });
  });
});
