import type { Assistants } from './assistants/assistants.ts';
import type { createTelephony } from './calls/telephony.ts';
import { createCallDialler } from './campaigns/call-dialler.ts';
import { createCampaignContacts } from './campaigns/campaign-contacts.ts';
import { createCampaignStreams } from './campaigns/campaign-stream.ts';
import { createCampaigns } from './campaigns/campaigns.ts';
import { createCompanyEnrolment } from './campaigns/company-enrolment.ts';
import { createDialEngine } from './campaigns/dial-engine.ts';
import { databaseClock } from './campaigns/dialler.ts';
import type { Config } from './config.ts';
import type { Contacts } from './crm/contacts.ts';
import type { Database } from './database/connect.ts';
import type { Ground } from './ground.ts';

export interface CampaigningGround extends Ground {
  db: Database;
  assistants: Assistants;
  contacts: Contacts;
  telephony: ReturnType<typeof createTelephony>;
  nodeId: string;
  lendsNumbers: boolean;
}

/** Campaigns: whom they call, how it goes, and the engine that dials. */
export function createCampaigning({
  config,
  databaseUrl,
  logger,
  db,
  assistants,
  contacts,
  telephony,
  nodeId,
  lendsNumbers,
}: CampaigningGround) {
  const campaigns = createCampaigns({ db, assistants, contacts, lendsNumbers });
  const campaignContacts = createCampaignContacts(db, campaigns);
  contacts.linkCampaigns(campaignContacts.link);
  contacts.whenErased(campaignContacts.erasePerson);
  return {
    campaigns,
    campaignContacts,
    companyEnrolment: createCompanyEnrolment(db, contacts),
    campaignStreams: createCampaignStreams(databaseUrl),
    dialEngine: createDialEngine({
      db,
      dialler: createCallDialler(db, telephony, nodeId),
      logger,
      clock: databaseClock,
      maxCallsPerAccount: config.TALKTURO_MAX_CALLS_PER_ACCOUNT,
      callsPerSecond: paceOf(config),
      lendsNumbers,
    }),
  };
}

/** How many calls a second leave by a carrier connection: `twilio`, or `twilio of acct_…` for the account of a workspace's own. */
export const paceOf =
  ({ TWILIO_CALLS_PER_SECOND: ofTwilio, TALKTURO_CALLS_PER_SECOND: ofOthers }: Config) =>
  (connection: string): number =>
    connection.split(' ', 1)[0] === 'twilio' ? ofTwilio : ofOthers;
