import type { Carrier, CarrierListener, NumberSupplier } from '@talkturo/carriers';

/** An account at a carrier, as far as the settings go. */
export interface CarrierAccount {
  numbers: NumberSupplier;
  /** Places and takes calls; where a setting is missing, one that says which. */
  carrier(listener: CarrierListener): Carrier;
}
