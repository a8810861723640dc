import { z } from 'zod';
import { CarrierError } from '../carrier.ts';
import type { RefusedNumber } from '../number-supplier.ts';
import { type Claims, isOfAnAccount, leadsElsewhere } from '../whose-webhook.ts';
import type { TwilioApi, TwilioRequest } from './twilio-api.ts';
import { TwilioRefusal } from './twilio-errors.ts';
import { numberAddresses } from './twilio-numbers.ts';
import { twilioWebhookPath } from './twilio-webhook.ts';

/** What a Twilio account was found to have, and what was put right. */
export interface TwilioAccountReport {
  name: string;
  /** A trial account calls verified numbers only, and says so to everybody it calls. */
  isTrial: boolean;
  /** What is left on it: `12.34 USD`; null where Twilio does not say, as for subaccounts. */
  balance: string | null;
  webhookUrl: string;
  /** `elsewhere`: they lead to another host, where another installation is reached, and were left to it. */
  numbers: { pointedNow: string[]; pointedBefore: number; refused: RefusedNumber[]; elsewhere: string[] };
  /** Every number on the account, E.164. */
  held: readonly string[];
}

export interface TwilioAccountWishes extends Claims {
  /** Where Twilio reaches the server. */
  publicUrl: string;
  /** Where it is one of several Twilio accounts of the installation: as given to the carrier. */
  account?: string | undefined;
  /** Whether a number is one that this installation bought, by the reference it was ordered with. */
  isOurs(customerReference: string): boolean;
}

const account = z.object({ friendly_name: z.string().nullish(), status: z.string(), type: z.string().nullish() });
const balance = z.object({ balance: z.string(), currency: z.string() });
const number = z.object({
  sid: z.string(),
  phone_number: z.string(),
  friendly_name: z.string().nullish(),
  voice_url: z.string().nullish(),
  voice_method: z.string().nullish(),
  voice_application_sid: z.string().nullish(),
  trunk_sid: z.string().nullish(),
  status_callback: z.string().nullish(),
  status_callback_method: z.string().nullish(),
});

/** Reads what an account is: it needs the token and costs nothing. Rejects with CarrierError, `auth` also for an account that is suspended or closed. */
export async function readTwilioAccount(
  api: TwilioApi,
  patience: Pick<TwilioRequest, 'repeatable' | 'timeoutMs'> = { repeatable: true },
): Promise<z.infer<typeof account>> {
  const read = await api.request(account, { method: 'GET', path: '', ...patience });
  if (read.status !== 'active') throw new CarrierError('twilio', 'auth', `The Twilio account is ${read.status}.`);
  return read;
}

/**
 * Looks whether a Twilio account is ready for calls, and points the numbers that were bought here at our webhook. Done again it changes
 * nothing. Numbers that lead to another host are another installation's, unless records or wishes say otherwise. A number with an application or a trunk of its buyer's keeps that. Rejects with CarrierError.
 */
export async function setUpTwilioAccount(api: TwilioApi, wishes: TwilioAccountWishes): Promise<TwilioAccountReport> {
  const { friendly_name: name, type } = await readTwilioAccount(api);

  const left = await api.request(balance, { method: 'GET', path: '/Balance.json', repeatable: true }).catch((error: unknown) => {
    if (error instanceof CarrierError && (error.kind === 'refused' || error.kind === 'auth')) return null;
    throw error;
  });

  const wanted = numberAddresses(wishes.publicUrl, wishes.account);
  const numbers = await api.list(number, '/IncomingPhoneNumbers.json', 'incoming_phone_numbers');
  const claimed = numbers.filter(
    (one) =>
      one.friendly_name &&
      wishes.isOurs(one.friendly_name) &&
      // A workspace on the same Twilio account has a webhook of its own.
      (wishes.recorded || wishes.account !== undefined || !isOfAnAccount(one.voice_url, twilioWebhookPath())),
  );
  const isAnothers = (url: string | null | undefined) => !wishes.recorded && !wishes.takeOver && leadsElsewhere(url, wanted.VoiceUrl);
  const elsewhere = claimed.filter((one) => isAnothers(one.voice_url)).map((one) => one.phone_number);
  const ours = claimed.filter((one) => !isAnothers(one.voice_url));
  const astray = ours.filter(
    (one) =>
      !one.voice_application_sid &&
      !one.trunk_sid &&
      (one.voice_url !== wanted.VoiceUrl ||
        one.voice_method !== wanted.VoiceMethod ||
        one.status_callback !== wanted.StatusCallback ||
        one.status_callback_method !== wanted.StatusCallbackMethod),
  );
  const pointedNow: string[] = [];
  const refused: RefusedNumber[] = [];
  for (const { sid, phone_number: phoneNumber } of astray) {
    const path = `/IncomingPhoneNumbers/${encodeURIComponent(sid)}.json`;
    try {
      await api.request(z.unknown(), { method: 'POST', path, form: wanted, repeatable: true });
      pointedNow.push(phoneNumber);
    } catch (error) {
      // What is wrong with one number keeps no other back; a token that is no longer taken, and a Twilio that does not answer, do.
      if (!(error instanceof TwilioRefusal) || error.status === 401) throw error;
      refused.push({ phoneNumber, said: error.message });
    }
  }
  return {
    name: name ?? '',
    isTrial: type === 'Trial',
    balance: left && `${left.balance} ${left.currency}`,
    webhookUrl: wanted.VoiceUrl,
    numbers: { pointedNow, pointedBefore: ours.length - astray.length, refused, elsewhere },
    held: numbers.map((one) => one.phone_number),
  };
}
