import type { CallMessage, CallOutcome, CallRecord, CallStatus } from '@talkturo/contract';
import type { Call, CallTurn } from './calls.table.ts';

const seconds = (ms: number): number => Math.round(ms) / 1000;
const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** A call as the API shows it. */
export const callRecord = (call: Call): CallRecord => ({
  id: call.id,
  account_id: call.accountId,
  assistant_id: call.assistantId,
  campaign_id: call.campaignId,
  contact_id: call.contactId,
  direction: call.direction as 'inbound' | 'outbound',
  status: call.status as CallStatus,
  ended_reason: call.endedReason,
  outcome: call.outcome as CallOutcome | null,
  error: call.error,
  carrier: call.carrier,
  from_number: call.fromNumber,
  to_number: call.toNumber,
  transferred_to: call.transferredTo,
  consultation_of: call.consultationOf,
  started_at: call.startedAt.toISOString(),
  answered_at: iso(call.answeredAt),
  ended_at: iso(call.endedAt),
  duration_seconds: call.durationMs === null ? null : seconds(call.durationMs),
  recording: call.recordingKey === null ? null : { url: `/api/calls/${call.id}/recording`, content_type: 'audio/wav', channels: 2 },
  erased_at: iso(call.erasedAt),
});

/** A line of the transcript as the API shows it. */
export const callMessage = (turn: Omit<CallTurn, 'callId' | 'words'>): CallMessage => ({
  index: turn.index,
  speaker: turn.speaker as 'caller' | 'assistant',
  text: turn.text,
  start_seconds: seconds(turn.startMs),
  end_seconds: seconds(turn.endMs),
  interrupted: turn.interrupted,
  confidence: turn.confidence === null ? null : Math.round(turn.confidence * 1000) / 1000,
});
