import { createTelnyxApi } from '../../telnyx/telnyx-api.ts';
import { createTelnyxCarrier, type TelnyxCarrierOptions } from '../../telnyx/telnyx-carrier.ts';
import { startMediaHost } from '../media-host.ts';
import type { ScriptedListener } from '../scripted-listener.ts';
import { startTelnyxSimulator } from '../telnyx/telnyx-simulator.ts';
import type { CarrierHarness } from './carrier-harness.ts';

const OURS = '+14155550101';
const CALLER = '+12025550143';

/** The Telnyx carrier and a simulated Telnyx, connected by real HTTP and real sockets. */
export async function startTelnyxBench(listener: ScriptedListener, options: Partial<TelnyxCarrierOptions> & { speed?: number } = {}) {
  const host = await startMediaHost();
  const publicUrl = () => host.url.replace(/^ws/, 'http');
  const telnyx = await startTelnyxSimulator({ webhookUrl: () => `${publicUrl()}/webhooks/telnyx`, speed: options.speed ?? 20 });
  const warnings: string[] = [];
  const carrier = createTelnyxCarrier({
    api: createTelnyxApi({ apiKey: telnyx.apiKey, apiUrl: telnyx.url }),
    listener,
    connectionId: telnyx.connectionId,
    publicKey: telnyx.post.publicKey,
    secret: 'the secret of an installation, long enough',
    publicUrl,
    warn: (message) => warnings.push(message),
    ...options,
  });
  host.carriers.push(carrier);
  return {
    carrier,
    telnyx,
    host,
    /** What the operator was told. */
    warnings,
    async close() {
      await telnyx.close();
      await host.close();
    },
  };
}

const NUMBERS = {
  answers: '+12025550111',
  rings: '+12025550112',
  busy: '+12025550113',
  declines: '+12025550114',
  nobody: '+12025550115',
  fails: '+12025550116',
};

/** Telnyx on a bench for the suite of all carriers. What does not fit Telnyx's specification fails the case. */
export const telnyxHarness = ({ refusesStreams = false } = {}): CarrierHarness => ({
  ours: OURS,
  numbers: NUMBERS,
  ringMs: 30_000,
  maxCallMs: 14_400_000,
  shortCallMs: 60_000,
  deadlineMs: 5000,
  async start(listener, { disorder }) {
    // A minute, the least Telnyx takes as a limit, is over in 0.6 s.
    const bench = await startTelnyxBench(listener, { speed: 100 });
    const { calls } = bench.telnyx;
    for (const behaviour of ['rings', 'busy', 'declines', 'nobody', 'fails'] as const) calls.behave(NUMBERS[behaviour], behaviour);
    if (refusesStreams) {
      calls.refusesStreamedBridges();
      calls.refusesStreamedTransfers();
    }
    if (disorder) bench.telnyx.post.disorder = { duplicate: true, jitterMs: 60 };
    return {
      carrier: bench.carrier,
      url: bench.host.url,
      pressed: (ref) => calls.all.find((call) => call.ref === ref)?.digits ?? '',
      callUs: async () => calls.callUs(CALLER, OURS),
      async close() {
        await bench.close();
        if (bench.telnyx.problems.length > 0) throw new Error(bench.telnyx.problems.join('\n'));
      },
    };
  },
});
