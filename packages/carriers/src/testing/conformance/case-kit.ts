import assert from 'node:assert/strict';
import type { ConformanceCase } from '@talkturo/voice/testing';
import { WebSocket } from 'ws';
import { CarrierError, type CarrierErrorKind, type DialRequest } from '../../carrier.ts';
import { createScriptedListener, type ScriptedListener } from '../scripted-listener.ts';
import type { CarrierBench, CarrierHarness } from './carrier-harness.ts';

/** Whether an adapter says no in its own words. */
export const refusedWith = async (promise: Promise<unknown>, kind: CarrierErrorKind) => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CarrierError, `rejects with CarrierError, not ${String(error)}`);
  assert.equal(error.kind, kind);
};

/** Status with which the upgrade of a media socket is refused, or 101. */
export const upgradeStatus = (url: string) =>
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
export interface CarrierCase extends ConformanceCase {
  called?: true;
}

const NOBODY = { answers: '', rings: '', busy: '', declines: '', nobody: '', fails: '' };

export type CaseKit = ReturnType<typeof createCaseKit>;

/** What the cases of all subjects are made with. */
export function createCaseKit(harness: CarrierHarness) {
  const { ours, deadlineMs = 8000 } = harness;
  const numbers = harness.numbers ?? NOBODY;
  let count = 0;
  /** Tells commands and calls of one run apart. */
  const next = () => {
    count += 1;
    return count;
  };

  const dialTo = (to: string, more: Partial<DialRequest> = {}): DialRequest => {
    const at = next();
    const { ringMs, maxCallMs } = harness;
    return { callId: `call_${at}`, commandId: `command ${at}`, from: ours, to, ringMs, maxCallMs, machineDetection: false, ...more };
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

  return { harness, ours, numbers, deadlineMs, dialTo, onBench, next };
}
