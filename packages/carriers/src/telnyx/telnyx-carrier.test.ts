import { resample, rms } from '@talkturo/voice';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { DialRequest } from '../carrier.ts';
import { tone } from '../local/tone.ts';
import type { MediaEncoding, SendEncoding } from '../media-socket/media-framing.ts';
import { carrierConformance } from '../testing/conformance/carrier-conformance.ts';
import { startTelnyxBench, telnyxHarness } from '../testing/conformance/telnyx-harness.ts';
import { listenTo } from '../testing/leg-ear.ts';
import { createScriptedListener } from '../testing/scripted-listener.ts';
import type { SimulatedCallState } from '../testing/telnyx/simulated-calls.ts';

const OURS = '+14155550101';
const THEIRS = '+12025550143';

let bench: Awaited<ReturnType<typeof startTelnyxBench>>;

async function start(options: Parameters<typeof startTelnyxBench>[1] = {}) {
  const listener = createScriptedListener();
  bench = await startTelnyxBench(listener, options);
  return { ...bench, listener };
}
afterEach(async () => {
  await bench?.close();
  expect(bench?.telnyx.problems ?? []).toEqual([]);
});

const request = (more: Partial<DialRequest> = {}): DialRequest => ({
  callId: 'call_1',
  commandId: 'call_1',
  from: OURS,
  to: THEIRS,
  ringMs: 30_000,
  maxCallMs: 600_000,
  machineDetection: false,
  ...more,
});

describe('Telnyx does what every carrier must', () => {
  for (const { name, run } of carrierConformance(telnyxHarness())) it(name, run);
});

describe('dialling', () => {
  it('asks for sound both ways as the line’s packets, within the bounds of Telnyx', async () => {
    const { carrier, telnyx, host } = await start();
    await carrier.dial(request({ ringMs: 1_000, maxCallMs: 1_000, machineDetection: true }));
    expect(telnyx.requests.at(-1)?.body).toEqual({
      connection_id: telnyx.connectionId,
      to: THEIRS,
      from: OURS,
      command_id: 'call_1',
      client_state: Buffer.from('["call_1","call_1"]').toString('base64'),
      timeout_secs: 5,
      time_limit_secs: 60,
      webhook_url: `${host.url.replace('ws:', 'http:')}/webhooks/telnyx`,
      stream_url: `${host.url}/media/telnyx`,
      stream_auth_token: expect.stringMatching(/^[\w-]+\.[\w-]+$/),
      stream_track: 'inbound_track',
      stream_codec: 'PCMU',
      stream_bidirectional_mode: 'rtp',
      stream_bidirectional_codec: 'PCMU',
      send_silence_when_idle: true,
      answering_machine_detection: 'greeting_end',
    });
  });

  it.each([
    ['the connection breaks', { kind: 'lost-answer' as const }, 'unavailable'],
    ['Telnyx fails after it took the call', { kind: 'error' as const, status: 500, code: '10007', taken: true }, 'unavailable'],
  ])('never dials again when %s; the call is found', async (_what, trouble, kind) => {
    const { carrier, telnyx, listener } = await start();
    telnyx.trouble('POST /calls', trouble);
    await expect(carrier.dial(request())).rejects.toMatchObject({ kind });
    await expect(carrier.dial(request())).rejects.toMatchObject({ kind });
    expect(telnyx.count('POST /calls')).toBe(1);
    const ref = telnyx.calls.all[0]!.ref;
    expect(await carrier.lookUp(request())).toEqual({ known: true, call: { carrier: 'telnyx', ref }, live: true });
    expect(await carrier.lookUp(request({ commandId: 'another' }))).toEqual({ known: false });
    expect((await listener.next('media')).callId).toBe('call_1');
  });

  it.each([
    ['90043', 'quota'],
    ['10009', 'auth'],
    ['85004', 'refused'],
    ['10016', 'invalid-number'],
  ])('says what a refusal with %s means', async (code, kind) => {
    const { carrier, telnyx } = await start();
    telnyx.trouble('POST /calls', { kind: 'error', status: 422, code });
    await expect(carrier.dial(request())).rejects.toMatchObject({ name: 'TelnyxRefusal', kind });
  });
});

