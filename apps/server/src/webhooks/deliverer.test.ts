import { type ChildProcess, fork } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { publish } from '../events/publish.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';
import { createDeliverer, type DelivererGround } from './deliverer.ts';
import { LEASE_MS } from './due-deliveries.ts';
import { type Answering, type Receiver, startReceiver } from './testing/receiver.ts';

let server: TestServer;
let tenant: TestTenant;
let receivers: Receiver[];
let time: Date;

beforeEach(async () => {
  server = await createTestServer();
  tenant = await server.tenant();
  receivers = [];
  time = new Date(Date.now() + 1_000);
});
afterEach(async () => {
  for (const receiver of receivers) await receiver.close();
  await server.close();
});

const node = (more: Partial<DelivererGround> = {}) => createDeliverer({ ...server.platform, guard: false, now: () => time, ...more });
const later = (ms: number) => {
  time = new Date(time.getTime() + ms);
};
async function receiver(answer?: Answering): Promise<Receiver> {
  const made = await startReceiver(answer);
  receivers.push(made);
  return made;
}
const subscribe = async (to: Receiver, more: Record<string, unknown> = {}) =>
  (await tenant.post('/api/webhooks', { url: to.url, ...more })).body as { webhook: { id: string }; secret: string };

/** Tells `words` as events of one call and hands them to the deliveries. */
async function tell(callId: string, words: readonly string[], assistantId: string | null = null): Promise<void> {
  for (const cause of words) {
    await publish(server.platform.db, {
      type: 'call.hangup',
      accountId: tenant.accountId,
      assistantId,
      subjectId: callId,
      data: {
        call_id: callId,
        assistant_id: assistantId,
        campaign_id: null,
        contact_id: null,
        direction: 'outbound',
        from_number: '+14155550100',
        to_number: '+14155550101',
        consultation_of: null,
        cause,
        source: 'callee',
      },
    });
  }
  await server.platform.dispatcher.dispatchAll();
  // What the database has just noted is due, however long the telling took.
  time = new Date(Math.max(time.getTime(), Date.now() + 1_000));
}
const words = (of: Receiver) => of.received.map((one) => one.data.cause);
async function settle(deliverer: ReturnType<typeof node>): Promise<void> {
  while ((await deliverer.pump()) > 0) await deliverer.idle();
}

test('a delivery is signed so that receivers can check it', async () => {
  const to = await receiver();
  const { secret } = await subscribe(to);
  await tell('call_1', ['normal']);
  await settle(node({ now: () => new Date(Date.now() + 1_000) }));
  const [got] = to.received;
  expect(JSON.parse(got!.body)).toMatchObject({ id: got!.headers['webhook-id'], type: 'call.hangup', data: { cause: 'normal' } });
  const { public_key } = (await tenant.get('/api/webhooks/public-key')).body;
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(public_key, 'base64').toString('base64url') },
    format: 'jwk',
  });
  const signature = Buffer.from(got!.headers['telnyx-signature-ed25519'] as string, 'base64');
  expect(verify(null, Buffer.from(got!.body), key, signature)).toBe(true);
  expect(new Webhook(secret).verify(got!.body, got!.headers as Record<string, string>)).toBeTruthy();
  expect(got!.headers['user-agent']).toBe('Talkturo-Webhooks/1.0');
});

test('after a rotation both secrets sign, until the overlap is over', async () => {
  const to = await receiver();
  const { webhook, secret: before } = await subscribe(to);
  const { secret: after } = (await tenant.post(`/api/webhooks/${webhook.id}/rotate-secret`, { overlapHours: 1 })).body;
  time = new Date();
  await tell('call_1', ['a']);
  later(1_000);
  await settle(node());
  for (const secret of [before, after])
    expect(new Webhook(secret).verify(to.received[0]!.body, to.received[0]!.headers as Record<string, string>)).toBeTruthy();
  later(3_700_000);
  await tell('call_1', ['b']);
  await settle(node());
  const signatures = (to.received[1]!.headers['webhook-signature'] as string).split(' ').filter((one) => one.startsWith('v1,'));
  expect(signatures.length).toBe(1);
});

