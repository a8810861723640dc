import { CarrierError, createTelnyxApi } from '@talkturo/carriers';
import type { Config } from './config.ts';
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

/** Telnyx among the vendors whose keys accounts can set. */
export const telnyxVendor = (config: Config): Vendor => ({
  id: 'telnyx',
  name: 'Telnyx',
  tasks: ['carrier'],
  serverKey: config.TELNYX_API_KEY !== undefined,
});

/** Asks Telnyx what is left on the account: it needs the key and costs nothing. */
export async function askTelnyx(config: Config, own: VendorAccess | null): Promise<CheckFinding> {
  const apiKey = own ? own.apiKey : config.TELNYX_API_KEY;
  if (!apiKey) return { ok: false, problem: 'auth', said: 'there is no key' };
  try {
    const api = createTelnyxApi({ apiKey, apiUrl: config.TELNYX_API_URL });
    await api.request({ method: 'GET', path: '/balance', repeatable: false, timeoutMs: 8_000 });
    return { ok: true };
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    return { ok: false, problem: PROBLEMS[error.kind], said: error.message.replaceAll(apiKey, '…') };
  }
}
