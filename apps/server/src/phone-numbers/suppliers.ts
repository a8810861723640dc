import { CarrierError, type CarrierId, type NumberSupplier } from '@talkturo/carriers';
import { badRequest } from '../http/app-error.ts';

/** Who sells numbers here, and who only keeps what it sold. */
export interface Suppliers {
  /**
   * The one to search and buy from: the one that is asked for, else the first; an account's own access to a carrier before the server's.
   * @throws AppError 400 for one that sells nothing here.
   */
  seller(accountId: string, provider?: string): Promise<Seller>;
  /** Everybody whom `seller` finds for an account, the one that sells where none is asked for first. */
  sellers(accountId: string): Promise<readonly Seller[]>;
  /** @throws CarrierError `auth` where the one that sold a number is no longer set up. */
  of(number: { provider: string; accountId: string; ownCarrier: boolean }): Promise<NumberSupplier>;
}

export interface Seller {
  supplier: NumberSupplier;
  /** Bought with the account's own access, not the server's. */
  own: boolean;
}

/** The suppliers an account brings itself, the preferred first. */
export type OwnSuppliers = (accountId: string) => Promise<readonly NumberSupplier[]>;

/** @param sellers the first sells unless a buyer says otherwise. @param keepers sell nothing new. @param ownOf what accounts bring */
export function createSuppliers(
  sellers: readonly [NumberSupplier, ...NumberSupplier[]],
  keepers: readonly NumberSupplier[] = [],
  ownOf: OwnSuppliers = async () => [],
): Suppliers {
  const all = new Map<string, NumberSupplier>([...keepers, ...sellers].map((supplier) => [supplier.id, supplier]));

  async function sellersOf(accountId: string): Promise<Seller[]> {
    const own = await ownOf(accountId);
    const others = sellers.filter(({ id }) => own.every((brought) => brought.id !== id));
    return [...own.map((supplier) => ({ supplier, own: true })), ...others.map((supplier) => ({ supplier, own: false }))];
  }

  return {
    sellers: sellersOf,
    async seller(accountId, provider) {
      const all = await sellersOf(accountId);
      const wanted = all.find(({ supplier }) => provider === undefined || supplier.id === provider);
      if (wanted) return wanted;
      const ids = all.map(({ supplier }) => supplier.id).join(' or ');
      throw badRequest(`This server does not sell numbers of ${provider}: choose ${ids}.`, [
        { path: 'provider', message: `must be ${ids}` },
      ]);
    },
    async of({ provider, accountId, ownCarrier }) {
      const supplier = ownCarrier ? (await ownOf(accountId)).find(({ id }) => id === provider) : all.get(provider);
      if (!supplier) throw new CarrierError(provider as CarrierId, 'auth', `The carrier ${provider} is not set up on this server.`);
      return supplier;
    },
  };
}

/** Whether nobody knows what became of the request. */
export const outcomeIsOpen = (error: unknown): boolean =>
  error instanceof CarrierError && (error.kind === 'timeout' || error.kind === 'unavailable');
