import { CarrierError, type CarrierId } from '@talkturo/carriers';
import type { CarrierSetUpAnswer } from '@talkturo/contract';
import { AppError, conflict } from '../http/app-error.ts';
import { type Caller, sameAccount } from '../http/caller.ts';
import { found, type Step } from './set-up-findings.ts';
import type { VendorAccess } from './vendor-access.ts';
import { requireAdmin, type VendorKeys } from './vendor-keys.ts';

export interface CarrierSetUpGround {
  vendorKeys: VendorKeys;
  /** Where carriers reach this server. */
  publicUrl: string | undefined;
  /** The account's numbers that were bought with its own access to a carrier, by the reference they were ordered with. */
  ownNumbers(accountId: string, carrier: CarrierId): Promise<ReadonlySet<string>>;
  /** Writes down which of them are on the account there. @returns those that are not, E.164 */
  noteHeld(accountId: string, carrier: CarrierId, held: readonly string[], since: Date): Promise<string[]>;
}

/** The account whose access is set up. */
export interface SetUpSubject {
  access: VendorAccess & { apiKey: string };
  accountId: string;
  accountSlug: string;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Whether a number is one that it bought here, by the reference it was ordered with. */
  isOurs(reference: string): boolean;
}

/** How an account at one carrier is set up. */
export interface SetUpWork<Wishes> {
  id: CarrierId;
  name: string;
  /** Where the carrier reports calls of an account, below the public address. */
  webhookPath(accountId: string): string;
  /** Puts right what can be, and says what there is and what is still to do. `held`: every number on the account, where that is known. `keep`: to be stored beside the key, or with null to be forgotten. Rejects with CarrierError. */
  run(
    subject: SetUpSubject,
    wishes: Wishes,
  ): Promise<{ steps: Step[]; keep: Record<string, string | null>; held: readonly string[] | null }>;
}

export type CarrierSetUp<Wishes> = (caller: Caller, wishes: Wishes) => Promise<CarrierSetUpAnswer>;

/** Makes an account's own account at a carrier ready for calls. @throws AppError 403, 409 and 503 with a sentence */
export function createCarrierSetUp<Wishes extends { accountSlug?: string | undefined }>(
  { vendorKeys, publicUrl, ownNumbers, noteHeld }: CarrierSetUpGround,
  { id, name, webhookPath, run }: SetUpWork<Wishes>,
): CarrierSetUp<Wishes> {
  return async (caller, wishes) => {
    sameAccount(caller, wishes);
    requireAdmin(caller);
    const { accountId, accountSlug } = caller;
    const access = await vendorKeys.access(accountId, id);
    if (!access?.apiKey) throw conflict('no_vendor_key', `There is no key for ${name} yet: set one first.`);
    if (!publicUrl) throw conflict('no_public_url', `${name} has to reach this server: whoever runs it needs to set PUBLIC_URL first.`);
    const began = new Date();
    const ours = await ownNumbers(accountId, id);
    const subject = { access: { ...access, apiKey: access.apiKey }, accountId, accountSlug, publicUrl };
    const { steps, keep, held } = await run({ ...subject, isOurs: (reference) => ours.has(reference) }, wishes).catch((error: unknown) => {
      throw error instanceof CarrierError ? refusalOf(error) : error;
    });
    if (Object.keys(keep).length > 0) await vendorKeys.keep(caller, id, keep);
    for (const number of held ? await noteHeld(accountId, id, held, began) : []) {
      steps.push(found('numbers', 'limited', 'number_not_on_account', { carrier: name, number }));
    }
    const ready = steps.every(({ state }) => state !== 'missing');
    return { setUp: { ready, webhook_url: publicUrl + webhookPath(accountId), steps }, ...(await vendorKeys.list(caller, {})) };
  };
}

function refusalOf(error: CarrierError): AppError {
  const passing = error.kind === 'timeout' || error.kind === 'unavailable' || error.kind === 'rate-limit';
  return new AppError('carrier_failed', passing ? 503 : 409, error.message, { cause: error });
}
