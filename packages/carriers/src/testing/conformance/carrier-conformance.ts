import assert from 'node:assert/strict';
import type { ConformanceCase } from '@talkturo/voice/testing';
import type { CarrierHarness } from './carrier-harness.ts';
import { type CarrierCase, createCaseKit, upgradeStatus } from './case-kit.ts';
import { diallingCases } from './dialling-cases.ts';
import { incomingCases } from './incoming-cases.ts';
import { transferCases } from './transfer-cases.ts';

/** What every carrier must do. The carrier is real, its network is the harness's. */
export const carrierConformance = (harness: CarrierHarness): ConformanceCase[] => {
  const kit = createCaseKit(harness);
  const { dialTo, onBench, numbers } = kit;
  const cases: CarrierCase[] = [
    ...diallingCases(kit),
    ...incomingCases(kit),
    ...transferCases(kit),
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
