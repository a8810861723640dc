import {
  createTelnyxApi,
  createTelnyxCarrier,
  createTelnyxNumbers,
  createUnreadyTelnyx,
  lacksTelnyxApplication,
  telnyxWebhookPath,
} from '@talkturo/carriers';
import { type CarrierAccount, type CarrierGround, type KnownCarrier, publicUrlOf, TRY_MS } from './carrier-account.ts';
import type { Config } from './config.ts';

const NEEDED_FOR_CALLS = ['TELNYX_CONNECTION_ID', 'TELNYX_PUBLIC_KEY', 'PUBLIC_URL'] as const;
const OWN_UNREADY = 'Calls over your Telnyx account need its set-up and its public key: see Settings → Integrations.';

interface Access {
  apiKey: string;
  connectionId: string | undefined;
  publicKey: string | undefined;
  /** Whose account it is; left out: the server's. */
  account?: string;
  /** Said where calls are not possible yet. */
  unready(): string;
}

/** Telnyx. A key alone is enough for numbers; calls need an application and to be reached by Telnyx as well. */
export function createTelnyx({ config, secret, logger }: CarrierGround): KnownCarrier {
  const apiOf = (apiKey: string) => createTelnyxApi({ apiKey, apiUrl: config.TELNYX_API_URL });
  const publicUrl = publicUrlOf(config);

  function accountAt({ apiKey, connectionId, publicKey, account, unready }: Access): CarrierAccount {
    const api = apiOf(apiKey);
    return {
      numbers: createTelnyxNumbers(api, { connectionId }),
      carrier(listener) {
        if (!connectionId || !publicKey || !publicUrl) return createUnreadyTelnyx(unready());
        return createTelnyxCarrier({
          api,
          listener,
          connectionId,
          publicKey,
          account,
          machineDetection: config.TELNYX_MACHINE_DETECTION,
          codec: config.TELNYX_CODEC,
          l16Order: config.TELNYX_L16_ORDER === 'auto' ? null : config.TELNYX_L16_ORDER,
          secret,
          publicUrl: () => publicUrl,
          warn: (message, { type, error }) => logger.warn({ accountId: account, event: type, err: error }, message),
        });
      },
    };
  }

  function missing(): string {
    const names = NEEDED_FOR_CALLS.filter((name) => !config[name]);
    logger.warn({ missing: names }, 'calls over Telnyx are not possible: settings are missing');
    return `Calls over Telnyx need settings that are missing: ${names.join(', ')}.`;
  }

  return {
    id: 'telnyx',
    name: 'Telnyx',
    server: config.TELNYX_API_KEY ? accountAt({ ...serverAccess(config), apiKey: config.TELNYX_API_KEY, unready: missing }) : null,
    ownOf: (account, { apiKey, settings: { connection_id: connectionId, public_key: publicKey } }) =>
      accountAt({ apiKey, connectionId, publicKey, account, unready: () => OWN_UNREADY }),
    async tryKey(own) {
      const api = apiOf(own?.apiKey ?? config.TELNYX_API_KEY ?? '');
      await api.request({ method: 'GET', path: '/balance', repeatable: false, timeoutMs: TRY_MS });
    },
    async foreignTo({ apiKey, settings: { connection_id: connectionId } }) {
      if (!connectionId) return [];
      // Telnyx does not name an account, but each knows its applications. One that cannot be asked is asked by the next set-up.
      const foreign = await lacksTelnyxApplication(apiOf(apiKey), connectionId, TRY_MS).catch(() => false);
      return foreign ? ['connection_id', 'public_key'] : [];
    },
    unready: createUnreadyTelnyx('Telnyx is not set up on this server.'),
    webhookPath: telnyxWebhookPath(),
  };
}

const serverAccess = ({ TELNYX_CONNECTION_ID: connectionId, TELNYX_PUBLIC_KEY: publicKey }: Config) => ({ connectionId, publicKey });
