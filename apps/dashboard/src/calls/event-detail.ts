import type { Call } from './calls.queries.ts';

/** What an event of a call's log is about, in words of no language where it can be said so; null where its name says all. */
export function eventDetail({ type, data }: Pick<Call['events'][number], 'type' | 'data'>): string | null {
  if (typeof data.message === 'string') return data.message;
  if (type === 'provider_replaced') return `${data.wanted} → ${data.used}`;
  if (type === 'variables_missing' && Array.isArray(data.variables)) return data.variables.join(', ');
  if (type === 'digits_sent') return String(data.digits);
  if (type === 'transferred' || type === 'transfer_failed' || type === 'consultation') return String(data.to);
  return null;
}
