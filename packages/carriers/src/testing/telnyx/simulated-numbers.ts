import { randomUUID } from 'node:crypto';
import type { SimulatedAnswer } from '../rest-simulator.ts';
import type { SpecVerdict } from './telnyx-spec.ts';

export interface StockedNumber {
  phoneNumber: string;
  countryCode?: string;
  type?: 'local' | 'toll_free';
  upfront?: string;
  monthly?: string;
  features?: string[];
}

export interface SimulatedOrder {
  id: string;
  subOrderId: string;
  phoneNumber: string;
  customerReference: string | undefined;
  connectionId: string | undefined;
  status: 'pending' | 'success' | 'failure';
}

export interface SimulatedNumber {
  id: string;
  phoneNumber: string;
  connectionId: string | null;
  customerReference: string | null;
  status: 'active' | 'deleted';
}

/** How the shop behaves; change it at any time. */
export interface ShopMood {
  /** An order stays pending for so many looks at it. */
  pendingLooks: number;
  /** What comes of orders in the end. */
  outcome: 'success' | 'failure';
  /** The papers that a country demands of the buyer: an order whose papers are not right stays pending, or fails in the end. */
  papers: 'right' | 'missing' | 'under-review';
  /** The number's id appears only after so many looks for it. */
  idLooks: number;
  /** Orders without a search before them: refused as 85000. */
  searchFirst: boolean;
}

export const errorAnswer = (status: number, code: string, title: string): SimulatedAnswer => ({
  status,
  body: { errors: [{ code, title, detail: `${title}.` }] },
});

const SHOWN = 20;
const PAPERS = { right: 'approved', missing: 'requirement-info-pending', 'under-review': 'requirement-info-under-review' };

