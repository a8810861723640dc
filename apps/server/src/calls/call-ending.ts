import type { HangupCause } from '@talkturo/carriers';
import type { CallOutcome } from '@talkturo/contract';
import type { EndedReason as ConversationEnd } from '@talkturo/voice';

/** Why a call ended: the engine's reasons and those of calls that never became a conversation. */
export type EndedReason =
  | ConversationEnd
  | 'busy'
  | 'declined'
  | 'no_answer'
  | 'invalid_number'
  | 'cancelled'
  | 'carrier_error'
  | 'no_media'
  | 'node_lost'
  /** The carrier never said whether it had placed it. */
  | 'unconfirmed'
  | 'inbound_disabled'
  | 'no_capacity'
  | 'not_configured';

export interface Ending {
  status: 'completed' | 'failed';
  reason: EndedReason;
  outcome: CallOutcome;
}

const FAILURES: ReadonlySet<EndedReason> = new Set([
  'protocol_error',
  'provider_failed',
  'no_media',
  'node_lost',
  'unconfirmed',
  'carrier_error',
]);
const UNANSWERED: Partial<Record<EndedReason, CallOutcome>> = {
  busy: 'busy',
  declined: 'declined',
  no_answer: 'no_answer',
  invalid_number: 'invalid_number',
  cancelled: 'cancelled',
  api_hangup: 'cancelled',
  shutdown: 'cancelled',
  caller_hung_up: 'cancelled',
  inbound_disabled: 'busy',
  no_capacity: 'busy',
};

/**
 * What a call that ended for `reason` comes to. A call is completed when both sides were connected and nothing broke;
 * one that was never answered has failed, and its outcome says how.
 */
export function endingOf(reason: EndedReason, answered: boolean): Ending {
  if (!answered) return { status: 'failed', reason, outcome: UNANSWERED[reason] ?? 'error' };
  return { status: FAILURES.has(reason) ? 'failed' : 'completed', reason, outcome: 'answered' };
}

const CAUSES: Record<HangupCause, { before: EndedReason; during: ConversationEnd }> = {
  normal: { before: 'cancelled', during: 'caller_hung_up' },
  cancelled: { before: 'cancelled', during: 'caller_hung_up' },
  busy: { before: 'busy', during: 'caller_hung_up' },
  declined: { before: 'declined', during: 'caller_hung_up' },
  no_answer: { before: 'no_answer', during: 'caller_hung_up' },
  invalid_number: { before: 'invalid_number', during: 'connection_lost' },
  time_limit: { before: 'no_answer', during: 'max_duration' },
  carrier_error: { before: 'carrier_error', during: 'connection_lost' },
};

/** Why the call ended when the carrier says so: before it was answered or during the conversation. */
export const reasonOfCause = (cause: HangupCause) => CAUSES[cause];

/** How `call.hangup` names it: the carrier's cause and who ended it. */
export function hangupOf(reason: EndedReason, direction: 'inbound' | 'outbound') {
  const farEnd = direction === 'inbound' ? ('caller' as const) : ('callee' as const);
  switch (reason) {
    case 'caller_hung_up':
      return { cause: 'normal', source: farEnd };
    case 'assistant_hung_up':
    case 'silence':
    case 'api_hangup':
    case 'shutdown':
      return { cause: 'normal', source: 'assistant' as const };
    case 'transferred':
      return { cause: 'transferred', source: 'assistant' as const };
    case 'max_duration':
      return { cause: 'time_limit', source: 'assistant' as const };
    case 'busy':
    case 'declined':
    case 'no_answer':
    case 'invalid_number':
      return { cause: reason, source: farEnd };
    case 'cancelled':
      return { cause: 'cancelled', source: direction === 'inbound' ? ('caller' as const) : ('assistant' as const) };
    case 'inbound_disabled':
    case 'no_capacity':
      return { cause: 'busy', source: 'assistant' as const };
    default:
      return { cause: 'carrier_error', source: 'unknown' as const };
  }
}
