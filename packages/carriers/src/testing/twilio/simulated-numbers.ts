import type { SimulatedAnswer } from '../rest-simulator.ts';
import { errorAnswer, newSid, pageOf, rfc2822 } from './simulated-answer.ts';
import type { SpecVerdict } from './twilio-spec.ts';

export interface StockedNumber {
  phoneNumber: string;
  countryCode?: string;
  type?: 'Local' | 'TollFree';
  sms?: boolean;
}

/** A number the simulated account holds, as Twilio's record of it. */
export type SimulatedNumber = Record<string, unknown> & { sid: string; phone_number: string; friendly_name: string };

/** How the shop behaves; change it at any time. */
export interface ShopMood {
  /** Buyers must name an address of theirs, as some countries demand. */
  addressNeeded: boolean;
  /** What numbers cost a month, by type as the price list names it. */
  prices: Record<string, string>;
  currency: string;
}

const FIELDS = [
  'AddressSid',
  'BundleSid',
  'FriendlyName',
  'PhoneNumber',
  'StatusCallback',
  'StatusCallbackMethod',
  'TrunkSid',
  'VoiceApplicationSid',
  'VoiceMethod',
  'VoiceUrl',
];
const snake = (name: string) => name.replace(/[A-Z]/g, (letter, at: number) => (at > 0 ? '_' : '') + letter.toLowerCase());

/** The number shop of the simulated Twilio: inventory, prices, numbers of the account. */
export function createSimulatedNumbers(accountSid: string) {
  const mood: ShopMood = { addressNeeded: false, prices: { local: '1.15', 'toll free': '2.15' }, currency: 'USD' };
  const stock = new Map<string, StockedNumber>();
  const owned: SimulatedNumber[] = [];
  const uri = `/2010-04-01/Accounts/${accountSid}`;

  const change = (number: SimulatedNumber, form: URLSearchParams) => {
    for (const name of FIELDS) if (form.has(name)) number[snake(name)] = form.get(name);
  };

  const offer =
    (type: 'Local' | 'TollFree') =>
    ({ params, query }: SpecVerdict): SimulatedAnswer => {
      const country = params.CountryCode ?? '';
      if (!/^(US|CA|GB|DE)$/.test(country)) return errorAnswer(404, '20404', 'The requested resource was not found');
      const area = query.get('AreaCode');
      const found = [...stock.values()].filter(
        (number) =>
          (number.countryCode ?? 'US') === country &&
          (number.type ?? 'Local') === type &&
          (area === null || number.phoneNumber.startsWith(`+1${area}`)),
      );
      const numbers = found.map((number) => ({
        friendly_name: number.phoneNumber,
        phone_number: number.phoneNumber,
        lata: null,
        locality: null,
        rate_center: null,
        latitude: null,
        longitude: null,
        region: null,
        postal_code: null,
        iso_country: country,
        address_requirements: mood.addressNeeded ? 'any' : 'none',
        beta: false,
        capabilities: { voice: true, sms: number.sms ?? true, mms: false, fax: false },
      }));
      return pageOf('available_phone_numbers', numbers, query, `${uri}/AvailablePhoneNumbers/${country}/${type}.json`);
    };

  const held = ({ params }: SpecVerdict, then: (number: SimulatedNumber, at: number) => SimulatedAnswer): SimulatedAnswer => {
    const at = owned.findIndex((number) => number.sid === params.Sid);
    const number = owned[at];
    return number ? then(number, at) : errorAnswer(404, '20404', 'The requested resource was not found');
  };

  const operations: Record<string, (verdict: SpecVerdict) => SimulatedAnswer> = {
    'GET /AvailablePhoneNumbers/{CountryCode}/Local.json': offer('Local'),
    'GET /AvailablePhoneNumbers/{CountryCode}/TollFree.json': offer('TollFree'),

    'POST /IncomingPhoneNumbers.json': ({ form }) => {
      const phoneNumber = form.get('PhoneNumber') ?? '';
      if (!/^\+[1-9]\d{6,14}$/.test(phoneNumber)) return errorAnswer(400, '21421', 'PhoneNumber is invalid');
      if (!stock.has(phoneNumber)) return errorAnswer(400, '21422', 'PhoneNumber is not available');
      if (mood.addressNeeded && !form.has('AddressSid')) return errorAnswer(400, '21631', 'Phone Number requires an Address');
      stock.delete(phoneNumber);
      const number: SimulatedNumber = {
        sid: newSid('PN'),
        account_sid: accountSid,
        phone_number: phoneNumber,
        friendly_name: phoneNumber,
        api_version: '2010-04-01',
        beta: false,
        capabilities: { voice: true, sms: true, mms: false, fax: false },
        date_created: rfc2822(Date.now()),
        date_updated: rfc2822(Date.now()),
        origin: 'twilio',
        status: 'in-use',
        voice_url: null,
        voice_method: 'POST',
        voice_application_sid: null,
        trunk_sid: null,
        status_callback: null,
        status_callback_method: 'POST',
      };
      change(number, form);
      owned.push(number);
      return { status: 201, body: number };
    },

    'GET /IncomingPhoneNumbers.json': ({ query }) => {
      const wanted = query.get('PhoneNumber');
      const found = owned.filter((number) => wanted === null || number.phone_number.includes(wanted));
      return pageOf('incoming_phone_numbers', found, query, `${uri}/IncomingPhoneNumbers.json`);
    },

    'GET /IncomingPhoneNumbers/{Sid}.json': (verdict) => held(verdict, (number) => ({ status: 200, body: number })),

    'POST /IncomingPhoneNumbers/{Sid}.json': (verdict) =>
      held(verdict, (number) => {
        change(number, verdict.form);
        return { status: 200, body: number };
      }),

    'DELETE /IncomingPhoneNumbers/{Sid}.json': (verdict) =>
      held(verdict, (_number, at) => {
        owned.splice(at, 1);
        return { status: 204, body: undefined };
      }),
  };

  return {
    mood,
    operations,
    owned: owned as readonly SimulatedNumber[],
    /** The price list of a country, of the pricing API. */
    pricesOf(country: string): SimulatedAnswer {
      if (!/^(US|CA|GB|DE)$/.test(country)) return errorAnswer(404, '20404', 'The requested resource was not found');
      const prices = Object.entries(mood.prices).map(([type, price]) => ({ number_type: type, base_price: price, current_price: price }));
      return {
        status: 200,
        body: { country, iso_country: country, price_unit: mood.currency, phone_number_prices: prices, url: null },
      };
    },
    /** Puts numbers on sale. */
    stock(...numbers: (StockedNumber | string)[]): void {
      for (const number of numbers) {
        const stocked = typeof number === 'string' ? { phoneNumber: number } : number;
        stock.set(stocked.phoneNumber, stocked);
      }
    },
  };
}
