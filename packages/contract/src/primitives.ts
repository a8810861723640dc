import { z } from 'zod';

/** Prefixes of TypeIDs (https://github.com/jetify-com/typeid): prefix, underscore, 26 characters of base32 UUIDv7. */
export const ID_PREFIXES = [
  'acct',
  'team',
  'usr',
  'key',
  'asst',
  'pn',
  'comp',
  'cont',
  'camp',
  'cc',
  'call',
  'whk',
  'evt',
  'kbf',
  'opp',
  'cf',
  'aud',
  'inv',
  'ses',
] as const;
export type IdPrefix = (typeof ID_PREFIXES)[number];

/** Crockford base32 without i, l, o, u; the first character is 0..7 because a UUID has 128 bits. */
const SUFFIX = '[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}';

/** An id in a body or query: a wrong form is a 400. */
export const id = <P extends IdPrefix>(prefix: P) =>
  z.string().regex(new RegExp(`^${prefix}_${SUFFIX}$`), `must be an id of the form ${prefix}_…`);

/** An id in a path: any text; what is not an id names nothing and is answered with 404 by the feature. */
export const pathId = (what: string) => z.string().describe(what);

/** True for a well-formed id of the prefix. */
export const isId = (prefix: IdPrefix, value: string): boolean => new RegExp(`^${prefix}_${SUFFIX}$`).test(value);

/** ISO 8601 UTC. */
export const timestamp = z.string().describe('ISO 8601 timestamp, UTC');

export const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number in E.164 form, for example +14155550101');

/** Lower-cased, so that one person is one account however the address is typed. */
export const emailAddress = z
  .email('must be an e-mail address')
  .max(254)
  .transform((address) => address.toLowerCase())
  .describe('E-mail address')
  .meta({ examples: ['ada@example.com'] });

/** `accountSlug` and `teamId` of the caller: what is not the token's is 403 whatever its form, so only the type is checked. */
export const accountSlug = z.string().max(200).describe('The slug of your workspace, as in the dashboard URL /home/{accountSlug}');
export const teamId = z.string().max(200).describe('The id of your team (team_…)');

/** Paging of lists: newest first, `count` is all that match before paging. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many to return, 1 to 200'),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0).describe('How many to skip'),
};
export const paged = { count: z.int().describe('All that match, before paging'), limit: z.int(), offset: z.int() };

/** A text that must say something; surrounding blanks are dropped. */
export const requiredText = (max: number) => z.string().trim().min(1).max(max);

/** A text that may be left out or cleared: null and the empty text mean "none". */
export const optionalText = (max: number) => z.string().trim().max(max).nullable().optional();

const EMAIL = new RegExp(`^$|${z.regexes.email.source}`);
/** An e-mail address that may be left out or cleared. */
export const optionalEmail = z.string().trim().max(254).regex(EMAIL, 'must be an e-mail address').nullable().optional();

/** A phone number as people write it; the server makes it E.164 and refuses what is none. */
export const phoneInput = z.string().trim().max(50);

const knownZones = new Map<string, boolean>();
/** True for a time zone of the IANA database; plain offsets are none, since they know no summer time. */
export function isTimeZone(name: string): boolean {
  const known = knownZones.get(name);
  if (known !== undefined) return known;
  let valid = /^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name);
  try {
    if (valid) new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    valid = false;
  }
  if (knownZones.size < 5_000) knownZones.set(name, valid);
  return valid;
}
/** IANA time zone. */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be an IANA time zone, for example Europe/Berlin')
  .describe('IANA time zone, for example Europe/Berlin');

/** A calendar day, YYYY-MM-DD. */
export const day = z.iso.date('must be a day of the form 2026-01-31');

/** Truth in a query string. */
export const flag = z.enum(['true', 'false', '1', '0'], 'must be true or false').transform((word) => word === 'true' || word === '1');
