import { createLocalNumbers } from '@talkturo/carriers';
import type { Logger } from 'pino';
import type { CarrierAccount } from './carrier-account.ts';
import type { Config } from './config.ts';
import { createSuppliers, type OwnSuppliers, type Suppliers } from './phone-numbers/phone-numbers.ts';
import { createTelnyx } from './telnyx.ts';
import { createTwilio } from './twilio.ts';

export interface CarrierAccounts {
  all: readonly CarrierAccount[];
  /** The one of TALKTURO_NUMBER_SUPPLIER sells unless a buyer says otherwise; numbers of the built-in network stay there. */
  suppliers: Suppliers;
  /** The built-in network lends a number to accounts that have none; no carrier does. */
  lendsNumbers: boolean;
}

/** The carriers of the settings, several at once; with none, the built-in network stands alone. */
export function createCarrierAccounts(config: Config, secret: string, logger: Logger, ownOf: OwnSuppliers): CarrierAccounts {
  const found = [createTelnyx(config, secret, logger), createTwilio(config, secret, logger)];
  const all = found.filter((account) => account !== null);
  const preferred = (account: CarrierAccount) => account.numbers.id === config.TALKTURO_NUMBER_SUPPLIER;
  const sellers = [...all.filter(preferred), ...all.filter((account) => !preferred(account))].map((account) => account.numbers);
  const local = createLocalNumbers();
  const [first, ...rest] = sellers;
  return {
    all,
    suppliers: first ? createSuppliers([first, ...rest], [local], ownOf) : createSuppliers([local], [], ownOf),
    lendsNumbers: all.length === 0,
  };
}
