import { CarrierError, type CarrierId, type NumberSupplier } from '@talkturo/carriers';
import { badRequest } from '../http/app-error.ts';

/** Who sells numbers here, and who only keeps what it sold. */
export interface Suppliers {
  /**
   * The one to search and buy from: the one that is asked for, else the first.
   * @throws AppError 400 for one that sells nothing here.
   */
  seller(provider?: string): NumberSupplier;
  /** @throws CarrierError `auth` where the one that sold a number is no longer set up. */
  of(provider: string): NumberSupplier;
}

/** @param sellers the first sells unless a buyer says otherwise. @param keepers sell nothing new. */
export function createSuppliers(
  sellers: readonly [NumberSupplier, ...NumberSupplier[]],
  keepers: readonly NumberSupplier[] = [],
): Suppliers {
  const all = new Map<string, NumberSupplier>([...keepers, ...sellers].map((supplier) => [supplier.id, supplier]));
  return {
    seller(provider) {
      const wanted = provider === undefined ? sellers[0] : sellers.find((supplier) => supplier.id === provider);
      if (wanted) return wanted;
      const ids = sellers.map((supplier) => supplier.id).join(' or ');
      throw badRequest(`This server does not sell numbers of ${provider}: choose ${ids}.`, [
        { path: 'provider', message: `must be ${ids}` },
      ]);
    },
    of(provider) {
      const supplier = all.get(provider);
      if (!supplier) throw new CarrierError(provider as CarrierId, 'auth', `The carrier ${provider} is not set up on this server.`);
      return supplier;
    },
  };
}

/** Whether nobody knows what became of the request. */
export const outcomeIsOpen = (error: unknown): boolean =>
  error instanceof CarrierError && (error.kind === 'timeout' || error.kind === 'unavailable');
