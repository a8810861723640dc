import { generateKeyPairSync, sign } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createScriptedListener, type ScriptedListener } from '../testing/scripted-listener.ts';
import { createTelnyxApi } from './telnyx-api.ts';
import { createTelnyxCarrier } from './telnyx-carrier.ts';

const NOW = 1_767_323_045_000;
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const raw = (key: typeof publicKey) => key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');

let listener: ScriptedListener;
let warnings: string[];
let carrier: ReturnType<typeof createTelnyxCarrier>;

beforeEach(() => {
  listener = createScriptedListener();
  warnings = [];
  carrier = createTelnyxCarrier({
    api: createTelnyxApi({ apiKey: 'KEY', apiUrl: 'http://127.0.0.1:9/v2' }),
    listener,
    connectionId: '1',
    publicKey: raw(publicKey),
    secret: 'the secret of an installation, long enough',
    publicUrl: () => 'https://voice.example.com',
    now: () => NOW,
    warn: (message) => warnings.push(message),
  });
});

const event = (type: string, payload: object = {}, id = 'evt-1') => ({
  data: {
    record_type: 'event',
    event_type: type,
    id,
    occurred_at: '2026-01-02T03:04:05.678901Z',
    payload: { call_control_id: 'v3:1', ...payload },
  },
  meta: { attempt: 1, delivered_to: 'https://voice.example.com/webhooks/telnyx' },
});
const headersFor = (body: Buffer, seconds = NOW / 1000, key = privateKey) => ({
  'telnyx-timestamp': String(seconds),
  'telnyx-signature-ed25519': sign(null, Buffer.concat([Buffer.from(`${seconds}|`), body]), key).toString('base64'),
});
const deliver = (json: unknown, seconds?: number) => {
  const body = Buffer.from(typeof json === 'string' ? json : JSON.stringify(json));
  return carrier.webhook.receive(headersFor(body, seconds), body, '/webhooks/telnyx');
};

describe('signature', () => {
  const body = Buffer.from(JSON.stringify(event('call.answered')));

  it('lets in what Telnyx signed in the last 300 s, either way', async () => {
    for (const seconds of [0, -300, 300])
      expect(await carrier.webhook.receive(headersFor(body, NOW / 1000 + seconds), body, '/webhooks/telnyx')).toBe(200);
  });

  const other = generateKeyPairSync('ed25519').privateKey;
  it.each([
    ['nothing', {}],
    ['another key', headersFor(body, NOW / 1000, other)],
    ['an old signature', headersFor(body, NOW / 1000 - 301)],
    ['one from the future', headersFor(body, NOW / 1000 + 301)],
    ['a time that was not signed', { ...headersFor(body), 'telnyx-timestamp': String(NOW / 1000 - 1) }],
    ['no time', { 'telnyx-signature-ed25519': headersFor(body)['telnyx-signature-ed25519'] }],
    ['a time that is none', { ...headersFor(body), 'telnyx-timestamp': 'now' }],
    ['a signature that is none', { ...headersFor(body), 'telnyx-signature-ed25519': '%%%' }],
    ['a signature of another body', headersFor(Buffer.from('{}'))],
  ])('keeps out %s', async (_what, headers) => {
    expect(await carrier.webhook.receive(headers, body, '/webhooks/telnyx')).toBe(401);
    expect(listener.reports).toEqual([]);
    expect(warnings).toEqual(['a webhook without a valid signature of Telnyx was refused']);
  });
});

