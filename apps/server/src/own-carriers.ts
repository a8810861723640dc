import { createHash } from 'node:crypto';
import type { NumberSupplier } from '@talkturo/carriers';
import type { OwnCarrier } from './calls/account-carriers.ts';
import type { KeyedAccess, KnownCarrier } from './carrier-account.ts';
import type { VendorKeys } from './integrations/vendor-keys.ts';

/** The accounts at carriers that accounts of this installation bring themselves. Read anew each time: what is set counts from the next call on. */
export function createOwnCarriers(carriers: readonly KnownCarrier[], vendorKeys: Pick<VendorKeys, 'access'>) {
  async function accessTo(carrier: KnownCarrier, accountId: string): Promise<KeyedAccess | null> {
    const access = await vendorKeys.access(accountId, carrier.id);
    return access?.apiKey ? { ...access, apiKey: access.apiKey } : null;
  }

  return {
    /** Where the account buys its numbers, once its keys are set; in the order of the carriers. */
    async suppliersOf(accountId: string): Promise<readonly NumberSupplier[]> {
      const found = await Promise.all(
        carriers.map(async (carrier) => {
          const access = await accessTo(carrier, accountId);
          return access ? [carrier.ownOf(accountId, access).numbers] : [];
        }),
      );
      return found.flat();
    },

    /** Where its calls leave and come in. */
    async carrierOf(carrier: KnownCarrier, accountId: string): Promise<OwnCarrier | null> {
      const access = await accessTo(carrier, accountId);
      if (!access) return null;
      const identity = createHash('sha256').update(JSON.stringify(access)).digest('base64url');
      return { identity, build: (listener) => carrier.ownOf(accountId, access).carrier(listener) };
    },
  };
}
