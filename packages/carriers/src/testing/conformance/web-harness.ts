import type { CarrierListener } from '../../carrier.ts';
import { createWebCarrier, type WebCarrierOptions } from '../../web/web-carrier.ts';
import { startMediaHost } from '../media-host.ts';
import { connectWebCaller } from '../web-caller.ts';
import type { CarrierHarness } from './carrier-harness.ts';

const OURS = '+14155552671';
const CALLER = '+12025550101';

/** The carrier of web calls on a server of its own. */
export async function startWebBench(listener: CarrierListener, options: Partial<WebCarrierOptions> = {}) {
  const host = await startMediaHost();
  const carrier = createWebCarrier({ listener, secret: 'the secret of an installation', nodeId: 'node_1', ...options });
  host.carriers.push(carrier);
  return {
    carrier,
    url: host.url,
    /** Where the ticket of a call leads. */
    at: (token: string) => `${host.url}${carrier.media.path}?token=${encodeURIComponent(token)}`,
    async close() {
      await carrier.close();
      await host.close();
    },
  };
}

/** Web calls for the suite of all carriers, as far as it is about calls that come in. */
export const webHarness = (): CarrierHarness => ({
  ours: OURS,
  numbers: null,
  ringMs: 30_000,
  maxCallMs: 60_000,
  shortCallMs: 300,
  deadlineMs: 2500,
  async start(listener) {
    const bench = await startWebBench(listener);
    return {
      carrier: bench.carrier,
      url: bench.url,
      async callUs() {
        const { token } = bench.carrier.place({ from: CALLER, to: OURS, format: 'pcm_16000' });
        const caller = await connectWebCaller(bench.at(token));
        const beat = setInterval(() => caller.sound(Buffer.alloc(640)), 20);
        caller.closed.then(() => clearInterval(beat));
        return caller;
      },
      pressed: () => '',
      close: bench.close,
    };
  },
});
