import { createLocalNumbers } from '@talkturo/carriers';
import { type CarrierGround, type KnownCarrier, publicUrlOf } from './carrier-account.ts';
import type { Config } from './config.ts';
import { type CarrierSetUpGround, createCarrierSetUp } from './integrations/carrier-set-up.ts';
import { telnyxSetUp } from './integrations/telnyx-set-up.ts';
import { twilioSetUp } from './integrations/twilio-set-up.ts';
import { createSuppliers, type OwnSuppliers, type Suppliers } from './phone-numbers/phone-numbers.ts';
import { createTelnyx } from './telnyx.ts';
import { createTwilio, twilioApiAt } from './twilio.ts';

/** Every carrier that there is beside the built-in network; the one of TALKTURO_NUMBER_SUPPLIER first. */
export function createKnownCarriers(ground: CarrierGround): readonly KnownCarrier[] {
  const preferred = ({ id }: KnownCarrier) => id === ground.config.TALKTURO_NUMBER_SUPPLIER;
  return [createTelnyx(ground), createTwilio(ground)].toSorted((a, b) => Number(preferred(b)) - Number(preferred(a)));
}

/** The first sells unless a buyer says otherwise; without any, the built-in network does, whose numbers stay there in any case. */
export function suppliersOf(carriers: readonly KnownCarrier[], ownOf: OwnSuppliers): Suppliers {
  const local = createLocalNumbers();
  const [first, ...rest] = carriers.flatMap(({ server }) => (server ? [server.numbers] : []));
  return first ? createSuppliers([first, ...rest], [local], ownOf) : createSuppliers([local], [], ownOf);
}

/** Whether the built-in network stands alone: it lends a number to accounts that have none, no carrier does. */
export const noneHasAccount = (carriers: readonly KnownCarrier[]): boolean => carriers.every(({ server }) => server === null);

/** How each is set up for an account that has brought its own access to it. */
export function createCarrierSetUps(config: Config, ground: Omit<CarrierSetUpGround, 'publicUrl'>) {
  const reached = { ...ground, publicUrl: publicUrlOf(config) };
  return {
    telnyx: createCarrierSetUp(reached, telnyxSetUp(config.TELNYX_API_URL)),
    twilio: createCarrierSetUp(
      reached,
      twilioSetUp((accountSid, authToken) => twilioApiAt(config, accountSid, authToken)),
    ),
  };
}
