import type { SimulatedAnswer } from '../rest-simulator.ts';
import { errorAnswer } from './simulated-numbers.ts';
import type { SpecVerdict } from './telnyx-spec.ts';

type Kept = Record<string, unknown> & { id: string };

/** Profiles and applications of the simulated Telnyx account: kept as they were sent. */
export function createSimulatedAccount() {
  const profiles: Kept[] = [];
  const applications: Kept[] = [];
  let nextId = 1_293_384_261_075_731_499n;

  const listOf = (records: Kept[]) => (): SimulatedAnswer => ({
    status: 200,
    body: { data: records, meta: { page_number: 1, page_size: 250, total_pages: 1, total_results: records.length } },
  });
  const addTo =
    (records: Kept[], type: string) =>
    (_verdict: SpecVerdict, body: unknown): SimulatedAnswer => {
      const record = { record_type: type, ...(body as object), id: String(nextId++) };
      records.push(record);
      return { status: 200, body: { data: record } };
    };
  const found = ({ params }: SpecVerdict, then: (record: Kept) => void = () => {}): SimulatedAnswer => {
    const record = applications.find((one) => one.id === params.id);
    if (!record) return errorAnswer(404, '10005', 'Resource not found');
    then(record);
    return { status: 200, body: { data: record } };
  };

  const operations: Record<string, (verdict: SpecVerdict, body: unknown) => SimulatedAnswer> = {
    'GET /balance': () => ({
      status: 200,
      body: { data: { record_type: 'balance', balance: '12.34', available_credit: '12.34', credit_limit: '0.00', currency: 'USD' } },
    }),
    'GET /outbound_voice_profiles': listOf(profiles),
    'POST /outbound_voice_profiles': addTo(profiles, 'outbound_voice_profile'),
    'GET /call_control_applications': listOf(applications),
    'POST /call_control_applications': addTo(applications, 'call_control_application'),
    'GET /call_control_applications/{id}': (verdict) => found(verdict),
    'PATCH /call_control_applications/{id}': (verdict, body) => found(verdict, (record) => void Object.assign(record, body)),
  };
  return { operations, profiles: profiles as readonly Kept[], applications };
}
