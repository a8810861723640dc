import { type Operation, openApiDocument } from '@talkturo/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeResources, type Resources } from '../../testing/resources.ts';
import { signedUp } from '../../testing/test-browser.ts';
import { createTestServer, type TestAnswer, type TestServer, type TestTenant } from '../../testing/test-server.ts';
import { exampleRequest } from './curl.ts';

/** What cannot be run as it stands in the reference, and where it is tested instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  placeCall: 'needs a listening node (calls)',
  testAssistantCall: 'needs a listening node (calls)',
  startNetworkCall: 'needs a listening node (calls)',
  transferCall: 'needs a call in progress (calls)',
  sendCallDigits: 'needs a call in progress (calls)',
  startWebCall: 'needs the speech models (calls)',
  streamAssistantChat: 'a stream (calls)',
  getCallRecording: 'needs a recorded call (calls)',
  followCall: 'a stream (calls)',
  followCampaign: 'a stream (campaigns)',
  previewVoice: 'needs the speech models (integrations)',
  setUpTelnyx: 'goes out to the network (own Telnyx)',
  setUpTwilio: 'goes out to the network (own Twilio)',
  checkProvider: 'goes out to the network (integrations)',
  testWebhook: 'goes out to the network (webhooks)',
  getDelivery: 'needs a delivery (webhooks)',
  resendDelivery: 'needs a delivery (webhooks)',
  verifyTotp: 'needs the code of this half minute (sign-in)',
  verifyBackupCode: 'needs a code that was given (sign-in)',
  renewBackupCodes: 'needs two-factor sign-in (sign-in)',
  disableTwoFactor: 'needs two-factor sign-in (sign-in)',
  readInvitation: 'needs a link that was given (members)',
  acceptInvitation: 'needs a link that was given (members)',
  deleteCompany: 'needs a company without contacts (companies)',
  revokeSession: 'needs another session (sign-in)',
};

/** What takes away something others need; it gets a workspace of its own. */
const takesAway = (method: string, name: string): boolean =>
  method === 'delete' || ['changePassword', 'enableTwoFactor', 'signOut', 'eraseContact', 'runCampaign'].includes(name);

/** Fields that hold whatever the workspace or the change put there. */
const FREE = new Set(['changes', 'custom_fields']);

const document = openApiDocument('http://localhost');
const ALL = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation, name: operation.operationId })),
);

interface World {
  tenant: TestTenant;
  owner: Awaited<ReturnType<typeof signedUp>>;
  resources: Resources;
}

let server: TestServer;
let shared: World;
beforeAll(async () => {
  server = await createTestServer();
  shared = await world();
});
afterAll(() => server.close());

async function world(): Promise<World> {
  const owner = await signedUp(server);
  const tenant = await server.tenantOf(owner.slug);
  return { owner, tenant, resources: await makeResources(server, tenant, owner) };
}

/** Sends what the reference shows, with this workspace's ids in the places of the shown ones. */
async function run(method: string, path: string, operation: Operation, { owner, tenant, resources }: World): Promise<TestAnswer> {
  const request = exampleRequest(method, path, operation);
  const byPrefix = Object.fromEntries(Object.values(resources).map((id) => [id.split('_')[0], id]));
  const real = (text: string) =>
    text
      .replace(/\b([a-z]+)_01jh9y1v5kfk8r7c6t2n4m3p0q/g, (shown, prefix: string) =>
        prefix === 'team' ? tenant.teamId : (byPrefix[prefix] ?? shown),
      )
      .replaceAll('my-team', tenant.slug);
  const body = request.body === undefined ? undefined : JSON.parse(real(JSON.stringify(request.body)));
  const url = real(request.path);
  if ('authorization' in request.headers) {
    return server.request(request.method, url, { body, headers: { authorization: `Bearer ${tenant.key}` } });
  }
  return owner.send(request.method, url, body, 'x-talkturo-client' in request.headers ? { 'x-account-slug': tenant.slug } : {});
}

describe('the request the reference shows is answered as it shows', () => {
  test.each(ALL.filter(({ name }) => !(name in ELSEWHERE)))('$name', async ({ method, path, operation, name }) => {
    const answer = await run(method, path, operation, takesAway(method, name) ? await world() : shared);
    expect({ status: answer.status, error: answer.body?.error }).toEqual({ status: 200, error: undefined });
    const success = operation.responses['200'];
    const shown = success && 'content' in success ? success.content?.['application/json']?.example : undefined;
    if (shown !== undefined) expect(differences(shown, answer.body, '')).toEqual([]);
  });

  test('what is tested elsewhere exists', () => {
    const names = ALL.map(({ name }) => name);
    for (const name of Object.keys(ELSEWHERE)) expect(names).toContain(name);
  });
});

/** Where an answer has other fields, or fields of another kind, than the shown one. What is null or empty on either side says nothing. */
function differences(shown: unknown, got: unknown, at: string): string[] {
  if (shown === null || got === null || got === undefined) return got === undefined ? [`${at} is missing`] : [];
  if (Array.isArray(shown)) {
    if (!Array.isArray(got)) return [`${at} is no list`];
    return shown.length > 0 && got.length > 0 ? differences(shown[0], got[0], `${at}[]`) : [];
  }
  if (typeof shown !== 'object') return typeof shown === typeof got ? [] : [`${at} is ${typeof got}, not ${typeof shown}`];
  const [fields, gotten] = [shown as Record<string, unknown>, got as Record<string, unknown>];
  const unexpected = Object.keys(gotten).filter((name) => !(name in fields) && Object.keys(fields).length > 0);
  return [
    ...unexpected.map((name) => `${at}.${name} is not shown`),
    ...Object.keys(fields)
      .filter((name) => !FREE.has(name))
      .flatMap((name) => differences(fields[name], gotten[name], `${at}.${name}`)),
  ];
}