describe('events', () => {
  const told = () => listener.reports.flatMap((report) => (report.kind === 'event' ? [report.event] : []));

  it('are told once, however often they are delivered', async () => {
    for (let i = 0; i < 3; i++) expect(await deliver(event('call.answered'))).toBe(200);
    expect(listener.reports).toMatchObject([{ kind: 'event', ref: 'v3:1', eventId: 'evt-1', event: { type: 'answered' } }]);
  });

  it('carry our id where we gave one, and from then on', async () => {
    const client_state = Buffer.from('["call_7","cmd"]').toString('base64');
    await deliver(event('call.initiated', { direction: 'outgoing', client_state }, 'a'));
    await deliver(event('call.answered', { client_state: null }, 'b'));
    await deliver(event('call.answered', { call_control_id: 'v3:2', client_state: 'bm90IG91cnM=' }, 'c'));
    expect(listener.reports.map((report) => report.kind === 'event' && report.callId)).toEqual(['call_7', 'call_7', null]);
  });

  it.each([
    ['normal_clearing', 'normal'],
    ['originator_cancel', 'cancelled'],
    ['user_busy', 'busy'],
    ['call_rejected', 'declined'],
    ['not_found', 'invalid_number'],
    ['no_answer', 'no_answer'],
    ['timeout', 'no_answer'],
    ['time_limit', 'time_limit'],
    ['unspecified', 'carrier_error'],
    ['something_new', 'carrier_error'],
  ])('say why a call ended: %s', async (hangup_cause, cause) => {
    await deliver(event('call.hangup', { hangup_cause, hangup_source: 'callee', sip_hangup_cause: '503' }));
    expect(told()).toEqual([{ type: 'hangup', cause, source: 'callee' }]);
  });

  it.each([
    ['that we dialled and nobody answered', ['call.initiated'], 'callee', 'no_answer'],
    ['that we dialled and whose answer is known', ['call.initiated', 'call.answered'], 'callee', 'normal'],
    ['that our side ended, as another node knows', ['call.initiated'], 'caller', 'normal'],
  ])('say how a call ended normally %s', async (_what, before, hangup_source, cause) => {
    const client_state = Buffer.from('["call_7","cmd"]').toString('base64');
    for (const type of before) await deliver(event(type, { client_state, direction: 'outgoing' }, type));
    await deliver(event('call.hangup', { client_state, hangup_cause: 'normal_clearing', hangup_source }, 'end'));
    expect(told().at(-1)).toEqual({ type: 'hangup', cause, source: hangup_source });
  });

  it.each([
    ['call.machine.detection.ended', 'human', 'human'],
    ['call.machine.detection.ended', 'machine', 'machine'],
    ['call.machine.detection.ended', 'not_sure', 'unknown'],
    ['call.machine.premium.detection.ended', 'human_business', 'human'],
    ['call.machine.premium.detection.ended', 'fax_detected', 'machine'],
    ['call.machine.premium.detection.ended', 'silence', 'unknown'],
  ])('say who answered: %s %s', async (type, result, who) => {
    await deliver(event(type, { result }));
    expect(told()).toEqual([{ type: 'machine-detection', result: who }]);
  });

  it('take a beep without a detection for a machine, as premium detection reports it', async () => {
    await deliver(event('call.machine.premium.greeting.ended', { result: 'beep_detected' }));
    expect(told()).toEqual([
      { type: 'machine-detection', result: 'machine' },
      { type: 'greeting-ended', beep: true },
    ]);
    const ids = listener.reports.map((report) => report.kind === 'event' && report.eventId);
    expect(new Set(ids).size).toBe(2);
  });

  it('bring callers', async () => {
    await deliver(event('call.initiated', { direction: 'incoming', state: 'parked', from: '+12025550143', to: '+14155550101' }));
    expect(listener.reports).toEqual([{ kind: 'incoming', ref: 'v3:1', call: { ref: 'v3:1', from: '+12025550143', to: '+14155550101' } }]);
  });

  it('that a socket could not be opened end no call that talks with somebody else by now', async () => {
    await deliver(event('call.bridged', {}, 'a'));
    await deliver(event('streaming.failed', { failure_reason: 'connection_failed' }, 'b'));
    expect(told()).toEqual([{ type: 'transferred' }]);
    expect(warnings).toEqual([]);
  });

  it('that are known and mean nothing are taken silently; others are told to the operator', async () => {
    for (const type of ['call.cost', 'streaming.started', 'call.dtmf.received']) expect(await deliver(event(type, {}, type))).toBe(200);
    expect(warnings).toEqual([]);
    expect(await deliver(event('call.teleported', {}, 'new'))).toBe(200);
    expect(warnings).toEqual(['Telnyx reported an event that is not known']);
    expect(listener.reports).toEqual([]);
  });

  it.each(['', 'null', '[]', '{"data":{}}', '{"data":{"id":1,"event_type":"call.answered","payload":{}}}', 'event_type=call_answered'])(
    'of another form get 400: %j',
    async (body) => {
      expect(await deliver(body)).toBe(400);
      expect(listener.reports).toEqual([]);
    },
  );
});
