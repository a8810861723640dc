import { z } from 'zod';
import { CarrierError } from '../carrier.ts';
import type { NumberOrder, NumberSupplier, OrderState } from '../number-supplier.ts';
import { createNumberPrices } from './number-prices.ts';
import type { TwilioApi } from './twilio-api.ts';
import { TwilioRefusal } from './twilio-errors.ts';
import { callbackQuery, twilioWebhookPath } from './twilio-webhook.ts';

export interface TwilioNumbersSettings {
  /** Where Twilio reaches the server: calls to bought numbers are asked about there. Without it they are bought and take no calls yet. */
  publicUrl?: string | undefined;
  /** As given to the carrier, where it is one of several Twilio accounts of the installation. */
  account?: string | undefined;
  /** Proof of an address (`AD…`) and of identity (`BU…`) in the Twilio account, which some countries demand of who buys a number. */
  addressSid?: string | undefined;
  bundleSid?: string | undefined;
  /** Ms since 1970, for how long prices are kept. */
  now?: () => number;
}

/** Keys as Twilio sends them now, and as it did (`SMS`, `MMS`). */
const capabilities = z.record(z.string(), z.boolean().nullish());
const offered = z.object({
  available_phone_numbers: z.array(z.object({ phone_number: z.string(), capabilities: capabilities.nullish() })),
});
const owned = z.object({ sid: z.string(), phone_number: z.string(), friendly_name: z.string().nullish() });
const ownedList = z.object({ incoming_phone_numbers: z.array(owned) });

/** The number is invalid; it is not available (https://www.twilio.com/docs/api/errors). */
const NOT_FOR_SALE = new Set(['21421', '21422']);
const PATHS = { local: 'Local', 'toll-free': 'TollFree' } as const;

/** Where a number's calls are asked about and their ends are told. */
export function numberAddresses(
  publicUrl: string,
  account?: string,
): Record<'VoiceUrl' | 'VoiceMethod' | 'StatusCallback' | 'StatusCallbackMethod', string> {
  const webhookUrl = publicUrl.replace(/\/+$/, '') + twilioWebhookPath(account);
  return {
    VoiceUrl: webhookUrl,
    VoiceMethod: 'POST',
    StatusCallback: webhookUrl + callbackQuery({ topic: 'status' }),
    StatusCallbackMethod: 'POST',
  };
}

/** A TwiML application or a trunk of the account that takes the number's calls instead of us. */
function connection(id: string | undefined): Record<string, string> {
  if (id === undefined) return {};
  if (id.startsWith('AP')) return { VoiceApplicationSid: id };
  if (id.startsWith('TK')) return { TrunkSid: id };
  throw new CarrierError('twilio', 'refused', 'A connection of Twilio is a TwiML application (AP…) or a trunk (TK…).');
}

/**
 * Numbers of Twilio: AvailablePhoneNumbers, IncomingPhoneNumbers, prices of the pricing API. A purchase is done when it is answered. Our
 * reference stands in the number's name, by which a purchase whose answer was lost is found again.
 */
export function createTwilioNumbers(api: TwilioApi, settings: TwilioNumbersSettings = {}): NumberSupplier {
  const { publicUrl, account, addressSid, bundleSid } = settings;
  const prices = createNumberPrices(api, settings.now ?? Date.now);

  async function find({ phoneNumber, customerReference }: NumberOrder): Promise<OrderState> {
    const query = { PhoneNumber: phoneNumber };
    const { incoming_phone_numbers: numbers } = await api.request(ownedList, {
      method: 'GET',
      path: '/IncomingPhoneNumbers.json',
      query,
      repeatable: true,
    });
    const ours = numbers.find((number) => number.phone_number === phoneNumber && number.friendly_name === customerReference);
    return ours ? { state: 'active', numberId: ours.sid } : { state: 'none' };
  }

  return {
    id: 'twilio',
    name: 'Twilio',

    async search({ countryCode, areaCode, numberType, limit }) {
      const monthlyPrice = await prices.monthly({ countryCode, numberType }).catch(nothingThere);
      if (monthlyPrice === null) return [];
      const path = `/AvailablePhoneNumbers/${encodeURIComponent(countryCode)}/${PATHS[numberType]}.json`;
      const query = { AreaCode: areaCode, VoiceEnabled: true, PageSize: limit };
      const found = await api.request(offered, { method: 'GET', path, query, repeatable: true }).catch(nothingThere);
      return (found?.available_phone_numbers ?? []).slice(0, limit).map((number) => ({
        phoneNumber: number.phone_number,
        monthlyPrice,
        // Twilio takes nothing once.
        setupPrice: '0.00',
        features: Object.entries(number.capabilities ?? {}).flatMap(([name, can]) => (can ? [name.toLowerCase()] : [])),
      }));
    },

    async order({ phoneNumber, customerReference, connectionId }) {
      const form = {
        PhoneNumber: phoneNumber,
        FriendlyName: customerReference,
        ...(publicUrl === undefined ? {} : numberAddresses(publicUrl, account)),
        ...connection(connectionId),
        AddressSid: addressSid,
        BundleSid: bundleSid,
      };
      try {
        const { sid } = await api.request(owned, { method: 'POST', path: '/IncomingPhoneNumbers.json', form, repeatable: false });
        return { state: 'active', numberId: sid };
      } catch (error) {
        const gone = error instanceof TwilioRefusal && NOT_FOR_SALE.has(error.code);
        if (gone) return { state: 'not-offered' };
        throw error;
      }
    },

    find,

    async release({ numberId }) {
      try {
        const path = `/IncomingPhoneNumbers/${encodeURIComponent(numberId)}.json`;
        await api.request(z.unknown(), { method: 'DELETE', path, repeatable: true });
      } catch (error) {
        if (error instanceof TwilioRefusal && error.status === 404) return;
        throw error;
      }
    },
  };
}

/** Twilio sells nothing of this kind there. */
function nothingThere(error: unknown): null {
  if (error instanceof TwilioRefusal && error.status === 404) return null;
  throw error;
}
