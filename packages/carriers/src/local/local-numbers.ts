import type { NumberSupplier } from '../number-supplier.ts';
import { offeredNumbers } from './number-inventory.ts';

/** North American numbers: area code and exchange begin with 2 to 9. Elsewhere any number of E.164's length. */
const isSellable = (phoneNumber: string): boolean =>
  phoneNumber.startsWith('+1') ? /^\+1[2-9]\d{2}[2-9]\d{6}$/.test(phoneNumber) : /^\+[2-9]\d{6,14}$/.test(phoneNumber);

/**
 * Numbers of the built-in network. It keeps no books: whoever asks for a valid number has it at once, and the server's own record is the
 * only one. So an order can be asked for again, and `find` answers like `order`.
 */
export function createLocalNumbers(): NumberSupplier {
  const order: NumberSupplier['order'] = async ({ phoneNumber }) =>
    isSellable(phoneNumber) ? { state: 'active', numberId: phoneNumber.slice(1) } : { state: 'not-offered' };
  return {
    id: 'local',
    name: 'Built-in network',
    search: async (search) => offeredNumbers(search),
    order,
    find: order,
    release: async () => {},
  };
}
