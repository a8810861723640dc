import { z } from 'zod';
import { CarrierError } from '../carrier.ts';
import type { RefusedNumber } from '../number-supplier.ts';
import { type Claims, isOfAnAccount, leadsElsewhere } from '../whose-webhook.ts';
import type { TelnyxApi, TelnyxRequest } from './telnyx-api.ts';
import { telnyxWebhookPath } from './telnyx-carrier.ts';
import { TelnyxRefusal } from './telnyx-errors.ts';

/** What a Telnyx account was found to have, and what was made or put right. */
export interface TelnyxAccountReport {
  /** What is left on it: `12.34 USD`. */
  balance: string;
  profile: { id: string; made: boolean };
  /**
   * `elsewhere`: where it reports, at another host than ours; then it was left as it is, and numbers with it. `another`: one of the same name
   * that reports to another host.
   */
  application: {
    id: string;
    made: boolean;
    changed: boolean;
    webhookUrl: string;
    elsewhere: string | null;
    another: { id: string; url: string } | null;
  };
  /** `elsewhere`: attached to an application that reports to another host, or to a connection that is none; left there. */
  numbers: { attachedNow: string[]; attachedBefore: number; refused: RefusedNumber[]; elsewhere: string[] };
  /** Every number on the account, E.164; null where they are too many to tell. */
  held: readonly string[] | null;
}

export interface TelnyxAccountWishes extends Claims {
  /** Where Telnyx reaches the server. */
  publicUrl: string;
  /** Where it is one of several Telnyx accounts of the installation: as given to the carrier. */
  account?: string | undefined;
  /** What is made is found again by this name; `Talkturo` unless given. */
  name?: string;
  /** The application to use, where the operator names one. */
  connectionId?: string | undefined;
  /** It is only what was used before: where the account has none of that id, as after a change of accounts, another is found or made. */
  connectionMayBeGone?: boolean;
  /** Countries that may be called, ISO 3166-1 alpha-2, for a profile that is made. */
  destinations: readonly string[];
  /** Whether a number is one that this installation bought, by the reference it was ordered with. */
  isOurs(customerReference: string): boolean;
}

const NAME = 'Talkturo';
const PAGE_SIZE = 250;
const MAX_PAGES = 40;
/** States of a number that the account no longer has. */
const GONE = new Set(['deleted', 'ported-out', 'purchase-failed', 'port-failed']);

const profile = z.object({ id: z.string(), name: z.string() });
const application = z.object({
  id: z.string(),
  application_name: z.string().nullish(),
  webhook_event_url: z.string().nullish(),
  webhook_api_version: z.string().nullish(),
  active: z.boolean().nullish(),
  call_cost_in_webhooks: z.boolean().nullish(),
  outbound: z.object({ outbound_voice_profile_id: z.string().nullish() }).nullish(),
});
type Application = z.infer<typeof application>;
const number = z.object({
  id: z.string(),
  phone_number: z.string(),
  status: z.string(),
  connection_id: z.string().nullish(),
  customer_reference: z.string().nullish(),
});
const balance = z.object({ balance: z.string(), currency: z.string() });

const pathOf = (applicationId: string): string => `/call_control_applications/${encodeURIComponent(applicationId)}`;

function unlessGone(error: unknown): null {
  if (error instanceof TelnyxRefusal && error.status === 404) return null;
  throw error;
}

/** Whether the account of a key has no such call control application: it was deleted, or is another account's. Rejects with CarrierError. */
export async function lacksTelnyxApplication(api: TelnyxApi, applicationId: string, timeoutMs: number): Promise<boolean> {
  return (await api.request({ method: 'GET', path: pathOf(applicationId), repeatable: false, timeoutMs }).catch(unlessGone)) === null;
}

/**
 * Makes what calls need in a Telnyx account and is not there yet: an outbound voice profile, a call control application with our webhook,
 * and our numbers attached to it. Done again it changes nothing. What reports to another host is another installation's, and left to it unless
 * the wishes say otherwise. Rejects with CarrierError.
 */
