import { createHash } from 'node:crypto';
import { createTelnyxApi, createTelnyxCarrier, createTelnyxNumbers, createUnreadyTelnyx, type NumberSupplier } from '@talkturo/carriers';
import type { Logger } from 'pino';
import type { OwnCarrier } from './calls/account-carriers.ts';
import type { Config } from './config.ts';
import type { VendorKeys } from './integrations/vendor-keys.ts';

/** The Telnyx accounts that accounts of this installation bring themselves. */
export function createOwnTelnyx(config: Config, secret: string, vendorKeys: Pick<VendorKeys, 'access'>, logger: Logger) {
  const apiOf = (apiKey: string) => createTelnyxApi({ apiKey, apiUrl: config.TELNYX_API_URL });

  return {
    /** Where the account buys its numbers, once its key is set. */
    async suppliersOf(accountId: string): Promise<readonly NumberSupplier[]> {
      const access = await vendorKeys.access(accountId, 'telnyx');
      if (!access?.apiKey) return [];
      return [createTelnyxNumbers(apiOf(access.apiKey), { connectionId: access.settings.connection_id })];
    },

    async carrierOf(accountId: string): Promise<OwnCarrier | null> {
      const access = await vendorKeys.access(accountId, 'telnyx');
      if (!access?.apiKey) return null;
      const { apiKey } = access;
      const { connection_id: connectionId, public_key: publicKey } = access.settings;
      const publicUrl = config.PUBLIC_URL?.replace(/\/+$/, '');
      const parts = JSON.stringify([apiKey, connectionId, publicKey]);
      return {
        identity: createHash('sha256').update(parts).digest('base64url'),
        build(listener) {
          if (!connectionId || !publicKey || !publicUrl) {
            return createUnreadyTelnyx('Calls over your Telnyx account need its set-up and its public key: see Settings → Integrations.');
          }
          return createTelnyxCarrier({
            api: apiOf(apiKey),
            listener,
            connectionId,
            publicKey,
            account: accountId,
            machineDetection: config.TELNYX_MACHINE_DETECTION,
            secret,
            publicUrl: () => publicUrl,
            warn: (message, { type, error }) => logger.warn({ accountId, event: type, err: error }, message),
          });
        },
      };
    },
  };
}
