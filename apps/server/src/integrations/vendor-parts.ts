import { badRequest } from '../http/app-error.ts';

/** What the access to a vendor is made of: a secret, and settings beside it. */
interface Parts {
  /** The field of the secret. */
  secret: 'api_key' | 'auth_token';
  /** Parts that are left out stay as they are. Elsewhere all are replaced at once: a key never goes along to another address. */
  kept: boolean;
  /** The part that says whose secret it is. It comes with the secret, and what was set beside another's goes with that. */
  owner?: string;
}

const WHOLE: Parts = { secret: 'api_key', kept: false };
const PARTS: Readonly<Record<string, Parts>> = {
  // Its address is the operator's; public key and application come later than the key.
  telnyx: { secret: 'api_key', kept: true },
  twilio: { secret: 'auth_token', kept: true, owner: 'account_sid' },
};

export type Settings = Readonly<Record<string, string>>;
export type Given = Readonly<Record<string, string | null | undefined>>;

/**
 * What an access comes to by what is given. `secret`: undefined for the one that is set already, null for none.
 * @throws AppError 400 where there is no secret yet and none is given
 */
export function accessAfter(
  vendor: string,
  given: Given,
  before: { settings: Settings } | undefined,
): { secret: string | null | undefined; settings: Record<string, string> } {
  const { secret: field, kept, owner } = PARTS[vendor] ?? WHOLE;
  const { [field]: secret, ...settings } = given;
  if (!kept) return { secret: secret ?? null, settings: settingsAfter(undefined, settings) };
  if (!secret && !before)
    throw badRequest(`providers.${vendor}.${field}: is required`, [{ path: `providers.${vendor}.${field}`, message: 'is required' }]);
  const another = owner !== undefined && settings[owner] !== undefined && settings[owner] !== before?.settings[owner];
  return { secret: secret ?? undefined, settings: settingsAfter(another ? undefined : before?.settings, settings) };
}

/** What was set and what is given; null takes a part away. */
export function settingsAfter(before: Settings | undefined, given: Given): Record<string, string> {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  const all = Object.entries({ ...before, ...Object.fromEntries(known) });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