test('only what was asked for is sent, and to the assistant’s own as well', async () => {
  const { assistant } = (await tenant.post('/api/assistants', { accountSlug: tenant.slug, name: 'A' })).body;
  const [all, other, own] = [await receiver(), await receiver(), await receiver()];
  await subscribe(all);
  await subscribe(other, { events: ['call.answered'] });
  await subscribe(own, { assistantId: assistant.id });
  await tell('call_1', ['hers'], assistant.id);
  await tell('call_2', ['nobody’s']);
  await settle(node());
  expect([words(all).toSorted(), words(other), words(own)]).toEqual([['hers', 'nobody’s'], [], ['hers']]);
});

test('a failed delivery is tried again later with the same id and the same bytes, and logged', async () => {
  const to = await receiver((_request, response, index) => response.writeHead(index === 0 ? 500 : 200).end(`answer ${index}`));
  const { webhook } = await subscribe(to);
  await tell('call_1', ['normal']);
  await settle(node());
  expect((await tenant.get(`/api/webhooks/${webhook.id}`)).body.webhook.failing_since).toBe(time.toISOString());
  later(4_000);
  await settle(node());
  expect(to.received.length).toBe(1);
  later(2_000);
  await settle(node());
  expect(to.received.length).toBe(2);
  expect(to.received[1]?.body).toBe(to.received[0]?.body);
  const { deliveries, count } = (await tenant.get(`/api/webhooks/${webhook.id}/deliveries`)).body;
  expect(count).toBe(1);
  expect(deliveries[0]).toMatchObject({ status: 'delivered', attempts: 2, type: 'call.hangup', last_status: 200, last_error: null });
  const { delivery } = (await tenant.get(`/api/webhooks/${webhook.id}/deliveries/${deliveries[0].event_id}`)).body;
  expect(delivery.body).toBe(to.received[0]?.body);
  expect(delivery.log).toMatchObject([
    { status: 200, error: null, response: 'answer 1' },
    { status: 500, error: 'It answered 500.', response: 'answer 0' },
  ]);
  expect((await tenant.get(`/api/webhooks/${webhook.id}`)).body.webhook.failing_since).toBeNull();
});

test('it is given up after a day, and can be sent again', async () => {
  let broken = true;
  const to = await receiver((_request, response) => response.writeHead(broken ? 503 : 200).end());
  const { webhook } = await subscribe(to);
  await tell('call_1', ['normal']);
  const deliverer = node();
  for (let hour = 0; hour < 30; hour++) {
    await settle(deliverer);
    later(3_600_000);
  }
  const status = async () => (await tenant.get(`/api/webhooks/${webhook.id}/deliveries`)).body.deliveries[0];
  expect(await status()).toMatchObject({ status: 'failed', next_attempt_at: null });
  const tries = to.received.length;
  expect(tries).toBeGreaterThan(8);
  broken = false;
  const { event_id } = await status();
  time = new Date(Date.now() + 1_000);
  expect((await tenant.post(`/api/webhooks/${webhook.id}/deliveries/${event_id}/resend`)).body.delivery.status).toBe('pending');
  await settle(deliverer);
  expect(await status()).toMatchObject({ status: 'delivered' });
  expect(to.received.at(-1)?.headers['webhook-id']).toBe(event_id);
  expect(to.received.length).toBe(tries + 1);
});

test('events of a call come in order, also when one needs a second try', async () => {
  const failing = new Set(['b']);
  const to = await receiver((request, response) => response.writeHead(failing.delete(request.data.cause as string) ? 500 : 200).end());
  await subscribe(to);
  await tell('call_1', ['a', 'b', 'c', 'd']);
  await tell('call_2', ['other']);
  const deliverer = node();
  await settle(deliverer);
  expect(words(to).filter((word) => word !== 'other')).toEqual(['a', 'b']);
  expect(words(to)).toContain('other');
  later(6_000);
  await settle(deliverer);
  expect(words(to).filter((word) => word !== 'other')).toEqual(['a', 'b', 'b', 'c', 'd']);
});

test('an event a receiver chokes on silences its call for half a minute, not for a day', async () => {
  const to = await receiver((request, response) => response.writeHead(request.data.cause === 'bad' ? 500 : 200).end());
  await subscribe(to);
  await tell('call_1', ['bad', 'next']);
  const deliverer = node();
  for (const wait of [0, 6_000, 35_000]) {
    expect(words(to)).not.toContain('next');
    later(wait);
    await settle(deliverer);
  }
  expect(words(to)).toEqual(['bad', 'bad', 'bad', 'next']);
});

