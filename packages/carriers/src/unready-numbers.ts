import { CarrierError, type CarrierId } from './carrier.ts';
import type { NumberSupplier } from './number-supplier.ts';

/** Stands where an account at a carrier cannot be used: nothing is sold, looked up or given back, with a sentence that says why. */
export function createUnreadyNumbers(id: CarrierId, name: string, sentence: string): NumberSupplier {
  const refuse = async () => {
    throw new CarrierError(id, 'auth', sentence);
  };
  return { id, name, search: refuse, order: refuse, find: refuse, release: refuse };
}
