import { sql } from 'drizzle-orm';
import type { ContactRow } from '../crm/contacts.ts';
import type { Transaction } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import { campaignContacts } from './campaign-contacts.table.ts';
import { storedZones, zonesOf } from './contact-zones.ts';

/** Rows a statement takes; PostgreSQL allows 65,535 parameters. */
const BATCH = 2_000;

export interface Enrolled {
  added: number;
  /** Were in the campaign before. */
  already: number;
  /** Of those added: must not or cannot be called. */
  skipped: number;
}

/**
 * Puts contacts into a campaign, each once. Who must not or cannot be called is skipped with the reason; one skipped so before
 * comes back when the reason is gone. Hold a lock on the campaign's row so that it does not end meanwhile.
 */
export async function enrol(tx: Transaction, campaignId: string, contacts: readonly ContactRow[], priority: number): Promise<Enrolled> {
  const total: Enrolled = { added: 0, already: 0, skipped: 0 };
  for (let at = 0; at < contacts.length; at += BATCH) {
    const batch = contacts.slice(at, at + BATCH);
    const rows = await tx
      .insert(campaignContacts)
      .values(batch.map((contact) => newRow(campaignId, contact, priority)))
      .onConflictDoUpdate({
        target: [campaignContacts.campaignId, campaignContacts.contactId],
        set: { status: 'pending', skipReason: null, outcome: null, nextAttemptAt: null, zones: sql`excluded.zones`, updatedAt: sql`now()` },
        setWhere: sql`${campaignContacts.status} = 'skipped' and ${campaignContacts.skipReason} <> 'campaign_stopped' and excluded.status = 'pending'`,
      })
      .returning({ status: campaignContacts.status });
    total.added += rows.length;
    total.already += batch.length - rows.length;
    total.skipped += rows.filter((row) => row.status === 'skipped').length;
  }
  return total;
}

function newRow(campaignId: string, contact: ContactRow, priority: number): typeof campaignContacts.$inferInsert {
  const skipReason = contact.doNotCall ? 'do_not_call' : contact.phone === null ? 'no_phone_number' : null;
  return {
    id: newId('cc'),
    campaignId,
    contactId: contact.id,
    priority,
    status: skipReason ? 'skipped' : 'pending',
    skipReason,
    outcome: contact.doNotCall ? 'do_not_call' : null,
    zones: storedZones(zonesOf(contact)),
  };
}
