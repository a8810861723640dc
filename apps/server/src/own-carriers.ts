import { createHash } from 'node:crypto';
import { createUnreadyCarrier, createUnreadyNumbers, type NumberSupplier } from '@talkturo/carriers';
import type { OwnCarrier } from './calls/account-carriers.ts';
import type { KeyedAccess, KnownCarrier } from './carrier-account.ts';
import type { VendorKeys } from './integrations/vendor-keys.ts';

/** The accounts at carriers that accounts of this installation bring themselves. Read anew each time: what is set counts from the next call on. */
export function createOwnCarriers(carriers: readonly KnownCarrier[], vendorKeys: Pick<VendorKeys, 'access'>) {
  /** What is set for a carrier; `locked`: a key that does not open is no reason to use the server's account (decision 0013). */
  async function accessTo(carrier: KnownCarrier, accountId: string): Promise<KeyedAccess | 'locked' | null> {
    const access = await vendorKeys.access(accountId, carrier.id);
    if (access === null) return 'locked';
    return access?.apiKey ? { ...access, apiKey: access.apiKey } : null;
  }

  const lockedSentence = ({ name }: KnownCarrier) => `The key of this account for ${name} cannot be read: set it again.`;

  return {
    /** Where the account buys its numbers, once its keys are set; in the order of the carriers. */
    async suppliersOf(accountId: string): Promise<readonly NumberSupplier[]> {
      const found = await Promise.all(
        carriers.map(async (carrier) => {
          const access = await accessTo(carrier, accountId);
          if (access === 'locked') return [createUnreadyNumbers(carrier.id, carrier.name, lockedSentence(carrier))];
          return access ? [carrier.ownOf(accountId, access).numbers] : [];
        }),
      );
      return found.flat();
    },

    /** Where its calls leave and come in. */
    async carrierOf(carrier: KnownCarrier, accountId: string): Promise<OwnCarrier | null> {
      const access = await accessTo(carrier, accountId);
      if (!access) return null;
      if (access === 'locked') {
        const sentence = lockedSentence(carrier);
        return { identity: access, build: () => createUnreadyCarrier(carrier.id, carrier.unready.media.path, sentence) };
      }
      const identity = createHash('sha256').update(JSON.stringify(access)).digest('base64url');
      return { identity, build: (listener) => carrier.ownOf(accountId, access).carrier(listener) };
    },
  };
}