test('a dead receiver does not slow another', async () => {
  const dead = await receiver(() => {});
  const alive = await receiver();
  await subscribe(dead);
  await subscribe(alive);
  for (let i = 0; i < 30; i++) await tell(`call_${i}`, [String(i)]);
  const deliverer = node();
  const pumps = [deliverer.pump()];
  deliverer.whenFree(() => void pumps.push(deliverer.pump()));
  await alive.has(30);
  expect(dead.received.length).toBeLessThanOrEqual(4);
  await dead.close();
  receivers.splice(receivers.indexOf(dead), 1);
  await deliverer.idle();
  deliverer.whenFree(() => {});
  await Promise.all(pumps);
});

test('410 switches the webhook off; switching it on again clears the reason', async () => {
  const to = await receiver((_request, response) => response.writeHead(410).end());
  const { webhook } = await subscribe(to);
  await tell('call_1', ['a', 'b']);
  await settle(node());
  later(60_000);
  await settle(node());
  expect(to.received.length).toBe(1);
  expect((await tenant.get(`/api/webhooks/${webhook.id}`)).body.webhook).toMatchObject({
    enabled: false,
    disabled_reason: 'It answered 410 Gone.',
  });
  const on = await tenant.patch(`/api/webhooks/${webhook.id}`, { enabled: true });
  expect(on.body.webhook).toMatchObject({ enabled: true, disabled_reason: null, failing_since: null });
});

test('what a node had in hand when it died is sent by another', async () => {
  const to = await receiver();
  await subscribe(to);
  await tell('call_1', ['a']);
  const dying = node({ send: () => new Promise(() => {}) });
  expect(await dying.pump()).toBe(1);
  const other = node();
  await settle(other);
  expect(to.received.length).toBe(0);
  later(LEASE_MS + 1);
  await settle(other);
  expect(words(to)).toEqual(['a']);
});

test('kill -9 in the middle of a delivery loses nothing', async () => {
  let sender: ChildProcess | undefined;
  const to = await receiver((_request, response, index) => {
    if (index === 0) sender?.kill('SIGKILL');
    else response.end();
  });
  await subscribe(to);
  await tell('call_1', ['a']);
  const secret = server.platform.config.TALKTURO_SECRET!;
  sender = fork(path.join(import.meta.dirname, 'testing/deliver-process.ts'), [server.databaseUrl, secret], { execArgv: [] });
  const [, signal] = await once(sender, 'exit');
  expect(signal).toBe('SIGKILL');
  time = new Date(Date.now() + LEASE_MS + 1_000);
  await settle(node());
  expect(words(to)).toEqual(['a', 'a']);
  expect(to.received[1]?.headers['webhook-id']).toBe(to.received[0]?.headers['webhook-id']);
});

test('several nodes at once send nothing twice', async () => {
  const to = await receiver();
  await subscribe(to);
  for (let i = 0; i < 40; i++) await tell(`call_${i}`, [String(i)]);
  const nodes = [node(), node(), node()];
  await Promise.all(nodes.map(settle));
  while (to.received.length < 40) await Promise.all(nodes.map(settle));
  expect(new Set(words(to)).size).toBe(40);
  expect(to.received.length).toBe(40);
});

test('a test event is a real delivery, at once', async () => {
  const to = await receiver();
  const { webhook, secret } = await subscribe(to, { events: ['call.answered'] });
  const { delivery } = (await tenant.post(`/api/webhooks/${webhook.id}/test`)).body;
  expect(delivery).toMatchObject({ type: 'webhook.test', status: 'delivered', attempts: 1, last_status: 200 });
  expect(delivery.log).toMatchObject([{ status: 200, response: 'thanks' }]);
  expect(to.received[0]).toMatchObject({ type: 'webhook.test', data: { endpoint_id: webhook.id } });
  expect(new Webhook(secret).verify(to.received[0]!.body, to.received[0]!.headers as Record<string, string>)).toBeTruthy();
  await server.platform.dispatcher.dispatchAll();
  await settle(node());
  expect(to.received.length).toBe(1);
});
