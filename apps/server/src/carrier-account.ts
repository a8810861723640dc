import type { Carrier, CarrierListener, NumberSupplier } from '@talkturo/carriers';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { VendorAccess } from './integrations/vendor-access.ts';

/** An account at a carrier, as far as its settings go. */
export interface CarrierAccount {
  numbers: NumberSupplier;
  /** Places and takes calls; where something is missing, one that says what. */
  carrier(listener: CarrierListener): Carrier;
}

/** A key that is there. */
export type KeyedAccess = VendorAccess & { apiKey: string };

/** A carrier at which the server can have an account, and each account of this installation one of its own. */
export interface KnownCarrier {
  id: 'telnyx' | 'twilio';
  /** As it writes itself. */
  name: string;
  /** The server's own account; null where the settings name none. */
  server: CarrierAccount | null;
  /** The account that an account of this installation has brought. */
  ownOf(accountId: string, access: KeyedAccess): CarrierAccount;
  /** Asks for something that needs the key and costs nothing: an account's own, or the server's where that is null. Rejects with CarrierError. */
  tryKey(own: KeyedAccess | null): Promise<void>;
  /**
   * Which settings beside a key belong to another account at the carrier than the key does, or to none any more, as far as the carrier can
   * say now. Left out where a key never comes without the account it is of. Never rejects.
   */
  foreignTo?(own: KeyedAccess): Promise<readonly string[]>;
  /** Stands where the server has no account there. */
  unready: Carrier;
  /** Where it reports calls of the server's account. */
  webhookPath: string;
}

/** What carriers are made of. */
export interface CarrierGround {
  config: Config;
  /** The installation's secret. */
  secret: string;
  logger: Logger;
}

/** Where carriers reach this server, without a slash at the end. */
export const publicUrlOf = ({ PUBLIC_URL: url }: Config): string | undefined => url?.replace(/\/+$/, '');

/** How long somebody waits who has asked whether a key is right. */
export const TRY_MS = 8_000;
