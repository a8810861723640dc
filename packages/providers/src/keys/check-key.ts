import { ProviderError } from '@talkturo/voice';
import type { ProviderSettings } from '../define.ts';
import { requestJson } from '../wire/json-request.ts';
import { VENDOR_KEYS, type VendorKey } from './vendor-keys.ts';

export interface KeyCheck {
  settings: ProviderSettings;
  /** Ends the check; it is then reported as a time-out. */
  signal: AbortSignal;
  fetch?: typeof fetch | undefined;
}

const NO_SUCH_PATH = /answered (404|405|501)\b/;

/**
 * Asks a vendor something that only a key may ask and that costs nothing (at most one token).
 * Resolves when the vendor takes the key.
 * @throws ProviderError with the kind of what is wrong; its message never holds the key
 */
export async function checkKey(vendorId: string, { settings, signal, fetch }: KeyCheck): Promise<void> {
  const vendor = VENDOR_KEYS.find(({ id }) => id === vendorId);
  if (!vendor) throw new ProviderError(vendorId, 'refused', `There is no vendor ${vendorId}.`);
  const missing = vendor.needs.find((need) => !settings[need]);
  if (missing) throw new ProviderError(vendorId, 'auth', `${vendor.name} has no ${missing}.`);
  try {
    await ask(vendor, { settings, signal, fetch });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    throw withoutKey(error, settings[vendor.settings.api_key]);
  }
}

async function ask(vendor: VendorKey, { settings, signal, fetch }: KeyCheck): Promise<void> {
  const { url, headers } = vendor.question(settings);
  try {
    await requestJson(vendor.id, { url, headers, signal, fetch });
  } catch (error) {
    const elsewhere = error instanceof ProviderError && NO_SUCH_PATH.test(error.message) ? vendor.otherwise?.(settings) : undefined;
    if (!elsewhere) throw error;
    await requestJson(vendor.id, { ...elsewhere, headers, signal, fetch });
  }
}

/** Some vendors repeat the key they refuse. */
function withoutKey(error: ProviderError, key: string | undefined): ProviderError {
  if (!key || !error.message.includes(key)) return error;
  return new ProviderError(error.provider, error.kind, error.message.replaceAll(key, '…'));
}
