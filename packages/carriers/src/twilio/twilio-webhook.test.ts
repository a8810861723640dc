import { createHandClock, type HandClock } from '@talkturo/voice/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WebhookAnswer } from '../carrier.ts';
import { createScriptedListener, type ScriptedListener } from '../testing/scripted-listener.ts';
import { createTwilioApi } from './twilio-api.ts';
import { createTwilioCarrier } from './twilio-carrier.ts';
import { signatureOf } from './twilio-signature.ts';

const PUBLIC = 'https://voice.example.com';
const TOKEN = 'fedcba9876543210fedcba9876543210';
const CALL = `CA${'1'.repeat(32)}`;
const OURS = '/webhooks/twilio?about=status&call=call_7&command=cmd&limit=60';

let listener: ScriptedListener;
let warnings: string[];
let clock: HandClock;
let carrier: ReturnType<typeof createTwilioCarrier>;

beforeEach(() => {
  listener = createScriptedListener();
  warnings = [];
  clock = createHandClock();
  carrier = createTwilioCarrier({
    api: createTwilioApi({ accountSid: 'AC', authToken: TOKEN, apiUrl: 'http://127.0.0.1:9', pricingUrl: 'http://127.0.0.1:9' }),
    listener,
    authToken: TOKEN,
    secret: 'the secret of an installation, long enough',
    publicUrl: () => PUBLIC,
    clock,
    warn: (message) => warnings.push(message),
  });
});

type Fields = Record<string, string>;
const headersFor = (url: string, form: URLSearchParams) => ({
  'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
  'x-twilio-signature': signatureOf(TOKEN, PUBLIC + url, form),
});
function deliver(url: string, fields: Fields, headers: Fields = {}): Promise<WebhookAnswer> {
  const form = new URLSearchParams({ CallSid: CALL, ...fields });
  return carrier.webhook.receive({ ...headersFor(url, form), ...headers }, Buffer.from(form.toString()), url);
}
const status = (CallStatus: string, more: Fields = {}, url = OURS) => deliver(url, { CallStatus, ...more });
const told = () => listener.reports.flatMap((report) => (report.kind === 'event' ? [report.event] : []));

describe('a webhook', () => {
  it.each([
    ['without a signature', { 'x-twilio-signature': '' }],
    ['with another’s signature', { 'x-twilio-signature': signatureOf('another', PUBLIC + OURS) }],
    ['with the signature of another address', { 'x-twilio-signature': signatureOf(TOKEN, `${PUBLIC}/webhooks/twilio`) }],
  ])('%s is kept out', async (_what, headers) => {
    expect(await deliver(OURS, { CallStatus: 'completed' }, headers)).toBe(401);
    expect(listener.reports).toEqual([]);
    expect(warnings).toEqual(['a webhook without a valid signature of Twilio was refused']);
  });

  it.each([
    ['/webhooks/twilio?about=weather', {}],
    [`/webhooks/twilio?about=status&call=${'c'.repeat(65)}`, {}],
    [`/webhooks/twilio?about=status&call=call_7&command=${'c'.repeat(65)}`, {}],
    ['/webhooks/twilio?about=transfer&call=call_7&command=cmd&of=call_7', {}],
    [OURS, { 'content-type': 'application/json' }],
  ])('of an unknown form gets 400: %s', async (url, headers: Fields) => {
    expect(await deliver(url, { CallStatus: 'completed' }, headers)).toBe(400);
    expect(listener.reports).toEqual([]);
  });

  const nameless: Fields[] = [{}, { CallSid: 'CA1' }, { CallSid: CALL.repeat(1000) }];
  it.each(nameless)('of no call gets 400: %#', async (about) => {
    const form = new URLSearchParams({ CallStatus: 'ringing', ...about });
    expect(await carrier.webhook.receive(headersFor(OURS, form), Buffer.from(form.toString()), OURS)).toBe(400);
  });

  it('longer than any callback is not even looked at', async () => {
    expect(await status('ringing', { More: 'x'.repeat(64 * 1024) })).toBe(413);
    expect(listener.reports).toEqual([]);
  });

  it('with a status that is not known is told to the operator', async () => {
    expect(await status('teleported')).toBe(204);
    expect(warnings).toEqual(['Twilio reported a status that is not known']);
  });
});

