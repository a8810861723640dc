import { createOTP } from '@better-auth/utils/otp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestBrowser, signedUp } from '../testing/test-browser.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

test('signing up makes a person, a workspace of their own and a session', async () => {
  const browser = createTestBrowser(server);
  const wanted = { email: 'Ärger@Example.com', password: 'correct horse', name: 'Ödön' };
  expect((await browser.send('POST', '/api/auth/sign-up/email', wanted)).status).toBe(400);
  const answer = await browser.send('POST', '/api/auth/sign-up/email', { ...wanted, email: 'Anna@Example.com' });
  expect(answer).toMatchObject({
    status: 200,
    body: { success: true, user: { id: expect.stringMatching(/^usr_/), email: 'anna@example.com', two_factor_enabled: false } },
  });
  const [cookie] = [answer.headers['set-cookie'] ?? []].flat() as string[];
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(answer.text).not.toContain(decodeURIComponent([...browser.cookies.values()][0] ?? '').split('.')[0]);
  const { body } = await browser.send('GET', '/api/accounts');
  expect(body.accounts).toMatchObject([{ slug: 'odons-team', name: 'Ödön’s team', role: 'owner', plan: 'growth' }]);
  expect(body.accounts[0].team_id.slice(5)).toBe(body.accounts[0].id.slice(5));
});

test('two workspaces of one name get different slugs; a wanted slug that is taken is 409', async () => {
  const one = await signedUp(server, { workspaceName: 'Same Name' });
  const two = await signedUp(server, { workspaceName: 'Same name!' });
  expect([one.slug, two.slug]).toEqual(['same-name', 'same-name-2']);
  expect((await two.send('POST', '/api/accounts', { name: 'X', slug: 'same-name' })).status).toBe(409);
  expect((await two.send('POST', '/api/accounts', { name: 'X', slug: 'settings' })).status).toBe(409);
  expect((await two.send('POST', '/api/accounts', { name: 'X', slug: 'Bad Slug' })).status).toBe(400);
});

test('an e-mail is one person', async () => {
  const { email } = await signedUp(server);
  const again = await createTestBrowser(server).send('POST', '/api/auth/sign-up/email', {
    email: email.toUpperCase(),
    password: 'correct horse',
    name: 'B',
  });
  expect(again).toMatchObject({ status: 409, body: { success: false } });
});

test.each([
  ['short', 'password: must have at least 8 characters'],
  ['Password123', 'choose another one'],
])('the password %s is refused', async (password, error) => {
  const answer = await createTestBrowser(server).send('POST', '/api/auth/sign-up/email', { email: 'new@example.com', password, name: 'N' });
  expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(error) } });
});

test('sign-in: the right password gives a session, a wrong one or nobody 401 alike', async () => {
  const person = await signedUp(server);
  const browser = createTestBrowser(server);
  const wrong = await browser.send('POST', '/api/auth/sign-in/email', { email: person.email, password: 'not this one' });
  const nobody = await browser.send('POST', '/api/auth/sign-in/email', { email: 'nobody@example.com', password: 'not this one' });
  expect(wrong).toMatchObject({ status: 401, body: { success: false, error: 'Unauthorized' } });
  expect(nobody.body).toEqual(wrong.body);
  expect((await browser.send('GET', '/api/accounts')).status).toBe(401);
  const right = await browser.send('POST', '/api/auth/sign-in/email', { email: person.email, password: person.password });
  expect(right).toMatchObject({ status: 200, body: { twoFactorRedirect: false, user: { email: person.email } } });
  expect((await browser.send('GET', '/api/auth/get-session')).body).toMatchObject({
    user: { email: person.email },
    session: { current: true },
  });
});

