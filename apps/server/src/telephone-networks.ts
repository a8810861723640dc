import { type Carrier, type CarrierId, createLocalNetwork, createWebCarrier, peopleVoice } from '@talkturo/carriers';
import type { TextToSpeech } from '@talkturo/voice';
import { createAccountCarriers } from './calls/account-carriers.ts';
import { createStartNetworkCall } from './calls/network-calls.ts';
import type { createTelephony } from './calls/telephony.ts';
import type { KnownCarrier } from './carrier-account.ts';
import type { Config } from './config.ts';
import { type Ground, type StandIns, secretOf } from './ground.ts';
import type { createOwnCarriers } from './own-carriers.ts';
import type { PhoneNumbers } from './phone-numbers/phone-numbers.ts';

export interface TelephoneNetworksGround extends Pick<Ground, 'config' | 'logger'> {
  telephony: ReturnType<typeof createTelephony>;
  knownCarriers: readonly KnownCarrier[];
  ownCarriers: ReturnType<typeof createOwnCarriers>;
  numbers: PhoneNumbers['forCall'];
  nodeId: string;
  /** The voice of the simulated people. */
  speech(): { textToSpeech: TextToSpeech };
  /** Where this node listens. */
  port(): number;
  standIns: Pick<StandIns, 'speak' | 'createCarrier'>;
}

/** The networks that calls come and go by: the built-in one, the web, and each carrier with all accounts at it. */
export function createTelephoneNetworks(ground: TelephoneNetworksGround) {
  const { config, logger, telephony, knownCarriers, ownCarriers, numbers, speech, port, standIns } = ground;
  const { listener, placing, lifecycle } = telephony;
  const network = createLocalNetwork({
    listener,
    // The people live in this process: they come in over loopback.
    mediaUrl: () => `ws://${loopbackOf(config.HOST)}:${port()}${network.media.path}`,
    speak: standIns.speak ?? ((text) => peopleVoice(speech().textToSpeech)(text)),
    isOurs: numbers.isBought,
    speed: config.TALKTURO_NETWORK_SPEED,
  });
  const web = createWebCarrier({
    listener,
    secret: secretOf(config),
    nodeId: ground.nodeId,
    observe: telephony.noteConnection,
  });
  const ofAccounts = knownCarriers.map((carrier) =>
    createAccountCarriers({
      server: carrier.server?.carrier(listener) ?? carrier.unready,
      webhookPath: carrier.webhookPath,
      listener,
      ownOf: (accountId) => ownCarriers.carrierOf(carrier, accountId),
      accountOfNumber: numbers.ownerOfCarrier,
      callById: async (id) => (await lifecycle.find(id)) ?? null,
      logger,
    }),
  );
  const local = standIns.createCarrier?.(listener) ?? network;
  return {
    network,
    web,
    /** Every way a call can go, as its record names it. */
    all: [...ofAccounts, local, web].map((carrier): [CarrierId, Carrier] => [carrier.id, carrier]),
    startNetworkCall: createStartNetworkCall(placing, network, () => publicBase(config, port()) + network.media.path),
    async close(): Promise<void> {
      await network.close();
      for (const carrier of ofAccounts) await carrier.close();
      await web.close();
    },
  };
}

/** Where callers of the built-in network come in from elsewhere. */
const publicBase = ({ PUBLIC_URL: url }: Config, port: number): string =>
  (url ?? `http://localhost:${port}`).replace(/^http/, 'ws').replace(/\/$/, '');

/** Where this process reaches itself, given the address it listens on. */
function loopbackOf(host: string): string {
  if (host === '0.0.0.0' || host === 'localhost') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
