import assert from 'node:assert/strict';
import { type ConformanceCase, within } from '@talkturo/voice/testing';
import { WebSocket } from 'ws';
import {
  type Carrier,
  CarrierError,
  type CarrierErrorKind,
  type DialRequest,
  type HangupCause,
  type TransferRequest,
} from '../../carrier.ts';
import { listenTo } from '../leg-ear.ts';
import { createScriptedListener, type ScriptedListener } from '../scripted-listener.ts';

/** A carrier at work for one case, on a network whose numbers behave as named. */
export interface CarrierBench {
  carrier: Carrier;
  /** ws: address of the server that takes the carrier's media sockets, without a path. */
  url: string;
  /** Somebody calls one of our numbers and waits until they are told to hang up. */
  callUs(): Promise<{ hangUp(): void }>;
  /** Keys pressed towards the far end of a call so far. */
  pressed(ref: string): string;
  close(): Promise<void>;
}

export interface CarrierHarness {
  /** `disorder`: events arrive twice and out of order. */
  start(listener: ScriptedListener, options: { disorder: boolean }): Promise<CarrierBench>;
  /** null: the carrier cannot dial, its calls only come in. */
  numbers: {
    /** Answers and goes on listening. */
    answers: string;
    rings: string;
    busy: string;
    declines: string;
    nobody: string;
    fails: string;
  } | null;
  ours: string;
  /** How long a case lets it ring, and lets a call last, where it is not about that. */
  ringMs: number;
  maxCallMs: number;
  /** A length of a call that is over soon. */
  shortCallMs: number;
  /** The longest a step may take, ms of real time. */
  deadlineMs?: number;
}

const refusedWith = async (promise: Promise<unknown>, kind: CarrierErrorKind) => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CarrierError, `rejects with CarrierError, not ${String(error)}`);
  assert.equal(error.kind, kind);
};

/** Status with which the upgrade of a media socket is refused, or 101. */
const upgradeStatus = (url: string) =>
  new Promise<number>((resolve) => {
    const socket = new WebSocket(url);
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => resolve(0));
  });

/** `called`: it is about calls that come in, so that a carrier which cannot dial is held to it as well. */
interface CarrierCase extends ConformanceCase {
  called?: true;
}

const NOBODY = { answers: '', rings: '', busy: '', declines: '', nobody: '', fails: '' };