test('signing out ends the session on the server, not only the cookie', async () => {
  const person = await signedUp(server);
  const stolen = new Map(person.cookies);
  expect((await person.send('POST', '/api/auth/sign-out')).status).toBe(200);
  expect((await person.send('GET', '/api/auth/get-session')).body).toMatchObject({ user: null, session: null });
  for (const [name, value] of stolen) person.cookies.set(name, value);
  expect((await person.send('GET', '/api/accounts')).status).toBe(401);
});

test('sessions are listed and can be ended one by one or all others', async () => {
  const person = await signedUp(server);
  const others = [createTestBrowser(server), createTestBrowser(server)];
  for (const other of others) await other.send('POST', '/api/auth/sign-in/email', { email: person.email, password: person.password });
  const { sessions } = (await person.send('GET', '/api/auth/sessions')).body;
  expect(sessions.filter((one: { current: boolean }) => one.current)).toHaveLength(1);
  expect(sessions).toHaveLength(3);
  const first = (await others[0]?.send('GET', '/api/auth/get-session'))?.body.session;
  expect((await person.send('DELETE', `/api/auth/sessions/${first.id}`)).status).toBe(200);
  await expect.poll(async () => (await others[0]?.send('GET', '/api/accounts'))?.status).toBe(401);
  expect((await person.send('DELETE', '/api/auth/sessions')).body).toEqual({ success: true, ended: 1 });
  await expect.poll(async () => (await others[1]?.send('GET', '/api/accounts'))?.status).toBe(401);
  expect((await person.send('GET', '/api/accounts')).status).toBe(200);
  const stranger = await signedUp(server);
  const mine = (await person.send('GET', '/api/auth/get-session')).body.session;
  expect((await stranger.send('DELETE', `/api/auth/sessions/${mine.id}`)).status).toBe(404);
});

test('a changed password ends the other sessions', async () => {
  const person = await signedUp(server);
  const other = createTestBrowser(server);
  await other.send('POST', '/api/auth/sign-in/email', { email: person.email, password: person.password });
  const change = (currentPassword: string) =>
    person.send('POST', '/api/auth/change-password', { currentPassword, newPassword: 'another horse entirely' });
  expect(await change('wrong')).toMatchObject({ status: 400, body: { error: 'The password is wrong.' } });
  expect((await change(person.password)).status).toBe(200);
  expect((await other.send('GET', '/api/accounts')).status).toBe(401);
  expect((await person.send('GET', '/api/accounts')).status).toBe(200);
});

test('two-factor: enable, sign in with a code or a backup code, disable', async () => {
  const person = await signedUp(server);
  const prepared = await person.send('POST', '/api/auth/two-factor/enable', { password: person.password });
  expect(prepared.status).toBe(200);
  const uri = new URL(prepared.body.totpURI);
  const secret = Buffer.from(decodeBase32(uri.searchParams.get('secret') ?? '')).toString();
  const code = () => createOTP(secret).totp();
  expect((await person.send('POST', '/api/auth/two-factor/verify-totp', { code: '000000' })).status).toBe(401);
  expect((await person.send('POST', '/api/auth/two-factor/verify-totp', { code: await code() })).body.user).toMatchObject({
    two_factor_enabled: true,
  });
  expect((await person.send('POST', '/api/auth/two-factor/enable', { password: person.password })).status).toBe(409);

  const browser = createTestBrowser(server);
  const signIn = () => browser.send('POST', '/api/auth/sign-in/email', { email: person.email, password: person.password });
  expect((await signIn()).body).toEqual({ success: true, twoFactorRedirect: true, user: null });
  expect((await browser.send('GET', '/api/accounts')).status).toBe(401);
  expect((await browser.send('POST', '/api/auth/two-factor/verify-totp', { code: '123456' })).status).toBe(401);
  expect((await browser.send('POST', '/api/auth/two-factor/verify-totp', { code: await code() })).status).toBe(200);
  expect((await browser.send('GET', '/api/accounts')).status).toBe(200);

  await browser.send('POST', '/api/auth/sign-out');
  await signIn();
  const backup = { code: prepared.body.backupCodes[0] };
  expect((await browser.send('POST', '/api/auth/two-factor/verify-backup-code', backup)).status).toBe(200);
  await browser.send('POST', '/api/auth/sign-out');
  await signIn();
  expect((await browser.send('POST', '/api/auth/two-factor/verify-backup-code', backup)).status).toBe(401);

  expect((await person.send('POST', '/api/auth/two-factor/disable', { password: 'wrong' })).status).toBe(400);
  expect((await person.send('POST', '/api/auth/two-factor/disable', { password: person.password })).status).toBe(200);
  expect((await signIn()).body.twoFactorRedirect).toBe(false);
});

