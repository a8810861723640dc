import { createTelnyxApi, createTelnyxCarrier, createTelnyxNumbers, createUnreadyTelnyx } from '@talkturo/carriers';
import type { Logger } from 'pino';
import type { CarrierAccount } from './carrier-account.ts';
import type { Config } from './config.ts';

const NEEDED_FOR_CALLS = ['TELNYX_CONNECTION_ID', 'TELNYX_PUBLIC_KEY', 'PUBLIC_URL'] as const;

/** Telnyx as far as the settings go; null without a key. The key alone is enough for numbers; calls need to be reached by Telnyx as well. */
export function createTelnyx(config: Config, secret: string, logger: Logger): CarrierAccount | null {
  if (!config.TELNYX_API_KEY) return null;
  const api = createTelnyxApi({ apiKey: config.TELNYX_API_KEY, apiUrl: config.TELNYX_API_URL });
  return {
    numbers: createTelnyxNumbers(api, { connectionId: config.TELNYX_CONNECTION_ID }),
    carrier(listener) {
      const { TELNYX_CONNECTION_ID: connectionId, TELNYX_PUBLIC_KEY: publicKey, PUBLIC_URL: publicUrl } = config;
      if (!connectionId || !publicKey || !publicUrl) {
        const missing = NEEDED_FOR_CALLS.filter((name) => !config[name]);
        logger.warn({ missing }, 'calls over Telnyx are not possible: settings are missing');
        return createUnreadyTelnyx(`Calls over Telnyx need settings that are missing: ${missing.join(', ')}.`);
      }
      return createTelnyxCarrier({
        api,
        listener,
        connectionId,
        publicKey,
        machineDetection: config.TELNYX_MACHINE_DETECTION,
        codec: config.TELNYX_CODEC,
        secret,
        publicUrl: () => publicUrl.replace(/\/+$/, ''),
        warn: (message, { type, error }) => logger.warn({ event: type, err: error }, message),
      });
    },
  };
}