export async function setUpTelnyxAccount(api: TelnyxApi, wishes: TelnyxAccountWishes): Promise<TelnyxAccountReport> {
  const { name = NAME } = wishes;

  async function ask<T>(schema: z.ZodType<T>, request: Omit<TelnyxRequest, 'repeatable'>): Promise<T> {
    const answer = await api.request({ ...request, repeatable: request.method === 'GET' || request.method === 'PATCH' });
    const parsed = z.object({ data: schema }).safeParse(answer);
    if (!parsed.success) throw new CarrierError('telnyx', 'unavailable', 'Telnyx answered in a form that is not known.', parsed.error);
    return parsed.data.data;
  }

  async function all<T>(schema: z.ZodType<T>, path: string): Promise<T[]> {
    const found: T[] = [];
    for (let page = 1; page <= MAX_PAGES; page++) {
      const query = { 'page[number]': page, 'page[size]': PAGE_SIZE };
      const some = await ask(z.array(schema), { method: 'GET', path, query });
      found.push(...some);
      if (some.length < PAGE_SIZE) break;
    }
    return found;
  }

  async function profileToUse(): Promise<TelnyxAccountReport['profile']> {
    const known = (await all(profile, '/outbound_voice_profiles')).find((one) => one.name === name);
    if (known) return { id: known.id, made: false };
    const body = { name, traffic_type: 'conversational', service_plan: 'global', whitelisted_destinations: wishes.destinations };
    return { id: (await ask(profile, { method: 'POST', path: '/outbound_voice_profiles', body })).id, made: true };
  }

  const webhookUrl = wishes.publicUrl.replace(/\/+$/, '') + telnyxWebhookPath(wishes.account);
  const isAnothers = ({ webhook_event_url: url }: Application) => !wishes.takeOver && leadsElsewhere(url, webhookUrl);

  async function namedApplication(): Promise<Application | null> {
    if (wishes.connectionId === undefined) return null;
    const named = await ask(application, { method: 'GET', path: pathOf(wishes.connectionId) }).catch(unlessGone);
    if (named || wishes.connectionMayBeGone) return named;
    throw new CarrierError('telnyx', 'refused', `There is no call control application ${wishes.connectionId} in this account.`);
  }

  async function applicationToUse(profileId: string, all: readonly Application[]): Promise<TelnyxAccountReport['application']> {
    const wanted = {
      webhook_event_url: webhookUrl,
      webhook_api_version: '2',
      active: true,
      call_cost_in_webhooks: true,
      outbound: { outbound_voice_profile_id: profileId },
    };
    const ownName = `${name} (${new URL(webhookUrl).host})`;
    const sameName = all.filter((one) => one.application_name === name || one.application_name === ownName);
    const known =
      (await namedApplication()) ?? all.find((one) => one.webhook_event_url === webhookUrl) ?? sameName.find((one) => !isAnothers(one));
    const other = sameName.find((one) => one.id !== known?.id && isAnothers(one));
    const another = other ? { id: other.id, url: other.webhook_event_url ?? '' } : null;
    if (!known) {
      const body = { application_name: another ? ownName : name, ...wanted };
      const { id } = await ask(application, { method: 'POST', path: '/call_control_applications', body });
      return { id, made: true, changed: false, webhookUrl, elsewhere: null, another };
    }
    if (isAnothers(known)) {
      return { id: known.id, made: false, changed: false, webhookUrl, elsewhere: known.webhook_event_url ?? '', another: null };
    }
    // A profile that the operator chose for the application stays.
    const profiled = Boolean(known.outbound?.outbound_voice_profile_id);
    const right =
      known.webhook_event_url === webhookUrl &&
      known.webhook_api_version === '2' &&
      known.active !== false &&
      // Without it no bill of a call is told.
      known.call_cost_in_webhooks !== false &&
      profiled;
    if (!right) {
      const { outbound, ...rest } = wanted;
      const body = { application_name: known.application_name ?? name, ...rest, ...(profiled ? {} : { outbound }) };
      await ask(application, { method: 'PATCH', path: pathOf(known.id), body });
    }
    return { id: known.id, made: false, changed: !right, webhookUrl, elsewhere: null, another };
  }

  async function attachNumbers(
    connectionId: string,
    applications: readonly Application[],
    owned: readonly z.infer<typeof number>[],
  ): Promise<TelnyxAccountReport['numbers']> {
    const attachedNow: string[] = [];
    const refused: RefusedNumber[] = [];
    const elsewhere: string[] = [];
    let attachedBefore = 0;
    for (const one of owned) {
      const { id, phone_number: phoneNumber, connection_id: at } = one;
      if (one.status !== 'active' || !one.customer_reference || !wishes.isOurs(one.customer_reference)) continue;
      if (at === connectionId) {
        attachedBefore++;
        continue;
      }
      const holder = applications.find((candidate) => candidate.id === at);
      // A workspace on the same Telnyx account has an application of its own.
      if (holder && !wishes.recorded && isOfAnAccount(holder.webhook_event_url, telnyxWebhookPath())) continue;
      // Of a connection that is no application, the records alone say that it is not the buyer's.
      if (at && (holder ? isAnothers(holder) : !wishes.recorded && !wishes.takeOver)) {
        elsewhere.push(phoneNumber);
        continue;
      }
      const path = `/phone_numbers/${encodeURIComponent(id)}`;
      try {
        await ask(z.unknown(), { method: 'PATCH', path, body: { connection_id: connectionId } });
        attachedNow.push(phoneNumber);
      } catch (error) {
        // What is wrong with one number keeps no other back; a key that is no longer taken, and a Telnyx that does not answer, do.
        if (!(error instanceof TelnyxRefusal) || error.status === 401) throw error;
        refused.push({ phoneNumber, said: error.message });
      }
    }
    return { attachedNow, attachedBefore, refused, elsewhere };
  }

  const left = await ask(balance, { method: 'GET', path: '/balance' });
  const profiled = await profileToUse();
  const applications = await all(application, '/call_control_applications');
  const applied = await applicationToUse(profiled.id, applications);
  const owned = await all(number, '/phone_numbers');
  const held = owned.length < MAX_PAGES * PAGE_SIZE ? owned.filter(({ status }) => !GONE.has(status)).map((one) => one.phone_number) : null;
  const none = { attachedNow: [], attachedBefore: 0, refused: [], elsewhere: [] };
  const numbers = applied.elsewhere === null ? await attachNumbers(applied.id, applications, owned) : none;
  return { balance: `${left.balance} ${left.currency}`, profile: profiled, application: applied, numbers, held };
}
