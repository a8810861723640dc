import { z } from 'zod';
import { CarrierError } from '../carrier.ts';
import type { NumberOrder, NumberSupplier, OrderState } from '../number-supplier.ts';
import type { TelnyxApi } from './telnyx-api.ts';
import { TELNYX_CODES, TelnyxRefusal } from './telnyx-errors.ts';

const offered = z.object({
  data: z.array(
    z.object({
      phone_number: z.string(),
      cost_information: z.object({ upfront_cost: z.string(), monthly_cost: z.string() }),
      features: z.array(z.object({ name: z.string() })),
    }),
  ),
});

const orderStatus = z.enum(['pending', 'success', 'failure', 'cancelled', 'deleted']);
const order = z.object({
  status: orderStatus,
  customer_reference: z.string().nullish(),
  requirements_met: z.boolean().nullish(),
  sub_number_orders_ids: z.array(z.string()).nullish(),
  phone_numbers: z.array(z.object({ requirements_status: z.string().nullish() })).nullish(),
});
const orders = z.object({ data: z.array(order) });
/** Papers that were handed in and are being looked at, or were found right: nobody has anything to do. */
const HANDED_IN: ReadonlySet<unknown> = new Set(['requirement-info-under-review', 'approved']);

/** Whether an order waits for what its buyer has not handed in, or has to hand in anew. */
const lacksPapers = ({ requirements_met: met, phone_numbers: numbers }: z.output<typeof order>): boolean =>
  met === false && !(numbers?.length && numbers.every((one) => HANDED_IN.has(one.requirements_status)));

const owned = z.object({ data: z.array(z.object({ id: z.string(), phone_number: z.string(), status: z.string() })) });

