import { expect, test } from 'vitest';
import { createTestBrowser } from '../testing/test-browser.ts';
import { createTestServer } from '../testing/test-server.ts';
import { createFirstWorkspace } from './first-start.ts';

const settings = { TALKTURO_BOOTSTRAP_API_KEY: 'tk_test_0123456789abcdef', TALKTURO_ADMIN_EMAIL: 'Boss@example.com' };

test('two first starts at once make one workspace, whose owner signs in and whose key works', async () => {
  const server = await createTestServer(settings);
  try {
    const { db, apiKeys, config } = server.platform;
    const made = await Promise.all([createFirstWorkspace(db, apiKeys, config), createFirstWorkspace(db, apiKeys, config)]);
    const [first, ...more] = made.filter((one) => one !== null);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ slug: 'my-team', email: 'boss@example.com', apiKey: null, password: expect.stringMatching(/.{12,}/) });
    const browser = createTestBrowser(server);
    const signedIn = await browser.send('POST', '/api/auth/sign-in/email', { email: 'boss@example.com', password: first?.password });
    expect(signedIn.status).toBe(200);
    expect((await browser.send('GET', '/api/accounts')).body.accounts).toMatchObject([{ slug: 'my-team', role: 'owner' }]);
    expect((await browser.send('GET', '/api/api-keys')).body.apiKeys).toMatchObject([{ rate_limit_per_hour: 0, scopes: ['*'] }]);
    const headers = { authorization: `Bearer ${settings.TALKTURO_BOOTSTRAP_API_KEY}` };
    expect((await server.request('GET', '/api/test-api-key', { headers })).status).toBe(200);
    expect(await createFirstWorkspace(db, apiKeys, config)).toBeNull();
  } finally {
    await server.close();
  }
});

test('a given password is used and not repeated', async () => {
  const server = await createTestServer({ TALKTURO_ADMIN_PASSWORD: 'given password' });
  try {
    const { db, apiKeys, config } = server.platform;
    expect(await createFirstWorkspace(db, apiKeys, config)).toMatchObject({ password: null, apiKey: expect.stringMatching(/^tk_test_/) });
    const answer = await createTestBrowser(server).send('POST', '/api/auth/sign-in/email', {
      email: 'owner@talkturo.local',
      password: 'given password',
    });
    expect(answer.status).toBe(200);
  } finally {
    await server.close();
  }
});
