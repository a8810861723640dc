import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestBrowser, signedUp } from '../testing/test-browser.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

type Person = Awaited<ReturnType<typeof signedUp>>;

/** A new person who joined `owner`'s workspace by invitation. */
async function joined(owner: Person, role: string, email: string): Promise<Person> {
  const invited = await owner.send('POST', '/api/invitations', { email, role });
  expect(invited.status).toBe(200);
  const invitationToken = invited.body.url.split('/').at(-1);
  return signedUp(server, { email, name: role, invitationToken });
}

test('an invitation brings a person into the workspace, once', async () => {
  const owner = await signedUp(server, { workspaceName: 'Inviting' });
  const invited = await owner.send('POST', '/api/invitations', { email: 'Guest@example.com', role: 'admin' });
  expect(invited.body).toMatchObject({
    success: true,
    invitation: { email: 'guest@example.com', role: 'admin', invited_by: owner.userId },
  });
  const token = invited.body.url.split('/invitation/')[1];
  const browser = createTestBrowser(server);
  expect((await browser.send('POST', '/api/invitations/read', { token })).body.invitation).toMatchObject({ account_name: 'Inviting' });
  expect((await browser.send('POST', '/api/invitations/read', { token: 'nonsense' })).status).toBe(404);
  const other = { email: 'other@example.com', password: 'correct horse', name: 'O', invitationToken: token };
  expect((await browser.send('POST', '/api/auth/sign-up/email', other)).status).toBe(403);

  const guest = await signedUp(server, { email: 'guest@example.com', invitationToken: token });
  expect(guest.slug).toBe('inviting');
  expect((await owner.send('GET', '/api/invitations')).body.invitations).toEqual([]);
  expect((await guest.send('POST', '/api/invitations/accept', { token })).status).toBe(404);
  expect((await owner.send('POST', '/api/invitations', { email: 'guest@example.com' })).status).toBe(409);
  expect((await owner.send('GET', '/api/members')).body.members).toMatchObject([
    { role: 'owner' },
    { role: 'admin', email: 'guest@example.com' },
  ]);
});

test('somebody who has an account accepts with it, and then says which workspace is meant', async () => {
  const owner = await signedUp(server, { workspaceName: 'First Place' });
  const guest = await signedUp(server, { workspaceName: 'Own Place' });
  const { body } = await owner.send('POST', '/api/invitations', { email: guest.email });
  const token = body.url.split('/').at(-1);
  const stranger = await signedUp(server);
  expect((await stranger.send('POST', '/api/invitations/accept', { token })).status).toBe(403);
  expect((await guest.send('POST', '/api/invitations/accept', { token })).body.account).toMatchObject({
    slug: 'first-place',
    role: 'member',
  });
  expect((await guest.send('GET', '/api/accounts')).body.accounts).toHaveLength(2);
  expect(await guest.send('GET', '/api/assistants')).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('x-account-slug') },
  });
  const named = (slug: string) => guest.send('GET', '/api/members', undefined, { 'x-account-slug': slug });
  expect((await named('first-place')).body.members).toHaveLength(2);
  expect((await named('own-place')).body.members).toHaveLength(1);
  expect((await named(stranger.slug)).status).toBe(403);
  expect((await named('no-such-place')).status).toBe(403);
  expect((await guest.send('GET', '/api/members?accountSlug=own-place', undefined, { 'x-account-slug': 'first-place' })).status).toBe(403);
  const made = await guest.send('POST', '/api/assistants', { accountSlug: 'first-place', name: 'Shared' });
  expect((await owner.send('GET', `/api/assistants/${made.body.assistant.id}`)).status).toBe(200);
  expect((await guest.send('GET', `/api/assistants/${made.body.assistant.id}?accountSlug=own-place`)).status).toBe(403);
});

test('a member uses the product and manages nothing', async () => {
  const owner = await signedUp(server);
  const member = await joined(owner, 'member', 'plain@example.com');
  expect((await member.send('GET', '/api/assistants')).status).toBe(200);
  for (const [method, url, body] of [
    ['GET', '/api/api-keys'],
    ['POST', '/api/api-keys', { name: 'x' }],
    ['GET', '/api/audit-log'],
    ['POST', '/api/invitations', { email: 'x@example.com' }],
    ['PATCH', `/api/members/${owner.userId}`, { role: 'member' }],
    ['DELETE', `/api/members/${owner.userId}`],
    ['PATCH', '/api/account', { name: 'x' }],
  ] as const) {
    expect([method, url, (await member.send(method, url, body)).status]).toEqual([method, url, 403]);
  }
});

