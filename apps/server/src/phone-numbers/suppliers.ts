import { CarrierError, type CarrierId, type NumberSupplier } from '@talkturo/carriers';

/** Who sells numbers here: one is searched and bought from, the others keep what they sold. */
export interface Suppliers {
  seller: NumberSupplier;
  /** @throws CarrierError `auth` where the one that sold a number is no longer set up. */
  of(provider: string): NumberSupplier;
}

export function createSuppliers(seller: NumberSupplier, others: readonly NumberSupplier[] = []): Suppliers {
  const all = new Map<string, NumberSupplier>([...others, seller].map((supplier) => [supplier.id, supplier]));
  return {
    seller,
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
