import { describe, expect, it } from 'vitest';
import type { Carrier, CarrierListener } from '../../carrier.ts';
import { carrierConformance } from './carrier-conformance.ts';
import { localHarness } from './local-harness.ts';

describe('the built-in network', () => {
  for (const { name, run } of carrierConformance(localHarness())) it(name, run);
});

const over = new Set<string>();
let told: CarrierListener | null = null;

/** A carrier that breaks one promise. The suite must notice. */
interface Sabotage {
  carrier?(good: Carrier): Partial<Carrier>;
  listener?(good: CarrierListener): Partial<CarrierListener>;
}

const sabotages: Record<string, Sabotage> = {
  'dials again on a repeated command': {
    carrier: (good) => {
      let times = 0;
      return { dial: (request) => good.dial({ ...request, commandId: `${request.commandId} ${times++}` }) };
    },
  },
  'loses our id': {
    listener: (good) => ({ progress: (call, _callId, eventId, event) => good.progress(call, null, eventId, event) }),
  },
  'hands the leg over twice': {
    listener: (good) => ({
      media(call, callId, leg) {
        good.media(call, callId, leg);
        good.media(call, callId, leg);
      },
    }),
  },
  'takes hanging up twice for an error': {
    carrier: (good) => ({
      async hangup(call) {
        if (over.has(call.ref)) throw new Error('The call is over.');
        await good.hangup(call);
      },
    }),
    listener: (good) => ({
      progress(call, callId, eventId, event) {
        if (event.type === 'hangup') over.add(call.ref);
        good.progress(call, callId, eventId, event);
      },
    }),
  },
  'answers a call that is over': { carrier: () => ({ answer: async () => {} }) },
  'says that everybody declined': {
    listener: (good) => ({
      progress: (call, callId, eventId, event) =>
        good.progress(call, callId, eventId, event.type === 'hangup' ? { ...event, cause: 'declined' } : event),
    }),
  },
  'reports the answer at once': {
    carrier: (good) => ({
      async dial(request) {
        const call = await good.dial(request);
        told?.progress(call, request.callId, 'early', { type: 'answered' });
        return call;
      },
    }),
    listener(good) {
      told = good;
      return {};
    },
  },
  'lets anybody in': { carrier: (good) => ({ media: { ...good.media, allows: () => true } }) },
  'gives a repeated event a new id': {
    listener: (good) => {
      let events = 0;
      return { progress: (call, callId, _eventId, event) => good.progress(call, callId, String(events++), event) };
    },
  },
  'hangs up a call that is transferred': {
    listener: (good) => ({
      media: (call, callId, leg) => good.media(call, callId, { ...leg, release: () => leg.hangup() }),
    }),
  },
  'loses the caller when a transfer fails': {
    listener: (good) => ({
      progress(call, callId, eventId, event) {
        good.progress(call, callId, eventId, event.type === 'transfer-failed' ? { type: 'transferred' } : event);
      },
    }),
  },
  'connects one of two calls only': {
    carrier: (good) => ({
      async bridge(call) {
        told?.progress(call, null, 'bridged', { type: 'transferred' });
        await good.hangup(call);
      },
    }),
    listener(good) {
      told = good;
      return {};
    },
  },
  'presses keys again on a repeated command': {
    carrier: (good) => {
      let times = 0;
      return { sendDigits: (call, request) => good.sendDigits!(call, { ...request, commandId: `${request.commandId} ${times++}` }) };
    },
  },
  'forgets to turn callers away': { carrier: () => ({ reject: async () => {} }) },
};

describe('the suite notices a carrier that', () => {
  it.each(Object.entries(sabotages))('%s', async (_name, sabotage) => {
    const cases = carrierConformance(localHarness(sabotage));
    const failures: string[] = [];
    for (const { name, run } of cases) {
      await run().catch(() => failures.push(name));
      if (failures.length > 0) break;
    }
    expect(failures).not.toEqual([]);
  });
});
