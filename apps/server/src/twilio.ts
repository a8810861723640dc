import { createTwilioApi, createTwilioCarrier, createTwilioNumbers, createUnreadyTwilio, type TwilioApi } from '@talkturo/carriers';
import type { Logger } from 'pino';
import type { CarrierAccount } from './carrier-account.ts';
import type { Config } from './config.ts';

/** Null without an account. */
export function twilioApiOf(config: Config): TwilioApi | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = config;
  if (!accountSid || !authToken) return null;
  return createTwilioApi({ accountSid, authToken, apiUrl: config.TWILIO_API_URL, pricingUrl: config.TWILIO_PRICING_URL });
}

/** Twilio as far as the settings go; null without an account. The account alone is enough for numbers; calls need to be reached as well. */
export function createTwilio(config: Config, secret: string, logger: Logger): CarrierAccount | null {
  const api = twilioApiOf(config);
  const { TWILIO_AUTH_TOKEN: authToken } = config;
  if (!api || !authToken) return null;
  const publicUrl = config.PUBLIC_URL?.replace(/\/+$/, '');
  return {
    numbers: createTwilioNumbers(api, { publicUrl, addressSid: config.TWILIO_ADDRESS_SID, bundleSid: config.TWILIO_BUNDLE_SID }),
    carrier(listener) {
      if (!publicUrl) {
        logger.warn({ missing: ['PUBLIC_URL'] }, 'calls over Twilio are not possible: settings are missing');
        return createUnreadyTwilio('Calls over Twilio need a setting that is missing: PUBLIC_URL.');
      }
      return createTwilioCarrier({
        api,
        listener,
        authToken,
        secret,
        publicUrl: () => publicUrl,
        warn: (message, { type, error }) => logger.warn({ event: type, err: error }, message),
      });
    },
  };
}
