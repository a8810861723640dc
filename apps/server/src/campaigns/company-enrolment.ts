import { eq, isNotNull } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { CompanyPlace } from '../crm/contact-lookup.ts';
import type { Contacts } from '../crm/contacts.ts';
import type { Database } from '../database/connect.ts';
import { startWakeLoop } from '../jobs/wake-loop.ts';
import { campaigns } from './campaigns.table.ts';
import { CAMPAIGNS_CHANNEL, isOver, noteChange } from './campaigns.ts';
import { enrol } from './enrolment.ts';

/** Contacts a transaction adds. */
const BATCH = 2_000;
/** What a killed node left is found this soon. */
const POLL_MS = 5_000;

/** As it stands on the campaign's row: `<created_at> <id>` of the last contact that is in, empty before the first. */
const placeOf = ({ createdAt, id }: CompanyPlace): string => `${createdAt.toISOString()} ${id}`;
function placeFrom(stored: string | null): CompanyPlace | null {
  const [createdAt, id] = (stored ?? '').split(' ');
  return createdAt && id ? { createdAt: new Date(createdAt), id } : null;
}

/**
 * Adds large companies to campaigns, some thousand contacts a transaction. How far it has come is on the campaign's row, and
 * moves with the contacts: a node may die in the middle and another one goes on there, and none is added twice or left out.
 */
export function createCompanyEnrolment(db: Database, contacts: Pick<Contacts, 'nextOfCompany'>) {
  /** @returns whether there was something to do. */
  async function step(): Promise<boolean> {
    return db.transaction(async (tx) => {
      const [campaign] = await tx
        .select()
        .from(campaigns)
        .where(isNotNull(campaigns.enrollingAfter))
        .limit(1)
        .for('update', { skipLocked: true });
      if (!campaign) return false;
      const given = campaign.deletedAt !== null || isOver(campaign.status);
      const batch = given ? [] : await contacts.nextOfCompany(campaign.companyId, placeFrom(campaign.enrollingAfter), BATCH, tx);
      await enrol(tx, campaign.id, batch, campaign.enrollingPriority);
      const enrollingAfter = batch.length < BATCH ? null : placeOf(batch.at(-1)!);
      await tx.update(campaigns).set({ enrollingAfter }).where(eq(campaigns.id, campaign.id));
      await noteChange(tx, campaign.id);
      return true;
    });
  }

  return {
    step,
    /** Everything that is to be added now. */
    async run(): Promise<void> {
      while (await step());
    },
  };
}

export type CompanyEnrolment = ReturnType<typeof createCompanyEnrolment>;

/** Adds what is to be added until stopped. For nodes with the role worker. */
export const startEnrolling = (enrolment: CompanyEnrolment, databaseUrl: string, logger: Logger) =>
  startWakeLoop({ databaseUrl, channels: [CAMPAIGNS_CHANNEL], pollMs: POLL_MS, logger, what: 'enrolment', work: () => enrolment.run() });
