import { ProviderError } from '@talkturo/voice';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KeySimulator, startChatSimulator, startKeySimulator } from '../testing/index.ts';
import { checkKey } from './check-key.ts';
import { VENDOR_KEYS, type VendorKey } from './vendor-keys.ts';

let vendors: KeySimulator;
beforeAll(async () => {
  vendors = await startKeySimulator();
});
afterAll(() => vendors.stop());

const settingsOf = ({ id, settings }: VendorKey, key = vendors.keyOf(id)) => ({
  ...vendors.settings,
  [settings.api_key]: key,
  ...(id === 'openai-compatible' && { LLM_BASE_URL: `${vendors.url}/openai-compatible/v1`, LLM_MODEL: 'llama' }),
});
const never = new AbortController().signal;
const wrong = (check: Promise<void>) =>
  check.then(
    () => null,
    (error: unknown) => error as ProviderError,
  );
const openai = VENDOR_KEYS.find(({ id }) => id === 'openai')!;

describe.each(VENDOR_KEYS.map((vendor) => [vendor.id, vendor] as const))('the key of %s', (id, vendor) => {
  test('is taken when it is right, with one question', async () => {
    const before = vendors.asked.length;
    await checkKey(id, { settings: settingsOf(vendor), signal: never });
    expect(vendors.asked.slice(before)).toEqual([id]);
  });

  test('is refused when it is wrong, and not repeated', async () => {
    const error = await wrong(checkKey(id, { settings: settingsOf(vendor, 'a-wrong-key'), signal: never }));
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ kind: 'auth', provider: id });
    expect(error?.message).not.toContain('a-wrong-key');
  });

  test('is missing', async () => {
    expect(await wrong(checkKey(id, { settings: {}, signal: never }))).toMatchObject({ kind: 'auth' });
  });
});

test.each([
  [{ status: 402 }, 'quota'],
  [{ status: 429, body: { error: { code: 'insufficient_quota', message: 'No credit.' } } }, 'quota'],
  [{ status: 429 }, 'rate-limit'],
  [{ status: 503 }, 'unavailable'],
  [{ status: 400, body: { error: { message: 'What is this?' } } }, 'refused'],
] as const)('%j is of the kind %s', async (answer, kind) => {
  vendors.answers(answer);
  expect(await wrong(checkKey('openai', { settings: settingsOf(openai), signal: never }))).toMatchObject({ kind });
});

test('a key that the vendor repeats stays out of the message', async () => {
  vendors.answers({ status: 401, body: { error: { message: 'No such key: sk-secret-1.' } } });
  const error = await wrong(checkKey('openai', { settings: settingsOf(openai, 'sk-secret-1'), signal: never }));
  expect(error?.message).toContain('No such key: ….');
});

test('a vendor that says nothing is a time-out once the check is ended', async () => {
  vendors.answers('stall');
  const ended = new AbortController();
  const check = wrong(checkKey('openai', { settings: settingsOf(openai), signal: ended.signal }));
  await expect.poll(() => vendors.asked.at(-1)).toBe('openai');
  ended.abort();
  expect(await check).toMatchObject({ kind: 'timeout' });
});

test('a vendor that is not there is unavailable', async () => {
  const settings = { OPENAI_API_KEY: 'k', OPENAI_API_URL: 'http://127.0.0.1:1/v1' };
  expect(await wrong(checkKey('openai', { settings, signal: never }))).toMatchObject({ kind: 'unavailable' });
});

test('what answers with a web page is not the vendor', async () => {
  const fetch: typeof globalThis.fetch = async () => new Response('<html></html>', { status: 200 });
  expect(await wrong(checkKey('openai', { settings: settingsOf(openai), signal: never, fetch }))).toMatchObject({ kind: 'protocol' });
});

test('a server that lists no models is asked for one token', async () => {
  const server = await startChatSimulator(() => ({ headers: { 'content-type': 'application/json' }, body: '{"choices":[]}' }));
  const settings = { LLM_BASE_URL: server.url, LLM_MODEL: 'llama' };
  await checkKey('openai-compatible', { settings, signal: never });
  expect(server.requests.map(({ path, body }) => [path, body.max_tokens])).toEqual([
    ['/v1/models', undefined],
    ['/v1/chat/completions', 1],
  ]);
  server.plays({ status: 404, body: '{"error":{"message":"model not found"}}' });
  expect(await wrong(checkKey('openai-compatible', { settings, signal: never }))).toMatchObject({ kind: 'refused' });
  await server.stop();
});
