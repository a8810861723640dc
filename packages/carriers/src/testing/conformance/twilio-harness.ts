import { createTwilioApi } from '../../twilio/twilio-api.ts';
import { createTwilioCarrier, type TwilioCarrierOptions } from '../../twilio/twilio-carrier.ts';
import { startMediaHost } from '../media-host.ts';
import type { ScriptedListener } from '../scripted-listener.ts';
import { startTwilioSimulator } from '../twilio/twilio-simulator.ts';
import type { CarrierHarness } from './carrier-harness.ts';

const OURS = '+14155550101';
const CALLER = '+12025550143';

const NUMBERS = {
  answers: '+12025550111',
  rings: '+12025550112',
  busy: '+12025550113',
  declines: '+12025550114',
  nobody: '+12025550115',
  fails: '+12025550116',
};

/** The Twilio carrier and a simulated Twilio, connected by real HTTP and real sockets. */
export async function startTwilioBench(listener: ScriptedListener, options: Partial<TwilioCarrierOptions> & { speed?: number } = {}) {
  const host = await startMediaHost();
  const publicUrl = () => host.url.replace(/^ws/, 'http');
  const twilio = await startTwilioSimulator({ voiceUrl: () => `${publicUrl()}/webhooks/twilio`, speed: options.speed ?? 20 });
  const warnings: string[] = [];
  const { accountSid, authToken, url } = twilio;
  const carrier = createTwilioCarrier({
    api: createTwilioApi({ accountSid, authToken, apiUrl: url, pricingUrl: url }),
    listener,
    authToken,
    secret: 'the secret of an installation, long enough',
    publicUrl,
    warn: (message) => warnings.push(message),
    ...options,
  });
  host.carriers.push(carrier);
  return {
    carrier,
    twilio,
    host,
    /** What the operator was told. */
    warnings,
    async close() {
      await twilio.close();
      await host.close();
    },
  };
}

/** Twilio on a bench for the suite of all carriers. What does not fit Twilio's specification fails the case. */
export const twilioHarness = (): CarrierHarness => ({
  ours: OURS,
  numbers: NUMBERS,
  ringMs: 30_000,
  maxCallMs: 14_400_000,
  shortCallMs: 60_000,
  deadlineMs: 5000,
  async start(listener, { disorder }) {
    const bench = await startTwilioBench(listener, { speed: 100 });
    const { calls } = bench.twilio;
    for (const behaviour of ['rings', 'busy', 'declines', 'nobody', 'fails'] as const) calls.behave(NUMBERS[behaviour], behaviour);
    if (disorder) bench.twilio.post.disorder = { duplicate: true, jitterMs: 60 };
    return {
      carrier: bench.carrier,
      url: bench.host.url,
      pressed: (ref) => calls.all.find((call) => call.sid === ref)?.keys ?? '',
      callUs: async () => calls.callUs(CALLER, OURS),
      async close() {
        await bench.close();
        if (bench.twilio.problems.length > 0) throw new Error(bench.twilio.problems.join('\n'));
      },
    };
  },
});