test('guessing a password is slowed down, also for who knows it', async () => {
  const person = await signedUp(server);
  const browser = createTestBrowser(server);
  const guess = (password: string) => browser.send('POST', '/api/auth/sign-in/email', { email: person.email, password });
  for (let tries = 0; tries < 10; tries++) expect((await guess(`guess ${tries}`)).status).toBe(401);
  const stopped = await guess(person.password);
  expect(stopped).toMatchObject({ status: 429, body: { success: false } });
  expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0);
});

test('another site cannot use the cookie', async () => {
  const person = await signedUp(server);
  const create = (headers: Record<string, string>) =>
    person.send('POST', '/api/assistants', { accountSlug: person.slug, name: 'A' }, headers);
  expect((await create({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await create({ origin: 'null' })).status).toBe(403);
  expect((await create({})).status).toBe(200);
  const cookie = [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const body = { accountSlug: person.slug, name: 'A' };
  expect((await server.request('POST', '/api/assistants', { body, headers: { cookie } })).status).toBe(403);
  expect((await server.request('POST', '/api/assistants', { body, headers: { cookie, 'x-talkturo-client': 'test' } })).status).toBe(200);
  expect((await person.send('POST', '/api/auth/sign-out', undefined, { origin: 'https://evil.example' })).status).toBe(403);
});

test('a wrong token is not forgiven because of a cookie', async () => {
  const person = await signedUp(server);
  expect((await person.send('GET', '/api/assistants', undefined, { authorization: 'Bearer nonsense' })).status).toBe(401);
});

test('a tampered cookie is nobody', async () => {
  const person = await signedUp(server);
  for (const [name, value] of person.cookies)
    person.cookies.set(
      name,
      value.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    );
  expect((await person.send('GET', '/api/accounts')).status).toBe(401);
});

test('behind https the cookie is Secure; a proxy is believed only when it is named', async () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.7', origin: 'https://phones.example' };
  const addressAt = async (settings: Record<string, string>) => {
    const proxied = await createTestServer({ PUBLIC_URL: 'https://phones.example', ...settings });
    try {
      const browser = createTestBrowser(proxied);
      const wanted = { email: 'a@example.com', password: 'correct horse', name: 'A' };
      const answer = await browser.send('POST', '/api/auth/sign-up/email', wanted, forwarded);
      expect(String(answer.headers['set-cookie'])).toMatch(/^__Secure-.*; Secure/);
      expect(answer.headers['strict-transport-security']).toMatch(/max-age/);
      return (await browser.send('GET', '/api/auth/get-session')).body.session.ip_address;
    } finally {
      await proxied.close();
    }
  };
  expect(await addressAt({})).toBe('127.0.0.1');
  expect(await addressAt({ TALKTURO_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' })).toBe('203.0.113.7');
});

test('with sign-up off only the invited may come', async () => {
  const closed = await createTestServer({ TALKTURO_SIGN_UP: 'off' });
  try {
    const wanted = { email: 'a@example.com', password: 'correct horse', name: 'A' };
    expect((await createTestBrowser(closed).send('POST', '/api/auth/sign-up/email', wanted)).status).toBe(403);
  } finally {
    await closed.close();
  }
});

function decodeBase32(text: string): Uint8Array {
  let bits = '';
  for (const letter of text.replace(/=+$/, '')) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