/** The number shop of the simulated Telnyx: inventory, orders, owned numbers. */
export function createSimulatedNumbers() {
  const mood: ShopMood = { pendingLooks: 0, outcome: 'success', papers: 'right', idLooks: 0, searchFirst: true };
  const stock = new Map<string, StockedNumber>();
  const shown = new Set<string>();
  const orders: (SimulatedOrder & { looks: number })[] = [];
  const owned: (SimulatedNumber & { looks: number })[] = [];
  let nextId = 1_494_404_757_140_276_705n;

  function settle(order: SimulatedOrder): void {
    if (mood.papers !== 'right' && mood.outcome === 'success') return;
    order.status = mood.outcome;
    if (order.status === 'failure') return;
    stock.delete(order.phoneNumber);
    owned.push({
      id: String(nextId++),
      phoneNumber: order.phoneNumber,
      connectionId: order.connectionId ?? null,
      customerReference: order.customerReference ?? null,
      status: 'active',
      looks: 0,
    });
  }

  const orderRecord = (order: SimulatedOrder) => ({
    id: order.id,
    record_type: 'number_order',
    status: order.status,
    phone_numbers: [
      {
        id: randomUUID(),
        phone_number: order.phoneNumber,
        status: order.status,
        record_type: 'number_order_phone_number',
        requirements_met: mood.papers === 'right',
        requirements_status: PAPERS[mood.papers],
      },
    ],
    phone_numbers_count: 1,
    sub_number_orders_ids: [order.subOrderId],
    requirements_met: mood.papers === 'right',
    ...(order.connectionId === undefined ? {} : { connection_id: order.connectionId }),
    ...(order.customerReference === undefined ? {} : { customer_reference: order.customerReference }),
    created_at: '2026-01-02T03:04:05.678Z',
    updated_at: '2026-01-02T03:04:05.678Z',
  });

  const numberRecord = (number: SimulatedNumber) => ({
    id: number.id,
    record_type: 'phone_number',
    phone_number: number.phoneNumber,
    status: number.status,
    phone_number_type: 'local',
    country_iso_alpha2: 'US',
    connection_id: number.connectionId ?? '',
    customer_reference: number.customerReference ?? '',
    deletion_lock_enabled: false,
    external_pin: '',
    tags: [],
    created_at: '2026-01-02T03:04:05.678Z',
    purchased_at: '2026-01-02T03:04:05.678Z',
  });

  const list = (data: unknown[]): SimulatedAnswer => ({
    status: 200,
    body: { data, meta: { page_number: 1, page_size: 20, total_pages: 1, total_results: data.length } },
  });

  const look = (order: SimulatedOrder & { looks: number }) => {
    if (order.status === 'pending' && ++order.looks >= mood.pendingLooks) settle(order);
    return orderRecord(order);
  };

  const operations: Record<string, (verdict: SpecVerdict, body: unknown) => SimulatedAnswer> = {
    'GET /available_phone_numbers': ({ query }) => {
      const filter = (query.filter ?? {}) as Record<string, string> & { phone_number?: { ends_with?: string } };
      const found = [...stock.values()].filter(
        (number) =>
          (filter.country_code ?? 'US') === (number.countryCode ?? 'US') &&
          (filter.phone_number_type === undefined || filter.phone_number_type === (number.type ?? 'local')) &&
          (filter.national_destination_code === undefined || number.phoneNumber.startsWith(`+1${filter.national_destination_code}`)) &&
          (filter.phone_number?.ends_with === undefined || number.phoneNumber.endsWith(filter.phone_number.ends_with)),
      );
      const data = found.slice(0, Number(filter.limit ?? SHOWN)).map((number) => {
        shown.add(number.phoneNumber);
        return {
          record_type: 'available_phone_number',
          phone_number: number.phoneNumber,
          best_effort: false,
          quickship: true,
          reservable: true,
          region_information: [{ region_type: 'country_code', region_name: number.countryCode ?? 'US' }],
          cost_information: { upfront_cost: number.upfront ?? '1.00000', monthly_cost: number.monthly ?? '1.00000', currency: 'USD' },
          features: (number.features ?? ['voice', 'sms']).map((name) => ({ name })),
        };
      });
      return { status: 200, body: { data, meta: { total_results: data.length, best_effort_results: 0 } } };
    },

    'POST /number_orders': (_verdict, body) => {
      const wanted = body as { phone_numbers?: { phone_number: string }[]; customer_reference?: string; connection_id?: string };
      const phoneNumber = wanted.phone_numbers?.[0]?.phone_number;
      if (phoneNumber === undefined) return errorAnswer(422, '10004', 'Missing required parameter');
      if (mood.searchFirst && !shown.has(phoneNumber)) return errorAnswer(422, '85000', 'Number must first be found by a search');
      if (!stock.has(phoneNumber)) return errorAnswer(422, '85001', 'Number is no longer available');
      const order = {
        id: randomUUID(),
        subOrderId: randomUUID(),
        phoneNumber,
        customerReference: wanted.customer_reference,
        connectionId: wanted.connection_id,
        status: 'pending' as const,
        looks: 0,
      };
      orders.push(order);
      if (mood.pendingLooks === 0) settle(order);
      return { status: 200, body: { data: orderRecord(order) } };
    },

    'GET /number_orders': ({ query }) => {
      const reference = (query.filter as { customer_reference?: string } | undefined)?.customer_reference;
      return list(orders.filter((order) => reference === undefined || order.customerReference === reference).map(look));
    },

    'GET /number_orders/{number_order_id}': ({ params }) => {
      const order = orders.find((candidate) => candidate.id === params.number_order_id);
      return order ? { status: 200, body: { data: look(order) } } : errorAnswer(404, '10005', 'Resource not found');
    },

    'PATCH /sub_number_orders/{sub_number_order_id}/cancel': ({ params }) => {
      const order = orders.find(({ subOrderId }) => subOrderId === params.sub_number_order_id);
      if (!order) return errorAnswer(404, '10005', 'Resource not found');
      if (order.status !== 'pending') return errorAnswer(422, '10027', 'Only a pending order can be cancelled');
      order.status = 'failure';
      return { status: 200, body: { data: { id: order.subOrderId, record_type: 'sub_number_order', status: order.status } } };
    },

    'GET /phone_numbers': ({ query }) => {
      const wanted = (query.filter as { phone_number?: string } | undefined)?.phone_number;
      const found = owned.filter((number) => wanted === undefined || number.phoneNumber === wanted);
      return list(found.filter((number) => number.looks++ >= mood.idLooks).map(numberRecord));
    },

    'PATCH /phone_numbers/{id}': ({ params }, body) => {
      const number = owned.find((candidate) => candidate.id === params.id && candidate.status === 'active');
      if (!number) return errorAnswer(404, '10005', 'Resource not found');
      number.connectionId = (body as { connection_id?: string }).connection_id ?? number.connectionId;
      return { status: 200, body: { data: numberRecord(number) } };
    },

    'DELETE /phone_numbers/{id}': ({ params }) => {
      const number = owned.find((candidate) => candidate.id === params.id && candidate.status === 'active');
      if (!number) return errorAnswer(404, '10005', 'Resource not found');
      number.status = 'deleted';
      return { status: 200, body: { data: numberRecord(number) } };
    },
  };

  return {
    mood,
    operations,
    orders: orders as readonly SimulatedOrder[],
    owned: owned as readonly SimulatedNumber[],
    /** Puts numbers on sale. */
    stock(...numbers: (StockedNumber | string)[]): void {
      for (const number of numbers) {
        const stocked = typeof number === 'string' ? { phoneNumber: number } : number;
        stock.set(stocked.phoneNumber, stocked);
      }
    },
  };
}