describe('commands', () => {
  it('are repeated with the same command_id until they are heard', async () => {
    const { carrier, telnyx, listener } = await start();
    telnyx.calls.callUs(THEIRS, OURS);
    const { ref } = await listener.next('incoming');
    telnyx.trouble('POST /calls/{call_control_id}/actions/answer', { kind: 'lost-answer' }, { kind: 'error', status: 503, code: '10007' });
    await carrier.answer({ carrier: 'telnyx', ref });
    await listener.next('media');
    const ids = telnyx.requests
      .filter((seen) => seen.operation.endsWith('/answer'))
      .map((seen) => (seen.body as { command_id: string }).command_id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    expect(telnyx.calls.all[0]?.commands).toEqual(['answer']);
  });

  it('to a call that Telnyx does not know say that it is over', async () => {
    const { carrier } = await start();
    const gone = { carrier: 'telnyx' as const, ref: 'v3:gone' };
    await expect(carrier.answer(gone)).rejects.toMatchObject({ kind: 'ended' });
    await expect(carrier.reject(gone, 'busy')).rejects.toMatchObject({ kind: 'ended' });
    await carrier.hangup(gone);
  });

  it('press the same key twice when it is pressed twice', async () => {
    const { carrier, telnyx, listener } = await start();
    const { ref } = await carrier.dial(request());
    const { leg } = await listener.next('media');
    leg.sendDigits?.('1');
    leg.sendDigits?.('1');
    await expect.poll(() => telnyx.calls.all.find((call) => call.ref === ref)?.digits, { timeout: 5_000 }).toBe('11');
  });
});

describe('sound', () => {
  const answered = async (lineCodec: MediaEncoding, direction: 'in' | 'out', codec: SendEncoding = 'PCMU') => {
    const { carrier, telnyx, listener } = await start({ codec });
    telnyx.calls.line(THEIRS, lineCodec);
    if (direction === 'out') await carrier.dial(request());
    else {
      telnyx.calls.callUs(THEIRS, OURS);
      await carrier.answer({ carrier: 'telnyx', ref: (await listener.next('incoming')).ref });
    }
    const { leg } = await listener.next('media');
    const [call] = telnyx.calls.all as [SimulatedCallState];
    return { leg, call, telnyx, listener, carrier };
  };

  it.each([
    ['PCMU', 'out', 'PCMU', 8000],
    ['PCMA', 'out', 'PCMU', 8000],
    ['PCMA', 'in', 'PCMU', 8000],
    ['G722', 'out', 'G722', 16_000],
    ['G722', 'in', 'G722', 16_000],
    // Asked for wideband, and the line is not: or the other way round.
    ['PCMA', 'in', 'G722', 8000],
    ['G722', 'out', 'PCMA', 16_000],
    ['L16', 'out', 'PCMU', 16_000],
  ] as const)('is right on a %s line, calls going %s, what we send being %s', async (line, direction, codec, rate) => {
    const { leg, call } = await answered(line, direction, codec);
    expect(leg.sampleRate).toBe(rate);
    const ear = listenTo(leg);
    const said = tone(400, 400);
    call.stream!.say(said);
    await ear.heardSound(18);
    // Decoded by the wrong law a tone is noise several times as loud, or as faint.
    const loud = ear.pcm.filter((sample) => sample !== 0 && Math.abs(sample) > 16);
    expect(rms(loud) / rms(said)).toBeGreaterThan(0.9);
    expect(rms(loud) / rms(said)).toBeLessThan(1.1);
    leg.send(resample(said, 8000, rate));
    await call.stream!.heardSamples(said.length);
    expect(rms(call.stream!.heard) / rms(said)).toBeGreaterThan(0.95);
    expect(rms(call.stream!.heard) / rms(said)).toBeLessThan(1.05);
  });

  it('brings keys, and drops what was not played yet', async () => {
    const { leg, call } = await answered('PCMU', 'out');
    const ear = listenTo(leg);
    call.stream!.press('5');
    call.stream!.press('#');
    await expect.poll(() => ear.digits, { timeout: 5_000 }).toBe('5#');
    leg.send(tone(400, 100));
    leg.clear();
    await expect.poll(() => call.stream!.clears, { timeout: 5_000 }).toBe(1);
  });

  it('that breaks ends the call, for nobody would hear anything', async () => {
    const { leg, call, listener } = await answered('PCMU', 'out');
    const ear = listenTo(leg);
    call.stream!.break();
    expect(await ear.closed).toBe('lost');
    await listener.event(call.ref, 'hangup');
    expect(call.commands).toEqual(['hangup']);
  });

  it('that cannot be opened ends the call, and the operator is told', async () => {
    const { carrier, listener, telnyx, warnings } = await start();
    telnyx.calls.streamsTo('ws://127.0.0.1:9/media/telnyx');
    const { ref } = await carrier.dial(request());
    await listener.event(ref, 'hangup');
    expect(warnings).toEqual(['Telnyx could not open the media socket of a call; it is ended']);
  });

  it('of one call is not let in with the token of another, nor twice with its own', async () => {
    const { telnyx, listener, host, carrier } = await start();
    telnyx.calls.callUs(THEIRS, OURS);
    const first = await listener.next('incoming');
    await carrier.answer({ carrier: 'telnyx', ref: first.ref });
    await listener.next('media');
    const { stream_url: url } = telnyx.requests.find((seen) => seen.operation.endsWith('/answer'))!.body as { stream_url: string };
    expect(await upgrade(url)).toBe(401);
    expect(await upgrade(`${host.url}/media/telnyx?token=${url.split('token=')[1]!.slice(0, -3)}abc`)).toBe(401);
  });
});

/** Status of an upgrade. */
const upgrade = (url: string) =>
  new Promise<number>((resolve) => {
    const socket = new WebSocket(url);
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (asked, response) => {
      asked.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => {});
  });

describe('what a call cost', () => {
  it('is told after its end, of the leg of a transfer too', async () => {
    const { carrier, listener, telnyx } = await start();
    const call = await carrier.dial(request());
    await listener.next('media');
    const [ringMs, maxCallMs] = [30_000, 600_000];
    await carrier.transfer?.(call, { callId: 'call_1', commandId: 'on', from: OURS, to: '+12025550199', ringMs, maxCallMs });
    await listener.event(call.ref, 'transferred');
    telnyx.calls.hangUp(call.ref);
    const legs = ['own', 'transfer'] as const;
    for (const leg of legs) {
      const told = await listener.next('event', ({ ref, event }) => ref === call.ref && event.type === 'cost' && event.leg === leg);
      expect(told).toMatchObject({ callId: 'call_1', event: { amount: '0.0050', seconds: 60 } });
    }
  });
});

describe('who answered', () => {
  const reported = async (machineDetection: 'standard' | 'premium', machine: boolean) => {
    const { carrier, telnyx, listener } = await start({ machineDetection });
    if (machine) telnyx.calls.behave(THEIRS, 'machine');
    const { ref } = await carrier.dial(request({ machineDetection: true }));
    const first = await listener.event(ref, 'machine-detection');
    const greeting = machine ? await listener.event(ref, 'greeting-ended') : null;
    return [first, greeting];
  };

  it.each(['standard', 'premium'] as const)('is told by %s detection', async (kind) => {
    expect(await reported(kind, false)).toEqual([{ type: 'machine-detection', result: 'human' }, null]);
    await bench.close();
    expect(await reported(kind, true)).toEqual([
      { type: 'machine-detection', result: 'machine' },
      { type: 'greeting-ended', beep: true },
    ]);
  });
});
