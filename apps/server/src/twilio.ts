import {
  createTwilioApi,
  createTwilioCarrier,
  createTwilioNumbers,
  createUnreadyTwilio,
  readTwilioAccount,
  type TwilioApi,
  twilioWebhookPath,
} from '@talkturo/carriers';
import { type CarrierAccount, type CarrierGround, type KeyedAccess, type KnownCarrier, publicUrlOf, TRY_MS } from './carrier-account.ts';
import type { Config } from './config.ts';

const OWN_UNREADY = 'Calls over your Twilio account are not possible yet: whoever runs this server needs to set PUBLIC_URL.';

interface Access {
  api: TwilioApi;
  authToken: string;
  addressSid: string | undefined;
  bundleSid: string | undefined;
  /** Whose account it is; left out: the server's. */
  account?: string;
  /** Said where calls are not possible yet. */
  unready(): string;
}

/** The API for an account at Twilio, at the address of the settings. */
export function twilioApiAt(config: Config, accountSid: string, authToken: string): TwilioApi {
  return createTwilioApi({ accountSid, authToken, apiUrl: config.TWILIO_API_URL, pricingUrl: config.TWILIO_PRICING_URL });
}

/** Null without an account of the server's. */
export function twilioApiOf(config: Config): TwilioApi | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = config;
  return accountSid && authToken ? twilioApiAt(config, accountSid, authToken) : null;
}

/** Twilio. An account with its token is enough for numbers; calls need to be reached by Twilio as well. */
export function createTwilio({ config, secret, logger }: CarrierGround): KnownCarrier {
  const publicUrl = publicUrlOf(config);
  const serverApi = twilioApiOf(config);
  const apiOf = ({ apiKey, settings }: KeyedAccess) => twilioApiAt(config, settings.account_sid ?? '', apiKey);

  function accountAt({ api, authToken, addressSid, bundleSid, account, unready }: Access): CarrierAccount {
    return {
      numbers: createTwilioNumbers(api, { publicUrl, account, addressSid, bundleSid }),
      carrier(listener) {
        if (!publicUrl) return createUnreadyTwilio(unready());
        return createTwilioCarrier({
          api,
          listener,
          authToken,
          account,
          secret,
          publicUrl: () => publicUrl,
          warn: (message, { type, error }) => logger.warn({ accountId: account, event: type, err: error }, message),
        });
      },
    };
  }

  function missing(): string {
    logger.warn({ missing: ['PUBLIC_URL'] }, 'calls over Twilio are not possible: settings are missing');
    return 'Calls over Twilio need a setting that is missing: PUBLIC_URL.';
  }

  return {
    id: 'twilio',
    name: 'Twilio',
    server: serverApi && accountAt({ ...serverAccess(config), api: serverApi, unready: missing }),
    ownOf: (account, access) =>
      accountAt({
        api: apiOf(access),
        authToken: access.apiKey,
        addressSid: access.settings.address_sid,
        bundleSid: access.settings.bundle_sid,
        account,
        unready: () => OWN_UNREADY,
      }),
    async tryKey(own) {
      const api = own ? apiOf(own) : serverApi;
      if (api) await readTwilioAccount(api, { repeatable: false, timeoutMs: TRY_MS });
    },
    unready: createUnreadyTwilio('Twilio is not set up on this server.'),
    webhookPath: twilioWebhookPath(),
  };
}

const serverAccess = ({ TWILIO_AUTH_TOKEN: authToken = '', TWILIO_ADDRESS_SID: addressSid, TWILIO_BUNDLE_SID: bundleSid }: Config) => ({
  authToken,
  addressSid,
  bundleSid,
});
