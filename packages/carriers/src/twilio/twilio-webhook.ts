import { accountPath } from '../account-path.ts';
import type { CarrierEvent, HangupCause } from '../carrier.ts';

const WEBHOOK_PATH = '/webhooks/twilio';
/** Where Twilio reports, below the server's public address. */
export const twilioWebhookPath = (account?: string): string => accountPath(WEBHOOK_PATH, account);

/** What Twilio asks or tells: who calls, how a call goes, who answered it, how its stream goes, how the call goes that a transfer dialled. */
const TOPICS = ['voice', 'status', 'detection', 'stream', 'transfer'] as const;
export type Topic = (typeof TOPICS)[number];

/** What we put into the address of a callback. Twilio signs the address, so all of it is ours when it comes back. */
export interface CallbackMark {
  topic: Topic;
  /** Our id of the call, and of the command that dialled it. */
  callId?: string | undefined;
  commandId?: string | undefined;
  /** How long the call may last, s: Twilio does not say that it was this which ended it. */
  limitSeconds?: number | undefined;
  /** Twilio's id of the call that is transferred. */
  transferOf?: string | undefined;
}

/** The query of a callback, behind the address of the webhook. */
export function callbackQuery({ topic, callId, commandId, limitSeconds, transferOf }: CallbackMark): string {
  const query = new URLSearchParams({ about: topic });
  if (callId !== undefined) query.set('call', callId);
  if (commandId !== undefined) query.set('command', commandId);
  if (limitSeconds !== undefined) query.set('limit', String(limitSeconds));
  if (transferOf !== undefined) query.set('of', transferOf);
  return `?${query}`;
}

/** Ids of ours are far shorter. Whoever holds the account can sign any address, and ids are kept. */
const LONGEST_ID = 64;
/** Twilio's id of a call. */
const CALL_SID = /^CA[0-9a-f]{32}$/i;

/** The call that a callback is about; null where it names none. */
export function callSidOf(form: URLSearchParams): string | null {
  const sid = form.get('CallSid') ?? '';
  return CALL_SID.test(sid) ? sid : null;
}

/** Reads it back; an address without a query is the one that numbers have. Null for what we never said. */
export function readMark(url: string): CallbackMark | null {
  const query = new URLSearchParams(url.split('?', 2)[1]);
  const about = query.get('about') ?? 'voice';
  const topic = TOPICS.find((one) => one === about);
  const callId = query.get('call') ?? undefined;
  const commandId = query.get('command') ?? undefined;
  const transferOf = query.get('of') ?? undefined;
  const said = [callId, commandId].every((id) => (id?.length ?? 0) <= LONGEST_ID);
  if (!topic || !said || (transferOf !== undefined && !CALL_SID.test(transferOf))) return null;
  const limit = Number(query.get('limit') ?? Number.NaN);
  return { topic, callId, commandId, limitSeconds: Number.isFinite(limit) ? limit : undefined, transferOf };
}

/** How far a call has come. */
export type Progress =
  | { is: 'waiting' }
  | { is: 'ringing' }
  | { is: 'answered' }
  /** `seconds` it was connected. `unanswered`: how it failed, where it was never answered. */
  | { is: 'over'; seconds: number; unanswered: HangupCause | null };

/** SIP says more than Twilio's status: RFC 3261 section 21 (604, 603, 410, 404, 484) and RFC 8197, 8688 (607, 608). */
const DECLINED = new Set(['603', '607', '608']);
const NO_SUCH_NUMBER = new Set(['404', '410', '484', '604']);

const CAUSES: Readonly<Record<string, HangupCause>> = {
  busy: 'busy',
  'no-answer': 'no_answer',
  canceled: 'cancelled',
  failed: 'carrier_error',
};

/** @returns null for a status that is not known. */
export function progressOf(form: URLSearchParams): Progress | null {
  const status = form.get('CallStatus') ?? '';
  const sip = form.get('SipResponseCode') ?? '';
  switch (status) {
    case 'queued':
    case 'initiated':
      return { is: 'waiting' };
    case 'ringing':
      return { is: 'ringing' };
    case 'in-progress':
      return { is: 'answered' };
    case 'completed':
      return { is: 'over', seconds: Number(form.get('CallDuration') ?? 0) || 0, unanswered: null };
    default: {
      const cause = CAUSES[status];
      if (!cause) return null;
      if (DECLINED.has(sip)) return { is: 'over', seconds: 0, unanswered: 'declined' };
      return { is: 'over', seconds: 0, unanswered: status === 'failed' && NO_SUCH_NUMBER.has(sip) ? 'invalid_number' : cause };
    }
  }
}

/** Who answered: Twilio says it at the end of a machine's greeting, so that both come at once. */
export function detectionOf(form: URLSearchParams): CarrierEvent[] {
  const answeredBy = form.get('AnsweredBy') ?? '';
  const machine: CarrierEvent = { type: 'machine-detection', result: 'machine' };
  switch (answeredBy) {
    case 'human':
      return [{ type: 'machine-detection', result: 'human' }];
    case 'machine_start':
    case 'fax':
      return [machine];
    case 'machine_end_beep':
    case 'machine_end_silence':
    case 'machine_end_other':
      return [machine, { type: 'greeting-ended', beep: answeredBy === 'machine_end_beep' }];
    default:
      return [{ type: 'machine-detection', result: 'unknown' }];
  }
}
