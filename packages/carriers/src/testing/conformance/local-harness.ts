import type { Carrier, CarrierListener } from '../../carrier.ts';
import { createLocalNetwork } from '../../local/local-network.ts';
import { openNetworkEnd } from '../../media-socket/network-end.ts';
import { startMediaHost } from '../media-host.ts';
import { toneVoice } from '../tone-voice.ts';
import type { CarrierHarness } from './carrier-harness.ts';

/** Chances that repeat themselves: the same disorder in every run. */
const cycle = (values: readonly number[]) => {
  let at = 0;
  return () => values[at++ % values.length]!;
};

const OURS = '+14155552671';

const CALLER = '+12025550101';
const SILENCE = Buffer.alloc(160, 0xff).toString('base64');

/** A caller's program: silent, until it hangs up. */
const connectCaller = (url: string, callRef: string) =>
  new Promise<{ hangUp(): void }>((resolve) => {
    const end = openNetworkEnd({
      url,
      callRef,
      from: CALLER,
      to: OURS,
      encoding: 'PCMU',
      onOpen: () => resolve({ hangUp: () => end.hangup() }),
      onClosed: () => clearInterval(beat),
    });
    const beat = setInterval(() => end.send(SILENCE), 20);
  });

export interface Changed {
  carrier?(good: Carrier): Partial<Carrier>;
  listener?(good: CarrierListener): Partial<CarrierListener>;
}

/** The built-in network on a bench; `changed` lets a test break it. */
export const localHarness = (changed: Changed = {}): CarrierHarness => ({
  ours: OURS,
  numbers: {
    answers: '+12025550197',
    rings: '+12025550160',
    busy: '+12025550170',
    declines: '+12025550180',
    nobody: '+12025550185',
    fails: '+12025550190',
  },
  ringMs: 30_000,
  maxCallMs: 60_000,
  shortCallMs: 300,
  deadlineMs: 2500,
  async start(listener, { disorder }) {
    const host = await startMediaHost();
    const pressed = new Map<string, string>();
    const random = cycle([0.9, 0.1, 0.6, 0.3, 0.7, 0.2, 0.4]);
    const network = createLocalNetwork({
      listener: { ...listener, ...changed.listener?.(listener) },
      mediaUrl: () => `${host.url}/media/local`,
      speak: toneVoice,
      speed: 100,
      observe(ref, happening) {
        if (happening.type === 'digits') pressed.set(ref, (pressed.get(ref) ?? '') + happening.digits);
      },
      ...(disorder && { disorder: { duplicate: 0.8, delay: 0.5, delayMs: 60, random } }),
    });
    const carrier: Carrier = { ...network, ...changed.carrier?.(network) };
    host.carriers.push(carrier);
    return {
      carrier,
      url: host.url,
      pressed: (ref) => pressed.get(ref) ?? '',
      async callUs() {
        const { call, mediaUrl } = network.placeExternal({ to: OURS, from: CALLER });
        return connectCaller(mediaUrl, call.ref);
      },
      async close() {
        await network.close();
        await host.close();
      },
    };
  },
});
