import { afterEach, describe, expect, it } from 'vitest';
import type { DialRequest } from '../carrier.ts';
import { createScriptedListener, listenTo, type MediaHost, startMediaHost, toneVoice } from '../testing/index.ts';
import { createLocalNetwork, type LocalNetwork, type LocalNetworkOptions } from './local-network.ts';
import { tone } from './tone.ts';

let host: MediaHost;
let network: LocalNetwork;

const start = async (options: Partial<LocalNetworkOptions> = {}) => {
  host = await startMediaHost();
  const listener = createScriptedListener();
  network = createLocalNetwork({ listener, mediaUrl: () => `${host.url}/media/local`, speak: toneVoice, speed: 50, ...options });
  host.carriers.push(network);
  return { listener };
};

afterEach(async () => {
  await network.close();
  await host.close();
});

const dialTo = (to: string, more: Partial<DialRequest> = {}): DialRequest => ({
  callId: 'call_1',
  from: '+14155552671',
  to,
  commandId: `dial ${to}`,
  ringMs: 30_000,
  maxCallMs: 60_000,
  machineDetection: false,
  ...more,
});

describe('a dialled number', () => {
  it('rings, answers, and talks over the media socket', async () => {
    const { listener } = await start();
    const { ref } = await network.dial(dialTo('+12025550107'));
    const { leg, callId } = await listener.next('media');
    expect(callId).toBe('call_1');
    expect(listener.events(ref)).toEqual(['ringing', 'answered']);
    const ear = listenTo(leg);
    await ear.heardSound(5);
    expect([...ear.frameLengths]).toEqual([160]);
    leg.hangup();
    expect(await ear.closed).toBe('local');
    expect(await listener.event(ref, 'hangup')).toEqual({ type: 'hangup', cause: 'normal', source: 'caller' });
    expect(network.liveCalls).toBe(0);
  });

  it('waits until the assistant has finished, goes through its questions and hangs up', async () => {
    const said: string[] = [];
    const { listener } = await start({ observe: (_ref, happening) => happening.type === 'said' && said.push(happening.text) });
    const { ref } = await network.dial(dialTo('+12025550100'));
    const { leg } = await listener.next('media');
    const ear = listenTo(leg);
    for (const answer of ['greeting', 'first', 'second', 'third', 'goodbye']) {
      const before = ear.loudFrames;
      leg.send(tone(500, 400));
      if (answer !== 'goodbye') await ear.heardSound(before + 5);
    }
    expect(await ear.closed).toBe('hangup');
    expect(await listener.event(ref, 'hangup')).toMatchObject({ cause: 'normal', source: 'callee' });
    expect(said.slice(-2)).toEqual(['Okay, and where can I find you?', 'Thank you very much. Goodbye.']);
  });
});
