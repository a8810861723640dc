import type { CarrierId } from './carrier.ts';

export interface NumberSearch {
  /** ISO 3166-1 alpha-2. */
  countryCode: string;
  /** Three digits, US and CA only. */
  areaCode?: string | undefined;
  numberType: 'local' | 'toll-free';
  limit: number;
}

export interface OfferedNumber {
  /** E.164. */
  phoneNumber: string;
  /** USD, two decimals or more. */
  monthlyPrice: string;
  setupPrice: string;
  /** `voice`, `sms`, … */
  features: string[];
}

export interface NumberOrder {
  /** E.164. */
  phoneNumber: string;
  /** ISO 3166-1 alpha-2, where the number says it. */
  countryCode?: string | undefined;
  /** Ours, unique for each purchase: by it a lost order is found again. */
  customerReference: string;
  /** The carrier's connection that the number's calls arrive on, where the buyer named one. */
  connectionId?: string | undefined;
}

/**
 * How an order stands.
 * - `active`: the number is ours; `numberId` is the carrier's id of it.
 * - `pending`: the carrier took the order and is still working on it; with `papersMissing` it waits for proofs (of an address, of identity)
 *   that the number's country demands of who buys it.
 * - `failed`: the carrier could not deliver; nothing was bought.
 * - `not-offered`: the carrier does not sell this number; nothing was bought.
 * - `none`: the carrier knows of no such order.
 */
export type OrderState =
  | { state: 'active'; numberId: string }
  | { state: 'pending'; papersMissing?: true }
  | { state: 'failed' }
  | { state: 'not-offered' }
  | { state: 'none' };

/** A number of ours that its carrier did not let be led here. */
export interface RefusedNumber {
  /** E.164. */
  phoneNumber: string;
  /** In the carrier's words. */
  said: string;
}

/** Who sells telephone numbers. Everything rejects with CarrierError. */
export interface NumberSupplier {
  /** Also the `provider` of a number. */
  readonly id: CarrierId;
  /** As it writes itself. */
  readonly name: string;
  search(search: NumberSearch): Promise<OfferedNumber[]>;
  /**
   * Asks for a number once: never repeated after a lost answer. `timeout` and `unavailable` leave the outcome unknown, ask `find` then;
   * every other error means that nothing was bought.
   */
  order(order: NumberOrder): Promise<OrderState>;
  /** How the order with this reference stands now. */
  find(order: NumberOrder): Promise<OrderState>;
  /**
   * Withdraws an order that is pending, where the carrier can; how it stands then, `find` says. One that it does not have, or that is done, is
   * not an error.
   */
  cancel?(order: NumberOrder): Promise<void>;
  /** Gives a number back. A number that is no longer ours is not an error. */
  release(number: { phoneNumber: string; numberId: string }): Promise<void>;
}
