import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { createAssistants } from '../../apps/server/src/assistants/assistants.ts';
import { campaigns } from '../../apps/server/src/campaigns/campaigns.table.ts';
import { type Connection, connect, type Database } from '../../apps/server/src/database/connect.ts';
import { startEmbeddedPostgres } from '../../apps/server/src/database/embedded.ts';
import { newId, teamIdOf } from '../../apps/server/src/database/ids.ts';
import { migrate } from '../../apps/server/src/database/migrate.ts';
import type { Caller } from '../../apps/server/src/http/caller.ts';
import { addAccount } from '../../apps/server/src/identity/accounts.ts';

/** A PostgreSQL for one run of the workbench, with every safety of a real one. */
export interface Ground {
  url: string;
  connection: Connection;
  close(): Promise<void>;
}

export async function startGround(maxConnections = 120): Promise<Ground> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-workbench-'));
  const postgres = await startEmbeddedPostgres({ dataDir, cluster: path.basename(dataDir), password: 'workbench', maxConnections });
  await postgres.ensureDatabase('workbench');
  const url = postgres.urlOf('workbench');
  await migrate(url);
  const connection = connect(url, 20);
  return {
    url,
    connection,
    close: async () => {
      await connection.close();
      await postgres.stop();
      postgres.remove();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

let accounts = 0;

/**
 * A campaign that is ready to run, around the clock, with so many contacts of New York numbers.
 * @returns its id.
 */
export async function seedCampaign(db: Database, contacts: number, maxConcurrentCalls: number): Promise<string> {
  const slug = `wave-${++accounts}`;
  const account = await addAccount(db, { slug, name: slug, plan: 'scale' });
  const caller: Caller = {
    accountId: account.id,
    teamId: teamIdOf(account.id),
    accountSlug: slug,
    keyId: null,
    userId: null,
    via: 'key',
    role: null,
    scopes: ['*'],
  };
  const assistant = await createAssistants(db).create(caller, { accountSlug: slug, name: 'Waves', templateId: 'outbound-setter' });
  const companyId = newId('comp');
  const campaignId = newId('camp');
  await db.execute(sql`insert into companies (id, account_id, name, search_text) values (${companyId}, ${account.id}, 'Waves', 'waves')`);
  const mark = String(accounts);
  await db.execute(sql`
    insert into contacts (id, account_id, company_id, first_name, last_name, phone, search_text)
    select 'cont_' || lpad(${mark} || lpad(i::text, 8, '0'), 26, '0'), ${account.id}, ${companyId}, 'No', i::text,
      '+1212' || lpad(i::text, 7, '0'), 'no ' || i
    from generate_series(1, ${contacts}::int) i`);
  await db.insert(campaigns).values({
    id: campaignId,
    accountId: account.id,
    assistantId: assistant.id,
    companyId,
    name: slug,
    status: 'running',
    fromNumberIds: [],
    callWindowStart: '00:00',
    callWindowEnd: '00:00',
    callWindowTimezone: 'America/New_York',
    useContactTimezone: true,
    maxConcurrentCalls,
    maxAttemptsPerContact: 3,
    retryDelayNoAnswerMinutes: 0.1,
    retryDelayBusyMinutes: 0.1,
    retryDelayErrorMinutes: 0.1,
    retryOnError: true,
    retryBackoffMode: 'fixed',
    retryBackoffMultiplier: 2,
    retryBackoffMaxMinutes: 60,
    voicemailAction: 'hangup',
    noAutoComplete: false,
  });
  await db.execute(sql`
    insert into campaign_contacts (id, campaign_id, contact_id, zones)
    select 'cc_' || substr(id, 6), ${campaignId}, id, 'America/New_York' from contacts where account_id = ${account.id}`);
  await db.execute(sql`analyze contacts`);
  await db.execute(sql`analyze campaign_contacts`);
  return campaignId;
}
