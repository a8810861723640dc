import type { VoicemailPlan } from '@talkturo/voice';
import type { VariableValues } from '../assistants/template-variables.ts';
import type { Contacts } from '../crm/contacts.ts';
import type { Transaction } from '../database/connect.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import { doNotCall } from './calls.errors.ts';
import type { Call } from './calls.table.ts';
import type { Occasion } from './introduction.ts';

/** Values for the variables of prompts, and names the transcriber should expect. */
export interface CallVariables {
  values: VariableValues;
  hints: readonly string[];
  /** Of a call we place, for whoever picks up and is no person; null for calls that come in. */
  outgoing: Outgoing | null;
}

/** What a call screener is told, and what to do when a machine answers. */
export interface Outgoing extends Pick<Occasion, 'company' | 'contact' | 'purpose'> {
  voicemail: VoicemailPlan;
}

/** What becomes of machines where nobody said: an assistant that talks to one helps nobody. */
const HANG_UP: VoicemailPlan = { action: 'hangup' };

/** What a campaign adds to its calls. */
export interface CampaignBriefing {
  /** Of the `campaign.…` variables. */
  values: VariableValues;
  voicemail: VoicemailPlan | null;
  /** Why it calls. */
  purpose: string | null;
}

type Found = NonNullable<Awaited<ReturnType<Contacts['find']>>>;

export type CallPeople = ReturnType<typeof createCallPeople>;

/** What calls ask of the people an account knows. */
export function createCallPeople(
  contacts: Contacts,
  briefingOf: (campaignId: string) => Promise<CampaignBriefing>,
  nameOfAccount: (accountId: string) => Promise<string>,
) {
  return {
    /**
     * The variables of a call with a contact.
     * @param who `placing`: we are about to call them, which a contact may forbid.
     * @throws AppError 404 or 403 for a contact that is not the account's; 409 when it is not to be called.
     */
    async variables(who: {
      accountId: string;
      contactId: string | null;
      campaignId?: string | null;
      placing: boolean;
      direction?: string;
    }): Promise<CallVariables> {
      const campaign = who.campaignId ? await briefingOf(who.campaignId) : { values: {}, voicemail: null, purpose: null };
      const outgoing = async (contact: string | null): Promise<Outgoing | null> =>
        who.placing || who.direction === 'outbound'
          ? { voicemail: campaign.voicemail ?? HANG_UP, purpose: campaign.purpose, contact, company: await nameOfAccount(who.accountId) }
          : null;
      if (!who.contactId) return { values: campaign.values, hints: [], outgoing: await outgoing(null) };
      const found = await contacts.find(who.contactId);
      if (!found) throw notFound('contact');
      if (found.contact.accountId !== who.accountId) throw forbidden();
      if (who.placing && found.contact.doNotCall) throw doNotCall();
      return {
        values: { ...valuesOf(found), ...campaign.values },
        hints: [found.contact.firstName, found.contact.lastName, found.company.name],
        outgoing: await outgoing(`${found.contact.firstName} ${found.contact.lastName}`.trim()),
      };
    },

    /**
     * Before a third party is called.
     * @throws AppError 409 when the account knows the number as one that is not to be called.
     */
    async mayBeCalled(accountId: string, phone: string): Promise<void> {
      if ((await contacts.findByPhone(accountId, phone))?.doNotCall) throw doNotCall();
    },

    /** The contact that has this number. */
    byPhone: async (accountId: string, phone: string): Promise<string | null> => (await contacts.findByPhone(accountId, phone))?.id ?? null,

    /** Keeps the facts of a call that ended with its contact. */
    async noteCall(tx: Transaction, call: Call): Promise<void> {
      if (!call.contactId) return;
      const durationSeconds = call.durationMs === null ? null : call.durationMs / 1000;
      await contacts.noteCall(call.contactId, { callId: call.id, at: call.startedAt, outcome: call.outcome, durationSeconds }, tx);
    },
  };
}

function valuesOf({ contact, company }: Found): VariableValues {
  return {
    ...custom('contact', contact.customFields),
    ...custom('company', company.customFields),
    'contact.first_name': contact.firstName,
    'contact.last_name': contact.lastName,
    'contact.full_name': `${contact.firstName} ${contact.lastName}`.trim(),
    'contact.email': contact.email,
    'contact.phone': contact.phone,
    'contact.job_title': contact.jobTitle,
    'contact.lead_status': contact.leadStatus,
    'company.name': company.name,
    'company.website': company.website,
    'company.industry': company.industry,
    'company.phone': company.phone,
    'company.city': company.city,
    'company.state': company.state,
    'company.country': company.country,
  };
}

/** `{{contact.custom.<key>}}` */
const custom = (of: string, fields: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [`${of}.custom.${key}`, value === null ? '' : String(value)]));
