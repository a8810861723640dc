import type { Provider } from './integrations.queries.ts';

/** A field of a vendor's access. */
export interface VendorPart {
  name: 'api_key' | 'auth_token' | 'base_url' | 'model' | 'public_key' | 'connection_id' | 'account_sid' | 'address_sid' | 'bundle_sid';
  /** Its texts, below `integrations`. */
  label: 'key' | 'authToken' | 'baseUrl' | 'model' | 'publicKey' | 'accountSid' | 'addressSid' | 'bundleSid';
  hint?: 'keyHint' | 'keyOptional' | 'baseUrlHint' | 'publicKeyHint' | 'authTokenHint' | 'regulated';
  /** Stored and never shown again. */
  secret?: true;
  /** `first`: until the vendor's access is set; then what is left empty stays. */
  needed: 'always' | 'first' | 'never';
  /** It says whose secret it is: it is sent together with that, or when it is another one. */
  owner?: true;
  placeholder?: string;
  maxLength: number;
}

const KEY: VendorPart = { name: 'api_key', label: 'key', hint: 'keyHint', secret: true, needed: 'always', maxLength: 500 };

const PARTS: Partial<Record<Provider['provider'], readonly VendorPart[]>> = {
  'openai-compatible': [
    {
      name: 'base_url',
      label: 'baseUrl',
      hint: 'baseUrlHint',
      needed: 'always',
      placeholder: 'https://models.example.com/v1',
      maxLength: 2000,
    },
    { name: 'model', label: 'model', needed: 'always', maxLength: 200 },
    { ...KEY, hint: 'keyOptional', needed: 'never' },
  ],
  telnyx: [
    { ...KEY, needed: 'first' },
    { name: 'public_key', label: 'publicKey', hint: 'publicKeyHint', needed: 'never', maxLength: 100 },
  ],
  twilio: [
    { name: 'account_sid', label: 'accountSid', needed: 'always', owner: true, placeholder: 'AC…', maxLength: 100 },
    { name: 'auth_token', label: 'authToken', hint: 'authTokenHint', secret: true, needed: 'first', maxLength: 500 },
    { name: 'address_sid', label: 'addressSid', hint: 'regulated', needed: 'never', placeholder: 'AD…', maxLength: 100 },
    { name: 'bundle_sid', label: 'bundleSid', hint: 'regulated', needed: 'never', placeholder: 'BU…', maxLength: 100 },
  ],
};

/** What the access to a vendor is made of, in the order in which it is asked for. */
export const partsOf = ({ provider }: Provider): readonly VendorPart[] => PARTS[provider] ?? [KEY];

/** What is set of a part and may be shown; secrets never are. */
export const setPart = (vendor: Provider, { name }: VendorPart): string =>
  name === 'api_key' || name === 'auth_token' ? '' : (vendor[name] ?? '');

/** What goes to the server of what was written into the fields. */
export function accessOf(vendor: Provider, written: Readonly<Record<string, string>>): Record<string, string | null> {
  const parts = partsOf(vendor);
  const textOf = ({ name }: VendorPart) => written[name]?.trim() ?? '';
  const secretGiven = parts.some((part) => part.secret && textOf(part) !== '');
  return Object.fromEntries(
    parts.flatMap((part): [string, string | null][] => {
      const value = textOf(part);
      if (part.secret) return value === '' ? [] : [[part.name, value]];
      if (part.owner && !secretGiven && value === setPart(vendor, part)) return [];
      return [[part.name, value === '' && part.needed === 'never' ? null : value]];
    }),
  );
}