describe('the course of a call', () => {
  it('is told once, with our id, however often it is delivered', async () => {
    for (const one of ['initiated', 'ringing', 'ringing', 'in-progress', 'ringing', 'in-progress']) expect(await status(one)).toBe(204);
    expect(listener.reports).toMatchObject([
      { ref: CALL, callId: 'call_7', eventId: `${CALL}.ringing`, event: { type: 'ringing' } },
      { ref: CALL, callId: 'call_7', eventId: `${CALL}.answered`, event: { type: 'answered' } },
    ]);
  });

  it('is told in order where callbacks overtake each other: nobody hears of an end before the answer', async () => {
    await status('completed', { CallDuration: '12', SequenceNumber: '3' });
    await status('in-progress', { SequenceNumber: '2' });
    await status('ringing', { SequenceNumber: '1' });
    expect(told()).toEqual([{ type: 'ringing' }, { type: 'answered' }, { type: 'hangup', cause: 'normal', source: 'callee' }]);
  });

  it('is over by the limit that we set when it lasted so long', async () => {
    await status('in-progress');
    await status('completed', { CallDuration: '60' });
    expect(told().at(-1)).toEqual({ type: 'hangup', cause: 'time_limit', source: 'unknown' });
  });

  it.each([
    ['busy', '486', 'busy'],
    ['busy', '603', 'declined'],
    ['no-answer', '603', 'declined'],
    ['failed', '608', 'declined'],
    ['no-answer', '487', 'no_answer'],
    ['no-answer', '', 'no_answer'],
    ['canceled', '487', 'cancelled'],
    ['failed', '404', 'invalid_number'],
    ['failed', '484', 'invalid_number'],
    ['failed', '604', 'invalid_number'],
    ['failed', '503', 'carrier_error'],
    ['failed', '', 'carrier_error'],
  ])('says why it was never answered: %s, SIP %s', async (callStatus, SipResponseCode, cause) => {
    await status(callStatus, { SipResponseCode });
    expect(told()).toMatchObject([{ type: 'hangup', cause }]);
  });

  it.each([
    ['human', [{ type: 'machine-detection', result: 'human' }]],
    ['fax', [{ type: 'machine-detection', result: 'machine' }]],
    ['machine_start', [{ type: 'machine-detection', result: 'machine' }]],
    ['unknown', [{ type: 'machine-detection', result: 'unknown' }]],
    [
      'machine_end_beep',
      [
        { type: 'machine-detection', result: 'machine' },
        { type: 'greeting-ended', beep: true },
      ],
    ],
    [
      'machine_end_silence',
      [
        { type: 'machine-detection', result: 'machine' },
        { type: 'greeting-ended', beep: false },
      ],
    ],
    [
      'machine_end_other',
      [
        { type: 'machine-detection', result: 'machine' },
        { type: 'greeting-ended', beep: false },
      ],
    ],
  ])('says who answered, once: %s', async (AnsweredBy, events) => {
    const url = '/webhooks/twilio?about=detection&call=call_7&command=cmd';
    for (let i = 0; i < 2; i++) expect(await deliver(url, { AnsweredBy })).toBe(204);
    expect(told()).toEqual(events);
    const ids = listener.reports.map((report) => report.kind === 'event' && report.eventId);
    expect(new Set(ids).size).toBe(events.length);
  });

  it('of a stream is nothing new unless it failed', async () => {
    const url = '/webhooks/twilio?about=stream';
    for (const StreamEvent of ['stream-started', 'stream-stopped']) expect(await deliver(url, { StreamEvent })).toBe(204);
    expect(warnings).toEqual([]);
    await deliver(url, { StreamEvent: 'stream-error', StreamError: '31920' });
    expect(warnings).toEqual(['Twilio could not stream the sound of a call; it is ended']);
  });
});

describe('a question about a caller', () => {
  const asked = (fields: Fields = {}) =>
    deliver('/webhooks/twilio', { From: '+12025550143', To: '+14155550101', CallStatus: 'ringing', Direction: 'inbound', ...fields });

  it('waits for our decision', async () => {
    const answer = asked();
    expect((await listener.next('incoming')).call).toEqual({ ref: CALL, from: '+12025550143', to: '+14155550101' });
    await carrier.reject({ carrier: 'twilio', ref: CALL }, 'declined');
    expect(await answer).toMatchObject({ status: 200, type: 'text/xml', body: expect.stringContaining('<Reject reason="rejected"/>') });
  });

  it('tells of a caller no more than a record can hold', async () => {
    void asked({ From: `sip:\0${'x'.repeat(1000)}` });
    expect((await listener.next('incoming')).call.from).toBe(`sip:${'x'.repeat(252)}`);
    await carrier.reject({ carrier: 'twilio', ref: CALL }, 'busy');
  });

  it('is answered before Twilio loses patience, when nothing was decided', async () => {
    const answer = asked();
    await listener.next('incoming');
    await clock.advance(12_000);
    expect(await answer).toMatchObject({ body: expect.stringContaining('<Reject reason="busy"/>') });
    await expect(carrier.answer({ carrier: 'twilio', ref: CALL })).rejects.toMatchObject({ kind: 'ended' });
  });

  it('is none when the call is over: some numbers have one address for both', async () => {
    expect(await asked({ CallStatus: 'no-answer' })).toBe(204);
    expect(told()).toEqual([{ type: 'hangup', cause: 'cancelled', source: 'caller' }]);
  });
});
