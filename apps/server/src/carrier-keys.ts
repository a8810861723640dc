import { CarrierError } from '@talkturo/carriers';
import type { KnownCarrier } from './carrier-account.ts';
import type { CheckFinding, CheckProblem, Vendor, VendorAccess } from './integrations/vendor-access.ts';

const PROBLEMS: Record<CarrierError['kind'], CheckProblem> = {
  auth: 'auth',
  quota: 'quota',
  'rate-limit': 'rate-limit',
  timeout: 'timeout',
  unavailable: 'unavailable',
  refused: 'refused',
  'invalid-number': 'refused',
  ended: 'refused',
};

/** A carrier among the vendors whose keys accounts can set. */
export const vendorOf = ({ id, name, server }: KnownCarrier): Vendor => ({ id, name, tasks: ['carrier'], serverKey: server !== null });

/** Asks a carrier whether it takes a key: the account's, else the server's. */
export async function askCarrier(carrier: KnownCarrier, own: VendorAccess | null): Promise<CheckFinding> {
  const apiKey = own?.apiKey ?? null;
  if (own ? apiKey === null : carrier.server === null) return { ok: false, problem: 'auth', said: 'there is no key' };
  try {
    await carrier.tryKey(own && apiKey !== null ? { ...own, apiKey } : null);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    return { ok: false, problem: PROBLEMS[error.kind], said: apiKey === null ? error.message : error.message.replaceAll(apiKey, '…') };
  }
}
