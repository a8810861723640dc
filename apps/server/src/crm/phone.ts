import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * A phone number as people write it in E.164, or null when it is none. Numbers are held to the length their country
 * has, not to ranges in use: those change faster than any table.
 * @param country ISO 3166-1 alpha-2: whose national form is meant when there is no country code
 */
export function toE164(input: string, country: string): string | null {
  const defaultCountry = isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const parsed = parsePhoneNumberFromString(input, { ...(defaultCountry ? { defaultCountry } : {}), extract: false });
  return parsed?.isPossible() && /^\+[1-9]\d{6,14}$/.test(parsed.number) ? parsed.number : null;
}
