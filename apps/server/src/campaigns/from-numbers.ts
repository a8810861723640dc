import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Queryable } from '../database/connect.ts';
import { phoneNumbers } from '../phone-numbers/phone-numbers.table.ts';
import type { CampaignRow } from './campaigns.table.ts';

/** A number a campaign calls from. */
export interface FromNumber {
  id: string;
  /** E.164 */
  phoneNumber: string;
  /** The carrier connection its calls leave by: one pace for each. */
  connection: string;
}

/** A carrier account of a workspace's own is a connection of its own. */
const CONNECTION = sql<string>`case when ${phoneNumbers.ownCarrier} then ${phoneNumbers.provider} || ' of ' || ${phoneNumbers.accountId} else ${phoneNumbers.provider} end`;

/** The active numbers of a campaign, in their order; those it names, else its assistant's. */
export async function fromNumbersOf(
  on: Queryable,
  campaign: Pick<CampaignRow, 'accountId' | 'assistantId' | 'fromNumberIds'>,
  now: Date,
): Promise<FromNumber[]> {
  const { fromNumberIds } = campaign;
  return on
    .select({ id: phoneNumbers.id, phoneNumber: phoneNumbers.phoneNumber, connection: CONNECTION })
    .from(phoneNumbers)
    .where(
      and(
        eq(phoneNumbers.accountId, campaign.accountId),
        fromNumberIds.length > 0 ? inArray(phoneNumbers.id, fromNumberIds) : eq(phoneNumbers.assistantId, campaign.assistantId),
        eq(phoneNumbers.status, 'active'),
        // Its carrier would refuse it.
        eq(phoneNumbers.offAccount, false),
        or(isNull(phoneNumbers.trialExpiresAt), gt(phoneNumbers.trialExpiresAt, now)),
      ),
    )
    .orderBy(
      fromNumberIds.length > 0
        ? sql`array_position(${sql.param(fromNumberIds)}::text[], ${phoneNumbers.id})`
        : asc(phoneNumbers.assistantPosition),
      asc(phoneNumbers.id),
    );
}

/** North American numbers have a three-digit area code behind the +1. */
const areaOf = (phone: string): string | null => (/^\+1\d{10}$/.test(phone) ? phone.slice(0, 5) : null);
const sharedDigits = (a: string, b: string): number => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
};

/**
 * Which number calls a contact: the one that called before, while it is active; else one of the contact's own area, else of its
 * country, else any; among equals the contact's id decides, so that numbers take turns and the choice is the same on every node.
 */
export function chooseFromNumber(
  numbers: readonly FromNumber[],
  contact: { id: string; phone: string; fromNumberId: string | null },
): FromNumber | null {
  const kept = numbers.find((number) => number.id === contact.fromNumberId);
  if (kept) return kept;
  const area = areaOf(contact.phone);
  const near = area === null ? [] : numbers.filter((number) => areaOf(number.phoneNumber) === area);
  // Country codes are prefixes: the longest common beginning of at least +CC is the nearest there is outside North America.
  const best = Math.max(0, ...numbers.map((number) => sharedDigits(number.phoneNumber, contact.phone)));
  const abroad = best < 3;
  const sameCountry =
    area === null && !abroad
      ? numbers.filter((number) => sharedDigits(number.phoneNumber, contact.phone) === best)
      : numbers.filter((number) => (areaOf(number.phoneNumber) !== null) === (area !== null));
  const among = near.length > 0 ? near : sameCountry.length > 0 ? sameCountry : numbers;
  return among[hashOf(contact.id) % among.length] ?? null;
}

/** FNV-1a, 32 bits: spreads ids evenly. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