/** What every carrier must do. The carrier is real, its network is the harness's. */
export const carrierConformance = (harness: CarrierHarness): ConformanceCase[] => {
  const { ours, deadlineMs = 8000 } = harness;
  const numbers = harness.numbers ?? NOBODY;
  let count = 0;

  const dialTo = (to: string, more: Partial<DialRequest> = {}): DialRequest => {
    count += 1;
    const { ringMs, maxCallMs } = harness;
    return { callId: `call_${count}`, commandId: `command ${count}`, from: ours, to, ringMs, maxCallMs, machineDetection: false, ...more };
  };

  const onBench =
    (run: (bench: CarrierBench & { listener: ScriptedListener }) => Promise<void>, disorder = false): (() => Promise<void>) =>
    async () => {
      const listener = createScriptedListener({ deadlineMs });
      const bench = await harness.start(listener, { disorder });
      try {
        await run({ ...bench, listener });
      } finally {
        await bench.close();
      }
    };

  const callThatEnds = (name: string, to: string, cause: HangupCause): ConformanceCase => ({
    name,
    run: onBench(async ({ carrier, listener }) => {
      const { ref } = await carrier.dial(dialTo(to));
      assert.equal((await listener.event(ref, 'hangup')).cause, cause);
      assert.ok(!listener.events(ref).includes('answered'), 'never answered');
      assert.ok(!listener.reports.some((one) => one.kind === 'media'), 'no sound');
    }),
  });

  const transferTo = (to: string): TransferRequest => {
    count += 1;
    return {
      callId: `call_${count}`,
      commandId: `transfer ${count}`,
      from: ours,
      to,
      ringMs: harness.ringMs,
      maxCallMs: harness.maxCallMs,
    };
  };

  /** Somebody has called us, and we have answered. */
  const inCall = async ({ carrier, listener, callUs }: CarrierBench & { listener: ScriptedListener }) => {
    const caller = await callUs();
    const call = { carrier: carrier.id, ref: (await listener.next('incoming')).ref };
    await carrier.answer(call);
    const { leg } = await listener.next('media');
    return { caller, call, leg, ear: listenTo(leg) };
  };

  const cases: CarrierCase[] = [
    {
      name: 'accepts a dial before anything happens, then reports ringing, answer and sound, with our id of the call',
      run: onBench(async ({ carrier, listener }) => {
        const request = dialTo(numbers.answers);
        const { ref, carrier: id } = await carrier.dial(request);
        assert.equal(id, carrier.id);
        assert.equal(listener.reports.length, 0, 'nothing is reported before the dial has been answered');
        const media = await listener.next('media');
        await listener.event(ref, 'answered');
        assert.equal(media.ref, ref);
        const strangers = listener.reports.filter((one) => one.kind !== 'incoming' && one.callId !== request.callId);
        assert.deepEqual(strangers, [], 'every report carries our id');
        assert.deepEqual(listener.events(ref), ['ringing', 'answered']);
        const ear = listenTo(media.leg);
        await within(ear.heard(10), 'ten frames', deadlineMs);
        assert.deepEqual([...ear.frameLengths], [media.leg.sampleRate / 50], 'frames of 20 ms');
      }),
    },
    {
      name: 'takes a repeated command for the same call, while it rings, while it lasts and after it',
      run: onBench(async ({ carrier, listener }) => {
        const request = dialTo(numbers.answers);
        const [first, second] = await Promise.all([carrier.dial(request), carrier.dial(request)]);
        assert.deepEqual(second, first);
        const { leg } = await listener.next('media');
        assert.deepEqual(await carrier.dial(request), first);
        leg.hangup();
        await listener.event(first.ref, 'hangup');
        assert.deepEqual(await carrier.dial(request), first);
        const other = dialTo(numbers.answers, { callId: request.callId });
        const { ref } = await carrier.dial(other);
        assert.notEqual(ref, first.ref, 'another command is another call');
        await listener.next('media', (one) => one.ref === ref);
        assert.equal(listener.reports.filter((one) => one.kind === 'media').length, 2, 'one sound a call');
        assert.equal(listener.events(first.ref).filter((type) => type === 'answered').length, 1, 'answered once');
      }),
    },
    {
      name: 'tells of a known command without dialling, where it can',
      run: onBench(async ({ carrier, listener }) => {
        if (!carrier.lookUp) return;
        const request = dialTo(numbers.answers);
        assert.deepEqual(await carrier.lookUp(request), { known: false });
        const call = await carrier.dial(request);
        assert.deepEqual(await carrier.lookUp(request), { known: true, call, live: true });
        const { leg } = await listener.next('media');
        leg.hangup();
        await listener.event(call.ref, 'hangup');
        const after = await carrier.lookUp(request);
        assert.deepEqual(after, { known: true, call, live: false, ...(after.known && after.cause ? { cause: 'normal' } : {}) });
      }),
    },
    callThatEnds('reports a busy number', numbers.busy, 'busy'),
    callThatEnds('reports a person who declines', numbers.declines, 'declined'),
    callThatEnds('reports a number that does not exist', numbers.nobody, 'invalid_number'),
    callThatEnds('reports a network that fails', numbers.fails, 'carrier_error'),
    callThatEnds('gives up ringing after the time it was given', numbers.rings, 'no_answer'),
    {
      name: 'refuses what is no phone number',
      run: onBench(async ({ carrier }) => {
        await refusedWith(carrier.dial(dialTo('tomorrow')), 'invalid-number');
      }),
    },
    {
      name: 'cancels a call that still rings',
      run: onBench(async ({ carrier, listener }) => {
        const call = await carrier.dial(dialTo(numbers.rings));
        await listener.event(call.ref, 'ringing');
        await carrier.hangup(call);
        assert.deepEqual(await listener.event(call.ref, 'hangup'), { type: 'hangup', cause: 'cancelled', source: 'caller' });
        assert.ok(!listener.events(call.ref).includes('answered'));
      }),
    },
    {
      name: 'ends a call from our side: the leg closes once as ours, and late commands are no trouble',
      run: onBench(async ({ carrier, listener }) => {
        const call = await carrier.dial(dialTo(numbers.answers));
        const { leg } = await listener.next('media');
        const ear = listenTo(leg);
        leg.hangup();
        leg.hangup();
        leg.send(new Int16Array(leg.sampleRate / 50));
        leg.clear();
        assert.equal(await within(ear.closed, 'the leg closed', deadlineMs), 'local');
        assert.deepEqual(await listener.event(call.ref, 'hangup'), { type: 'hangup', cause: 'normal', source: 'caller' });
        await carrier.hangup(call);
        await refusedWith(carrier.answer(call), 'ended');
        assert.equal(ear.timesClosed, 1);
        assert.equal(listener.events(call.ref).filter((type) => type === 'hangup').length, 1);
      }),
    },
    {
      name: 'hangs up a call by its reference',
      run: onBench(async ({ carrier, listener }) => {
        const call = await carrier.dial(dialTo(numbers.answers));
        const ear = listenTo((await listener.next('media')).leg);
        await carrier.hangup(call);
        await within(ear.closed, 'the leg closed', deadlineMs);
        assert.equal((await listener.event(call.ref, 'hangup')).cause, 'normal');
      }),
    },
    {
      name: 'ends a call that has lasted as long as it may',
      run: onBench(async ({ carrier, listener }) => {
        const { ref } = await carrier.dial(dialTo(numbers.answers, { maxCallMs: harness.shortCallMs }));
        const ear = listenTo((await listener.next('media')).leg);
        assert.equal((await listener.event(ref, 'hangup')).cause, 'time_limit');
        await within(ear.closed, 'the leg closed', deadlineMs);
      }),
    },
    {
      name: 'reports somebody who calls us, and connects when we answer',
      called: true,
      run: onBench(async ({ carrier, listener, callUs }) => {
        await callUs();
        const { call } = await listener.next('incoming');
        assert.equal(call.to, ours);
        assert.match(call.from, /^\+\d+$/);
        await carrier.answer({ carrier: carrier.id, ref: call.ref });
        await listener.event(call.ref, 'answered');
        const { leg, ref } = await listener.next('media');
        assert.equal(ref, call.ref);
        await within(listenTo(leg).heard(5), 'five frames', deadlineMs);
        leg.hangup();
        assert.deepEqual(await listener.event(call.ref, 'hangup'), { type: 'hangup', cause: 'normal', source: 'callee' });
      }),
    },
    {
      name: 'tells that the far end has hung up, in a call and before it',
      called: true,
      run: onBench(async ({ carrier, listener, callUs }) => {
        const caller = await callUs();
        const { ref } = await listener.next('incoming');
        await carrier.answer({ carrier: carrier.id, ref });
        const ear = listenTo((await listener.next('media')).leg);
        caller.hangUp();
        assert.equal(await within(ear.closed, 'the leg closed', deadlineMs), 'hangup');
        assert.deepEqual(await listener.event(ref, 'hangup'), { type: 'hangup', cause: 'normal', source: 'caller' });
        assert.equal(ear.timesClosed, 1);
        const hasty = await callUs();
        const second = await listener.next('incoming', (one) => one.ref !== ref);
        hasty.hangUp();
        assert.equal((await listener.event(second.ref, 'hangup')).source, 'caller');
        assert.ok(!listener.events(second.ref).includes('answered'));
      }),
    },
    {
      name: 'turns a caller away as busy',
      called: true,
      run: onBench(async ({ carrier, listener, callUs }) => {
        await callUs();
        const { ref } = await listener.next('incoming');
        await carrier.reject({ carrier: carrier.id, ref }, 'busy');
        assert.equal((await listener.event(ref, 'hangup')).cause, 'busy');
        await refusedWith(carrier.answer({ carrier: carrier.id, ref }), 'ended');
        assert.ok(!listener.reports.some((one) => one.kind === 'media'));
      }),
    },
    {
      name: 'transfers the far end to another number: our leg is let go, the call goes on without us and its end is told',
      run: onBench(async (bench) => {
        const { carrier, listener } = bench;
        if (!carrier.transfer) return;
        const { caller, call, leg, ear } = await inCall(bench);
        const request = transferTo(numbers.answers);
        await Promise.all([carrier.transfer(call, request), carrier.transfer(call, request)]);
        await listener.event(call.ref, 'transferred');
        leg.release?.();
        assert.equal(await within(ear.closed, 'the leg closed', deadlineMs), 'transferred');
        leg.hangup();
        leg.send(new Int16Array(leg.sampleRate / 50));
        // A second transfer would have been dialled by now, and a hang-up told: something else has its turn first.
        const other = await carrier.dial(dialTo(numbers.answers));
        await listener.event(other.ref, 'answered');
        assert.ok(!listener.events(call.ref).includes('hangup'), 'the call goes on');
        assert.equal(listener.events(call.ref).filter((type) => type === 'transferred').length, 1);
        caller.hangUp();
        await listener.event(call.ref, 'hangup');
        assert.equal(ear.timesClosed, 1);
      }),
    },
    ...(
      [
        ['is busy', numbers.busy, 'busy'],
        ['declines', numbers.declines, 'declined'],
        ['does not exist', numbers.nobody, 'invalid_number'],
        ['does not answer', numbers.rings, 'no_answer'],
      ] as const
    ).map(([what, to, cause]) => ({
      name: `gives the caller back when the number of a transfer ${what}; another transfer may follow`,
      run: onBench(async (bench) => {
        const { carrier, listener } = bench;
        if (!carrier.transfer) return;
        const { call, ear } = await inCall(bench);
        const request = transferTo(to);
        await carrier.transfer(call, request);
        const failed = await listener.event(call.ref, 'transfer-failed');
        assert.deepEqual(failed, { type: 'transfer-failed', commandId: request.commandId, cause });
        await within(ear.heard(ear.frames + 5), 'sound after the transfer failed', deadlineMs);
        await carrier.transfer(call, transferTo(numbers.answers));
        await listener.event(call.ref, 'transferred');
      }),
    })),
    {
      name: 'ends a call whose transfer still rings when the caller hangs up',
      run: onBench(async (bench) => {
        const { carrier, listener } = bench;
        if (!carrier.transfer) return;
        const { caller, call, ear } = await inCall(bench);
        await carrier.transfer(call, transferTo(numbers.rings));
        caller.hangUp();
        assert.equal((await listener.event(call.ref, 'hangup')).source, 'caller');
        assert.equal(await within(ear.closed, 'the leg closed', deadlineMs), 'hangup');
        await refusedWith(carrier.transfer(call, transferTo(numbers.answers)), 'ended');
        assert.ok(!listener.events(call.ref).includes('transferred'));
      }),
    },
    {
      name: 'refuses to transfer to what is no phone number',
      run: onBench(async (bench) => {
        const { carrier } = bench;
        if (!carrier.transfer) return;
        const { call } = await inCall(bench);
        await refusedWith(carrier.transfer(call, transferTo('reception')), 'invalid-number');
      }),
    },
    {
      name: 'connects two calls with each other: both legs are let go, and with one of the two the other is over',
      run: onBench(async (bench) => {
        const { carrier, listener } = bench;
        if (!carrier.bridge) return;
        const { caller, call, leg, ear } = await inCall(bench);
        const asked = await carrier.dial(dialTo(numbers.answers));
        const { leg: theirs } = await listener.next('media', ({ ref }) => ref === asked.ref);
        const theirEar = listenTo(theirs);
        const request = { commandId: `bridge ${asked.ref}` };
        await Promise.all([carrier.bridge(call, asked, request), carrier.bridge(call, asked, request)]);
        for (const { ref } of [call, asked]) await listener.event(ref, 'transferred');
        for (const one of [leg, theirs]) one.release?.();
        for (const one of [ear, theirEar]) assert.equal(await within(one.closed, 'the leg closed', deadlineMs), 'transferred');
        for (const { ref } of [call, asked]) assert.ok(!listener.events(ref).includes('hangup'), 'both calls go on');
        caller.hangUp();
        for (const { ref } of [call, asked]) await listener.event(ref, 'hangup');
      }),
    },
    {
      name: 'leaves a call as it was when the one it is to be connected with has hung up',
      run: onBench(async (bench) => {
        const { carrier, listener } = bench;
        if (!carrier.bridge) return;
        const { call, ear } = await inCall(bench);
        const asked = await carrier.dial(dialTo(numbers.answers));
        listenTo((await listener.next('media', ({ ref }) => ref === asked.ref)).leg);
        await carrier.hangup(asked);
        await listener.event(asked.ref, 'hangup');
        await refusedWith(carrier.bridge(call, asked, { commandId: 'too late' }), 'ended');
        await within(ear.heard(ear.frames + 5), 'sound of the call that goes on', deadlineMs);
        assert.ok(!listener.events(call.ref).includes('transferred'));
      }),
    },
    {
      name: 'presses keys towards the far end, once for each command',
      run: onBench(async ({ carrier, listener, pressed }) => {
        if (!carrier.sendDigits) return;
        const call = await carrier.dial(dialTo(numbers.answers));
        const { leg } = await listener.next('media');
        await carrier.sendDigits(call, { digits: '12#', commandId: 'first' });
        await carrier.sendDigits(call, { digits: '12#', commandId: 'first' });
        await carrier.sendDigits(call, { digits: '12#', commandId: 'second' });
        assert.equal(pressed(call.ref), '12#12#');
        leg.hangup();
        await listener.event(call.ref, 'hangup');
        await refusedWith(carrier.sendDigits(call, { digits: '1', commandId: 'late' }), 'ended');
      }),
    },
    {
      name: 'lets nobody into a media socket without proof',
      called: true,
      run: onBench(async ({ carrier, url }) => {
        assert.equal(await upgradeStatus(url + carrier.media.path), 401);
        assert.equal(await upgradeStatus(`${url}${carrier.media.path}?token=guess`), 401);
      }),
    },
    {
      name: 'gives each event an id of its own, which its repeats share, in whatever order they come',
      run: onBench(async ({ carrier, listener }) => {
        const call = await carrier.dial(dialTo(numbers.answers));
        const { leg } = await listener.next('media');
        leg.hangup();
        await Promise.all((['ringing', 'answered', 'hangup'] as const).map((type) => listener.event(call.ref, type)));
        const byId = new Map<string, string>();
        for (const report of listener.reports) {
          if (report.kind !== 'event') continue;
          const told = `${report.ref} ${JSON.stringify(report.event)}`;
          assert.equal(byId.get(report.eventId) ?? told, told, 'one id, one event');
          byId.set(report.eventId, told);
        }
        assert.equal(new Set(byId.values()).size, byId.size, 'one event, one id');
        assert.equal(listener.reports.filter((one) => one.kind === 'media').length, 1, 'the leg is handed over once');
      }, true),
    },
  ];
  return harness.numbers ? cases : cases.filter(({ called }) => called);
};
