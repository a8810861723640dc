import { resample, rms } from '@talkturo/voice';
import { createHandClock } from '@talkturo/voice/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { DialRequest } from '../carrier.ts';
import { tone } from '../local/tone.ts';
import type { MediaEncoding } from '../media-socket/media-framing.ts';
import { carrierConformance } from '../testing/conformance/carrier-conformance.ts';
import { startTelnyxBench, telnyxHarness } from '../testing/conformance/telnyx-harness.ts';
import { listenTo } from '../testing/leg-ear.ts';
import { createScriptedListener } from '../testing/scripted-listener.ts';
import type { SimulatedCallState } from '../testing/telnyx/call-entry.ts';
import { toneShare } from '../testing/tone-share.ts';

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

  it('to hang up that Telnyx did not hear are sent again in a while', async () => {
    const clock = createHandClock();
    const { carrier, telnyx, listener } = await start({ clock });
    const call = await carrier.dial(request());
    await listener.next('media');
    const lost = { kind: 'dropped' } as const;
    telnyx.trouble('POST /calls/{call_control_id}/actions/hangup', lost, lost, lost);
    await expect(carrier.hangup(call)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(telnyx.calls.all[0]?.state).toBe('answered');
    await clock.advance(5_000);
    expect(await listener.event(call.ref, 'hangup')).toMatchObject({ cause: 'normal' });
  });

  it('to turn a caller away that Telnyx did not hear end the call in a while', async () => {
    const clock = createHandClock();
    const { carrier, telnyx, listener } = await start({ clock });
    const { state } = telnyx.calls.callUs(THEIRS, OURS);
    await listener.next('incoming');
    const lost = { kind: 'dropped' } as const;
    telnyx.trouble('POST /calls/{call_control_id}/actions/reject', lost, lost, lost);
    await expect(carrier.reject({ carrier: 'telnyx', ref: state.ref }, 'busy')).rejects.toMatchObject({ kind: 'unavailable' });
    expect(state.state).toBe('ringing');
    await clock.advance(5_000);
    await listener.event(state.ref, 'hangup');
  });

  it('go on where another endpoint takes no more requests', async () => {
    const { carrier, telnyx, listener } = await start();
    const call = await carrier.dial(request());
    await listener.next('media');
    telnyx.trouble('POST /calls', { kind: 'rate-limit', resetSeconds: 60 });
    await expect(carrier.dial(request({ callId: 'call_2', commandId: 'call_2' }))).rejects.toMatchObject({ kind: 'rate-limit' });
    await carrier.hangup(call);
    await listener.event(call.ref, 'hangup');
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
  const CODECS = ['PCMU', 'PCMA', 'G722', 'L16'] as const satisfies MediaEncoding[];
  const [HERTZ, MS] = [400, 400];
  const said = tone(HERTZ, MS);

  /** A call in progress with somebody whose line has that codec. */
  async function onLine({ telnyx, carrier, listener }: Awaited<ReturnType<typeof start>>, line: MediaEncoding, direction: 'in' | 'out') {
    const theirs = `+1202555${String(1000 + 2 * CODECS.indexOf(line) + Number(direction === 'in'))}`;
    telnyx.calls.line(theirs, line);
    if (direction === 'out') await carrier.dial(request({ callId: theirs, commandId: theirs, to: theirs }));
    else {
      const { state } = telnyx.calls.callUs(theirs, OURS);
      await listener.next('incoming', ({ ref }) => ref === state.ref);
      await carrier.answer({ carrier: 'telnyx', ref: state.ref });
    }
    const call = telnyx.calls.all.find(({ from, to }) => theirs === (direction === 'in' ? from : to)) as SimulatedCallState;
    const { leg } = await listener.next('media', ({ ref }) => ref === call.ref);
    return { leg, call, ear: listenTo(leg) };
  }
  const answered = async () => {
    const all = await start();
    return { ...all, ...(await onLine(all, 'PCMU', 'out')) };
  };
  type Line = Awaited<ReturnType<typeof onLine>>;

  async function hearsPerson({ leg, call, ear }: Line) {
    const before = ear.pcm.length;
    const loud = ear.loudFrames;
    call.stream!.say(said);
    await ear.heardSound(loud + MS / 20 - 1);
    const heard = ear.pcm.subarray(before);
    const first = heard.findIndex((sample) => Math.abs(sample) > 1000);
    const within = heard.subarray(first, first + ((MS - 60) * leg.sampleRate) / 1000);
    expect(toneShare(within, HERTZ, leg.sampleRate)).toBeGreaterThan(0.98);
    expect(rms(within) / rms(said)).toBeGreaterThan(0.9);
    expect(rms(within) / rms(said)).toBeLessThan(1.1);
  }

  async function isHeard({ leg, call }: Line) {
    const before = call.stream!.heard.length;
    leg.send(resample(said, 8000, leg.sampleRate));
    await call.stream!.heardSamples(before + said.length);
    const heard = call.stream!.heard.subarray(before);
    expect(heard.length).toBe(said.length);
    expect(toneShare(heard.subarray(160), HERTZ, 8000)).toBeGreaterThan(0.98);
    expect(rms(heard) / rms(said)).toBeGreaterThan(0.93);
    expect(rms(heard) / rms(said)).toBeLessThan(1.05);
  }

  // Whatever was asked for, the line may have another codec: both directions are read by what they are.
  it.each(CODECS)('is right both ways on every line, calls going in and out, what we send being %s', async (codec) => {
    const all = await start({ codec });
    const pairs = CODECS.flatMap((line) => (['in', 'out'] as const).map((direction) => [line, direction] as const));
    const lines = await Promise.all(pairs.map(([line, direction]) => onLine(all, line, direction)));
    expect(lines.map(({ leg }) => leg.sampleRate)).toEqual([8000, 8000, 8000, 8000, 16_000, 16_000, 16_000, 16_000]);
    await Promise.all(lines.map(hearsPerson));
    await Promise.all(lines.map(isHeard));
  });

  it.each(['big', 'little'] as const)('as L16 with the %s end first is found out from the person, and answered alike', async (order) => {
    const all = await start({ codec: 'L16' });
    all.telnyx.calls.writesL16(order);
    const first = await onLine(all, 'L16', 'in');
    await hearsPerson(first);
    await isHeard(first);
    // From then on the greeting of the next call is right before anybody has said a word.
    await isHeard(await onLine(all, 'L16', 'out'));
  });

  it.each(['big', 'little'] as const)(
    'as L16 is written with the %s end first where the operator says so, from the first word on',
    async (order) => {
      const all = await start({ codec: 'L16', l16Order: order });
      all.telnyx.calls.writesL16(order);
      const line = await onLine(all, 'PCMU', 'in');
      await isHeard(line);
      await hearsPerson(line);
    },
  );

  it('as L16 is asked for with its rate: in the dial, and after the answer, which cannot say it', async () => {
    const all = await start({ codec: 'L16' });
    await onLine(all, 'L16', 'out');
    expect(all.telnyx.requests.at(-1)).toMatchObject({
      operation: 'POST /calls',
      body: { stream_codec: 'L16', stream_bidirectional_codec: 'L16', stream_bidirectional_sampling_rate: 16_000 },
    });
    // The first commands come before it is answered, and are refused.
    all.telnyx.calls.answersAfter(250);
    const { call } = await onLine(all, 'L16', 'in');
    expect(call.commands).toEqual(['answer', 'streaming_start']);
    expect(all.telnyx.requests.at(-1)?.body).toMatchObject({ stream_codec: 'L16', stream_bidirectional_sampling_rate: 16_000 });
  });

  it.each([
    ['streaming_start', { kind: 'error' as const, status: 422, code: '90046' }, 'refused'],
    ['answer', { kind: 'error' as const, status: 422, code: '10027' }, 'refused'],
  ])('that %s refuses ends the call: nobody could hear anything', async (action, trouble, kind) => {
    const { telnyx, carrier, listener } = await start({ codec: 'L16' });
    telnyx.trouble(`POST /calls/{call_control_id}/actions/${action}`, trouble);
    const { state } = telnyx.calls.callUs(THEIRS, OURS);
    await listener.next('incoming');
    await expect(carrier.answer({ carrier: 'telnyx', ref: state.ref })).rejects.toMatchObject({ kind });
    await listener.event(state.ref, 'hangup');
    expect(state.commands.at(-1)).toBe('hangup');
  });

  it.each([
    ['of other lengths than a packet', 400, {}],
    ['that overtakes itself, and comes twice', 160, { swaps: true, doubles: true }],
  ] as const)('%s is put in order', async (_what, samples, disorder) => {
    const all = await start();
    all.telnyx.calls.packs(samples);
    all.telnyx.calls.disturb(disorder);
    const line = await onLine(all, 'PCMU', 'out');
    await hearsPerson(line);
    expect([...line.ear.frameLengths]).toEqual([160]);
  });

  it('bears garbage, as long as it is little, and tells the operator once that ours is not taken', async () => {
    const { call, ear, warnings } = await answered();
    for (const title of ['invalid_media', 'rate_limit_reached'] as const) call.stream!.complain(title);
    for (const garbage of ['', 'no JSON', '{"event":"teleport"}', '{"event":"media","media":{"payload":"%"}}'])
      call.stream!.garbage(garbage);
    await ear.heard(ear.frames + 5);
    expect(warnings).toEqual(['Telnyx could not take sound of ours']);
    for (let i = 0; i < 30; i++) call.stream!.garbage('{}');
    expect(await ear.closed).toBe('protocol');
  });

  it('brings keys, and drops what was not played yet', async () => {
    const { leg, call, ear } = await answered();
    call.stream!.press('5');
    call.stream!.press('#');
    await expect.poll(() => ear.digits, { timeout: 5_000 }).toBe('5#');
    leg.send(tone(400, 100));
    leg.clear();
    await expect.poll(() => call.stream!.clears, { timeout: 5_000 }).toBe(1);
  });

  it('that breaks ends the call, for nobody would hear anything', async () => {
    const { call, listener, ear } = await answered();
    call.stream!.break();
    expect(await ear.closed).toBe('lost');
    await listener.event(call.ref, 'hangup');
    expect(call.commands).toEqual(['hangup']);
  });

  it('that is stopped while the call goes on ends the call, for the same reason', async () => {
    const clock = createHandClock();
    const all = await start({ clock });
    const { call, ear } = await onLine(all, 'PCMU', 'out');
    call.stream!.stop();
    expect(await ear.closed).toBe('hangup');
    expect(call.commands).toEqual([]);
    await clock.advance(5_000);
    await all.listener.event(call.ref, 'hangup');
    expect(call.commands).toEqual(['hangup']);
  });

  it('that cannot be opened ends the call, and the operator is told', async () => {
    const { carrier, listener, telnyx, warnings } = await start();
    telnyx.calls.streamsTo('ws://127.0.0.1:9/media/telnyx');
    const { ref } = await carrier.dial(request());
    expect(await listener.event(ref, 'hangup')).toMatchObject({
      cause: 'carrier_error',
      sentence: expect.stringMatching(/could not open/),
    });
    await expect.poll(() => telnyx.calls.all[0]?.state, { timeout: 5_000 }).toBe('over');
    await expect.poll(() => telnyx.post.waiting, { timeout: 5_000 }).toBe(0);
    expect(listener.events(ref).filter((type) => type === 'hangup')).toHaveLength(1);
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

describe('a transfer', () => {
  it.each([
    ['before', 0],
    ['while', 1],
  ])('whose caller hangs up %s it rings does not ring on', async (_when, told) => {
    const { carrier, telnyx, listener } = await start({ speed: 1 });
    telnyx.calls.behave('+12025550199', 'rings');
    const { state, hangUp } = telnyx.calls.callUs(THEIRS, OURS);
    await listener.next('incoming');
    const call = { carrier: 'telnyx' as const, ref: state.ref };
    await carrier.answer(call);
    await listener.next('media');
    const target = { callId: 'call_1', commandId: 'on', from: OURS, to: '+12025550199', ringMs: 30_000, maxCallMs: 600_000 };
    const delivered = telnyx.post.statuses.length;
    await carrier.transfer!(call, target);
    if (told) await expect.poll(() => telnyx.post.statuses.length).toBeGreaterThan(delivered);
    hangUp();
    const leg = () => telnyx.calls.all.find(({ to }) => to === target.to);
    await expect.poll(() => leg()?.state, { timeout: 5_000 }).toBe('over');
    expect(leg()?.commands).toEqual(['hangup']);
    await listener.event(call.ref, 'hangup');
    expect(listener.events(call.ref)).not.toContain('transfer-failed');
  });
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
