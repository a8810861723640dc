import { z } from 'zod';
import { CarrierError } from '../carrier.ts';
import type { RefusedNumber } from '../number-supplier.ts';
import type { TelnyxApi, TelnyxRequest } from './telnyx-api.ts';
import { telnyxWebhookPath } from './telnyx-carrier.ts';
import { TelnyxRefusal } from './telnyx-errors.ts';

/** What a Telnyx account was found to have, and what was made or put right. */
export interface TelnyxAccountReport {
  /** What is left on it: `12.34 USD`. */
  balance: string;
  profile: { id: string; made: boolean };
  application: { id: string; made: boolean; changed: boolean; webhookUrl: string };
  numbers: { attachedNow: string[]; attachedBefore: number; refused: RefusedNumber[] };
}

export interface TelnyxAccountWishes {
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
 * and our numbers attached to it. Done again it changes nothing. Rejects with CarrierError.
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

  async function knownApplication(): Promise<Application | undefined> {
    if (wishes.connectionId !== undefined) {
      const named = await ask(application, { method: 'GET', path: pathOf(wishes.connectionId) }).catch(unlessGone);
      if (named) return named;
      if (!wishes.connectionMayBeGone) {
        throw new CarrierError('telnyx', 'refused', `There is no call control application ${wishes.connectionId} in this account.`);
      }
    }
    return (await all(application, '/call_control_applications')).find((one) => one.application_name === name);
  }

  async function applicationToUse(profileId: string): Promise<TelnyxAccountReport['application']> {
    const webhookUrl = wishes.publicUrl.replace(/\/+$/, '') + telnyxWebhookPath(wishes.account);
    const wanted = {
      webhook_event_url: webhookUrl,
      webhook_api_version: '2',
      active: true,
      call_cost_in_webhooks: true,
      outbound: { outbound_voice_profile_id: profileId },
    };
    const known = await knownApplication();
    if (!known) {
      const body = { application_name: name, ...wanted };
      const { id } = await ask(application, { method: 'POST', path: '/call_control_applications', body });
      return { id, made: true, changed: false, webhookUrl };
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
    return { id: known.id, made: false, changed: !right, webhookUrl };
  }

  async function attachNumbers(connectionId: string): Promise<TelnyxAccountReport['numbers']> {
    const ours = (await all(number, '/phone_numbers')).filter(
      (one) => one.status === 'active' && one.customer_reference && wishes.isOurs(one.customer_reference),
    );
    const loose = ours.filter((one) => one.connection_id !== connectionId);
    const attachedNow: string[] = [];
    const refused: RefusedNumber[] = [];
    for (const { id, phone_number: phoneNumber } of loose) {
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
    return { attachedNow, attachedBefore: ours.length - loose.length, refused };
  }

  const left = await ask(balance, { method: 'GET', path: '/balance' });
  const profiled = await profileToUse();
  const applied = await applicationToUse(profiled.id);
  const numbers = await attachNumbers(applied.id);
  return { balance: `${left.balance} ${left.currency}`, profile: profiled, application: applied, numbers };
}