test('only owners make owners, and one always stays', async () => {
  const owner = await signedUp(server);
  const admin = await joined(owner, 'admin', 'admin@example.com');
  const role = (as: Person, whom: Person, to: string) => as.send('PATCH', `/api/members/${whom.userId}`, { role: to });
  expect((await role(admin, admin, 'owner')).status).toBe(403);
  expect((await role(admin, owner, 'member')).status).toBe(403);
  expect((await admin.send('POST', '/api/invitations', { email: 'y@example.com', role: 'owner' })).status).toBe(403);
  expect((await admin.send('DELETE', `/api/members/${owner.userId}`)).status).toBe(403);
  expect((await role(owner, owner, 'admin')).status).toBe(409);
  expect((await owner.send('DELETE', `/api/members/${owner.userId}`)).status).toBe(409);
  expect((await role(owner, admin, 'owner')).body.member).toMatchObject({ role: 'owner' });
  await expect.poll(async () => (await role(admin, owner, 'member')).status).toBe(200);
  await expect.poll(async () => (await owner.send('GET', '/api/api-keys')).status).toBe(403);
});

test('of two owners who unmake each other at once one stays', async () => {
  const one = await signedUp(server);
  const two = await joined(one, 'admin', 'two@example.com');
  await one.send('PATCH', `/api/members/${two.userId}`, { role: 'owner' });
  const both = await Promise.all([
    one.send('PATCH', `/api/members/${two.userId}`, { role: 'member' }),
    two.send('PATCH', `/api/members/${one.userId}`, { role: 'member' }),
  ]);
  expect(both.map((answer) => answer.status).sort()).not.toEqual([200, 200]);
  const members = [...((await one.send('GET', '/api/members')).body.members as { role: string }[])];
  expect(members.filter((member) => member.role === 'owner').length).toBeGreaterThan(0);
});

test('who was removed is out at once; who wants to go may', async () => {
  const owner = await signedUp(server);
  const removed = await joined(owner, 'member', 'removed@example.com');
  const leaving = await joined(owner, 'member', 'leaving@example.com');
  expect((await removed.send('GET', '/api/assistants')).status).toBe(200);
  expect((await owner.send('DELETE', `/api/members/${removed.userId}`)).status).toBe(200);
  await expect.poll(async () => (await removed.send('GET', `/api/assistants?accountSlug=${owner.slug}`)).status).toBe(403);
  expect((await leaving.send('DELETE', `/api/members/${leaving.userId}`)).status).toBe(200);
  expect((await owner.send('GET', '/api/members')).body.members).toHaveLength(1);
});

test('another workspace’s members and invitations are out of reach', async () => {
  const mine = await signedUp(server);
  const other = await signedUp(server);
  const { body } = await other.send('POST', '/api/invitations', { email: 'z@example.com' });
  expect((await mine.send('DELETE', `/api/invitations/${body.invitation.id}`)).status).toBe(403);
  expect((await mine.send('PATCH', `/api/members/${other.userId}`, { role: 'member' })).status).toBe(403);
  expect((await mine.send('DELETE', '/api/members/usr_01jh9y1v5kfk8r7c6t2n4m3p0q')).status).toBe(404);
  expect((await mine.send('DELETE', '/api/invitations/inv_01jh9y1v5kfk8r7c6t2n4m3p0q')).status).toBe(404);
  expect((await other.send('DELETE', `/api/invitations/${body.invitation.id}`)).status).toBe(200);
});

test('the audit log says who changed what', async () => {
  const owner = await signedUp(server, { workspaceName: 'Audited', name: 'Grace' });
  const { assistant } = (await owner.send('POST', '/api/assistants', { accountSlug: 'audited', name: 'One' })).body;
  const { fullKey, apiKey } = (await owner.send('POST', '/api/api-keys', { name: 'robot' })).body;
  await server.request('PATCH', `/api/assistants/${assistant.id}`, {
    body: { accountSlug: 'audited', name: 'Two', system_prompt: 'x'.repeat(5000) },
    headers: { authorization: `Bearer ${fullKey}` },
  });
  await owner.send('PATCH', '/api/account', { name: 'Renamed' });
  const { entries, count } = (await owner.send('GET', '/api/audit-log')).body;
  expect(entries.map((entry: { action: string }) => entry.action)).toEqual([
    'account.updated',
    'assistant.updated',
    'api_key.created',
    'assistant.created',
    'account.created',
  ]);
  expect(count).toBe(5);
  expect(entries[1]).toMatchObject({
    target: assistant.id,
    api_key_id: apiKey.id,
    user_name: 'Grace',
    changes: { name: { from: 'One', to: 'Two' } },
  });
  expect(JSON.stringify(entries)).not.toContain(fullKey);
  expect(JSON.stringify(entries[1]).length).toBeLessThan(2000);
  expect((await owner.send('GET', `/api/audit-log?action=assistant.updated&target=${assistant.id}&limit=1`)).body.count).toBe(1);
  expect((await owner.send('GET', '/api/audit-log?since=2999-01-01T00:00:00Z')).body.entries).toEqual([]);
  const other = await signedUp(server);
  expect((await other.send('GET', '/api/audit-log')).body.count).toBe(1);
});
