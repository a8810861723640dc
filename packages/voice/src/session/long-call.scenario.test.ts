import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createHandClock, createPhoneCall, createScriptedLeg, settle } from '../testing/index.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Memory in use after collection, in bytes; sound lies outside the heap. */
async function inUse(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    collectGarbage();
    await settle();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const MINUTE_MS = 60_000;

it('an hour on the telephone: memory stays flat and the cap ends the call', { timeout: 120_000 }, async () => {
  const clock = createHandClock();
  const leg = createScriptedLeg(clock);
  let recordedMs = 0;
  const recording = {
    write: (interleaved: Int16Array) => {
      recordedMs += interleaved.length / 16;
    },
    close: async () => {},
  };
  const call = createPhoneCall({ clock, leg, recording, timings: { maxCallMs: 60 * MINUTE_MS, nudgeAfterMs: 30_000 } });
  // Events and what the test itself hears would grow; only the engine is measured.
  const events = call.events as unknown[];
  const spans = leg.spans as unknown[];
  call.model.answers('We are open from eight to six, and on Sunday from nine to twelve.');
  const requests = call.model.requests as unknown[];
  const spoken = call.voice.spoken as unknown[];
  const used: number[] = [];
  let turns = 0;
  while (clock.now() < 59.8 * MINUTE_MS) {
    await call.says('when are you open');
    // Every other answer is cut off by the next question.
    await clock.advance(turns++ % 2 ? 3000 : 14_000);
    expect(call.ended).toBeNull();
    for (const list of [events, spans, requests, spoken]) list.length = 0;
    if (turns % 40 === 0) used.push(await inUse());
  }
  await call.until(() => call.ended !== null, MINUTE_MS);
  expect(call.ended?.reason).toBe('max_duration');
  expect(turns).toBeGreaterThan(300);
  // Text of the conversation grows by some kilobytes; sound must not: an hour of it is 57 megabytes a side.
  expect(Math.min(...used.slice(-3)) - Math.min(...used.slice(0, 3))).toBeLessThan(8 * 1024 * 1024);
  expect(Math.abs(recordedMs - call.ended!.durationMs)).toBeLessThan(20);
  expect([call.model.running, call.voice.running, call.ears.openNow, clock.pending]).toEqual([0, 0, 0, 0]);
});
