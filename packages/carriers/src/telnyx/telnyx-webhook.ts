import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { CarrierEvent, HangupCause } from '../carrier.ts';
import { type ClientState, readClientState } from './client-state.ts';

/** A webhook that is Telnyx's: signed, fresh and of the known envelope. */
export interface TelnyxWebhook {
  /** Telnyx's own id of the event, the same in every delivery of it. */
  id: string;
  type: string;
  ref: string;
  /** What we had it carry; null for calls we did not dial. */
  state: ClientState | null;
  from: string;
  to: string;
  payload: Record<string, unknown>;
}

/** How far the clocks may be apart and a delivery may be late: Telnyx's own tolerance. */
const TOLERANCE_S = 300;
/** DER head of an Ed25519 public key (RFC 8410); the raw 32 bytes follow. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

const text = z.string().max(4000);
const envelope = z.object({
  data: z.object({
    id: text,
    event_type: text,
    payload: z.looseObject({
      call_control_id: text.optional(),
      client_state: text.nullish(),
      from: text.nullish(),
      to: text.nullish(),
    }),
  }),
});

/** @param base64 the raw 32 bytes, as Telnyx's portal shows them. @throws Error when they are no key. */
export const readPublicKey = (base64: string): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_HEAD, Buffer.from(base64, 'base64')]), format: 'der', type: 'spki' });

const only = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');

/** Whether the body was signed by Telnyx in the last minutes. Signed is `<timestamp>|<raw body>`. */
export function isGenuine(key: KeyObject, headers: IncomingHttpHeaders, body: Buffer, nowMs: number): boolean {
  const timestamp = only(headers['telnyx-timestamp']);
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_S) return false;
  const signature = Buffer.from(only(headers['telnyx-signature-ed25519']), 'base64');
  return signature.length === 64 && verify(null, Buffer.concat([Buffer.from(`${timestamp}|`), body]), key, signature);
}

/** Null for a body that is not of the envelope of version 2. */
export function parseWebhook(body: Buffer): TelnyxWebhook | null {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    // Signed, and yet no JSON: as good as unknown.
    return null;
  }
  const parsed = envelope.safeParse(json);
  if (!parsed.success) return null;
  const { id, event_type: type, payload } = parsed.data.data;
  return {
    id,
    type,
    ref: payload.call_control_id ?? '',
    state: readClientState(payload.client_state),
    from: payload.from ?? '',
    to: payload.to ?? '',
    payload,
  };
}

/** Telnyx's hangup_cause in our words. The SIP code beside it says nothing reliable. */
const CAUSES: Readonly<Record<string, HangupCause>> = {
  normal_clearing: 'normal',
  originator_cancel: 'cancelled',
  user_busy: 'busy',
  call_rejected: 'declined',
  not_found: 'invalid_number',
  no_answer: 'no_answer',
  timeout: 'no_answer',
  time_limit: 'time_limit',
  unspecified: 'carrier_error',
};

/** Results of standard and premium detection. */
const WHO: Readonly<Record<string, 'human' | 'machine'>> = {
  human: 'human',
  human_residence: 'human',
  human_business: 'human',
  machine: 'machine',
  fax_detected: 'machine',
};

const cost = z.object({
  status: z.literal('success'),
  total_cost: z.string().regex(/^\d{1,6}(\.\d{1,12})?$/),
  billed_duration_secs: z.number().nullish(),
});

/** Null where Telnyx could not reckon it. Its prices are in US dollars. */
function costOf(payload: unknown): CarrierEvent | null {
  const parsed = cost.safeParse(payload);
  if (!parsed.success) return null;
  return { type: 'cost', leg: 'own', amount: parsed.data.total_cost, seconds: parsed.data.billed_duration_secs ?? null };
}

/** What happened to a call, or null for events that say nothing about one's course. */
export function eventOf({ type, payload }: TelnyxWebhook): CarrierEvent | null {
  switch (type) {
    case 'call.initiated':
      return payload.direction === 'outgoing' ? { type: 'ringing' } : null;
    case 'call.answered':
      return { type: 'answered' };
    case 'call.machine.detection.ended':
    case 'call.machine.premium.detection.ended':
      return { type: 'machine-detection', result: WHO[String(payload.result)] ?? 'unknown' };
    case 'call.machine.greeting.ended':
    case 'call.machine.premium.greeting.ended':
      return { type: 'greeting-ended', beep: payload.result === 'beep_detected' };
    case 'call.cost':
      return costOf(payload);
    case 'call.bridged':
      return { type: 'transferred' };
    case 'call.hangup': {
      const source = payload.hangup_source === 'caller' || payload.hangup_source === 'callee' ? payload.hangup_source : 'unknown';
      return { type: 'hangup', cause: CAUSES[String(payload.hangup_cause)] ?? 'carrier_error', source };
    }
    default:
      return null;
  }
}

/** Events that come by themselves and need nothing done. */
const EXPECTED = new Set([
  'call.cost',
  // Keys come over the media socket, in step with the sound.
  'call.dtmf.received',
  'call.initiated',
  'call.recording.saved',
  'number_order.complete',
  'streaming.started',
  'streaming.stopped',
]);

/** Whether an event without meaning for us is at least one we know of. */
export const isExpected = (type: string): boolean => EXPECTED.has(type);