/** `1.00000` → `1.00`; `0.00500` → `0.005`. */
const price = (cost: string): string => {
  const [units = '0', fraction = ''] = cost.split('.');
  return `${units}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
};

/**
 * Numbers of Telnyx: available_phone_numbers, number_orders, phone_numbers.
 * `connectionId` is the call control application that bought numbers are attached to unless the buyer names another.
 */
export function createTelnyxNumbers(api: TelnyxApi, settings: { connectionId?: string | undefined } = {}): NumberSupplier {
  async function read<T>(schema: z.ZodType<T>, path: string, query: Record<string, string | number>): Promise<T> {
    return parse(schema, await api.request({ method: 'GET', path, query, repeatable: true }));
  }

  /** After an order succeeds the number's id appears with a short delay. */
  async function owns(phoneNumber: string): Promise<OrderState> {
    const { data } = await read(owned, '/phone_numbers', { 'filter[phone_number]': phoneNumber });
    const held = data.find((number) => number.phone_number === phoneNumber && number.status === 'active');
    return held ? { state: 'active', numberId: held.id } : { state: 'pending' };
  }

  async function ordersOf(customerReference: string): Promise<z.output<typeof order>[]> {
    const { data } = await read(orders, '/number_orders', { 'filter[customer_reference]': customerReference });
    return data.filter((found) => found.customer_reference === customerReference);
  }

  async function ask({ phoneNumber, customerReference, connectionId }: NumberOrder): Promise<OrderState> {
    const connection = connectionId ?? settings.connectionId;
    const answer = await api.request({
      method: 'POST',
      path: '/number_orders',
      body: {
        phone_numbers: [{ phone_number: phoneNumber }],
        customer_reference: customerReference,
        ...(connection === undefined ? {} : { connection_id: connection }),
      },
      repeatable: false,
    });
    return stateOf(parse(z.object({ data: order }), answer).data);
  }

  /** Telnyx sells only what a search has shown lately. */
  async function isOffered({ phoneNumber, countryCode }: NumberOrder): Promise<boolean> {
    const { data } = await read(offered, '/available_phone_numbers', {
      ...(countryCode === undefined ? {} : { 'filter[country_code]': countryCode }),
      ...(phoneNumber.startsWith('+1') ? { 'filter[national_destination_code]': phoneNumber.slice(2, 5) } : {}),
      'filter[phone_number][ends_with]': phoneNumber.slice(-7),
      'filter[limit]': 50,
    }).catch(nothingFound);
    return data.some((number) => number.phone_number === phoneNumber);
  }

  function stateOf(ordered: z.output<typeof order>): OrderState {
    const { status } = ordered;
    if (status === 'pending' && lacksPapers(ordered)) return { state: 'pending', papersMissing: true };
    // Even a successful order is pending to us until the number's id is known.
    return status === 'pending' || status === 'success' ? { state: 'pending' } : { state: 'failed' };
  }

  return {
    id: 'telnyx',
    name: 'Telnyx',

    async search({ countryCode, areaCode, numberType, limit }) {
      const { data } = await read(offered, '/available_phone_numbers', {
        'filter[country_code]': countryCode,
        'filter[phone_number_type]': numberType === 'toll-free' ? 'toll_free' : 'local',
        'filter[features]': 'voice',
        'filter[limit]': limit,
        ...(areaCode === undefined ? {} : { 'filter[national_destination_code]': areaCode }),
      }).catch(nothingFound);
      return data.slice(0, limit).map((number) => ({
        phoneNumber: number.phone_number,
        monthlyPrice: price(number.cost_information.monthly_cost),
        setupPrice: price(number.cost_information.upfront_cost),
        features: number.features.map((feature) => feature.name),
      }));
    },

    async order(wanted) {
      try {
        return await ask(wanted);
      } catch (error) {
        if (!(error instanceof TelnyxRefusal)) throw error;
        if (error.code === TELNYX_CODES.numberGone || error.kind === 'invalid-number') return { state: 'not-offered' };
        if (error.code !== TELNYX_CODES.numberNotSearched) throw error;
      }
      if (!(await isOffered(wanted).catch(certainly))) return { state: 'not-offered' };
      return ask(wanted);
    },

    async find({ phoneNumber, customerReference }) {
      const ours = await ordersOf(customerReference);
      if (ours.some((found) => found.status === 'success')) return owns(phoneNumber);
      const open = ours.find((found) => found.status === 'pending');
      if (open) return stateOf(open);
      return { state: ours.length > 0 ? 'failed' : 'none' };
    },

    async cancel({ customerReference }) {
      const open = (await ordersOf(customerReference)).filter((found) => found.status === 'pending');
      for (const id of open.flatMap((found) => found.sub_number_orders_ids ?? [])) {
        const path = `/sub_number_orders/${encodeURIComponent(id)}/cancel`;
        await api.request({ method: 'PATCH', path, repeatable: true }).catch((error: unknown) => {
          // It is no longer pending.
          if (!(error instanceof TelnyxRefusal) || error.kind === 'auth') throw error;
        });
      }
    },

    async release({ numberId }) {
      try {
        await api.request({ method: 'DELETE', path: `/phone_numbers/${encodeURIComponent(numberId)}`, repeatable: true });
      } catch (error) {
        if (error instanceof TelnyxRefusal && error.status === 404) return;
        throw error;
      }
    },
  };
}

function nothingFound(error: unknown): z.output<typeof offered> {
  if (error instanceof TelnyxRefusal && error.status === 404) return { data: [] };
  throw error;
}

/** Nothing was ordered yet, so an answer that was lost here leaves nothing unknown. */
function certainly(error: unknown): never {
  if (error instanceof CarrierError && (error.kind === 'timeout' || error.kind === 'unavailable')) {
    throw new CarrierError('telnyx', 'refused', 'Telnyx could not be asked whether the number is for sale.', error);
  }
  throw error;
}

function parse<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new CarrierError('telnyx', 'unavailable', 'Telnyx answered in a form that is not known.', parsed.error);
  return parsed.data;
}
