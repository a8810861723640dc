import { z } from 'zod';
import { timestamp } from './primitives.ts';

/** What every event of a call says about it. */
const callFacts = {
  call_id: z.string(),
  assistant_id: z.string().nullable(),
  campaign_id: z.string().nullable(),
  contact_id: z.string().nullable(),
  direction: z.enum(['inbound', 'outbound']),
  from_number: z.string().nullable().describe('E.164, or null for a call without one (browser)'),
  to_number: z.string().nullable(),
  consultation_of: z.string().nullable().describe('Of a call that asks somebody whether they take another one: that one (call_…)'),
};

/** One turn of a transcript as events carry it; times in seconds from the answer. */
const transcribedTurn = z.object({
  speaker: z.enum(['caller', 'assistant']),
  text: z.string(),
  start: z.number().min(0),
  end: z.number().min(0),
  interrupted: z.boolean(),
});

/** Declares an event: a sentence for the reference and the shape of its `data`. */
const event = <D extends z.ZodObject>(summary: string, data: D) => ({ summary, data });

/** Everything that is told to the outside. The key is the event's `type`. */
export const events = {
  'call.initiated': event('A call was placed or came in.', z.object(callFacts)),
  'call.answered': event('The other side picked up.', z.object({ ...callFacts, answered_at: timestamp })),
  'call.machine_detection.ended': event(
    'It is known, as far as it can be, whether a person or a machine answered. Told again when it turns out otherwise.',
    z.object({
      ...callFacts,
      result: z.enum(['human', 'machine', 'unknown']),
      detected_by: z
        .enum(['carrier', 'beep', 'words', 'cadence', 'screening', 'nothing'])
        .describe('What told so; screening: a call screener answered; nothing: nobody can tell'),
    }),
  ),
  'call.transferred': event(
    'The caller was connected with somebody else; for us the call ends here.',
    z.object({ ...callFacts, transferred_to: z.string().describe('E.164') }),
  ),
  'call.hangup': event(
    'The line is gone. The record may still grow; call.completed closes it.',
    z.object({
      ...callFacts,
      cause: z.string().describe('normal, busy, declined, no_answer, invalid_number, cancelled, time_limit, transferred or carrier_error'),
      source: z.enum(['caller', 'callee', 'assistant', 'unknown']).describe('Who ended it'),
    }),
  ),
  'call.completed': event(
    'The call is over and its record is complete.',
    z.object({
      ...callFacts,
      status: z.enum(['completed', 'failed']),
      ended_reason: z.string().nullable(),
      outcome: z.string().nullable(),
      started_at: timestamp.nullable(),
      answered_at: timestamp.nullable(),
      ended_at: timestamp,
      duration_seconds: z.number().min(0).nullable(),
      recording_available: z.boolean(),
    }),
  ),
  'call.transcribed': event(
    'The transcript is complete.',
    z.object({ ...callFacts, language: z.string().nullable(), transcript: z.array(transcribedTurn) }),
  ),
  'campaign.completed': event(
    'Every contact of a campaign has reached its final state.',
    z.object({
      campaign_id: z.string(),
      name: z.string(),
      assistant_id: z.string(),
      total_contacts: z.int(),
      contacts_called: z.int(),
      contacts_completed: z.int(),
      contacts_answered: z.int(),
      completed_at: timestamp,
    }),
  ),
  'webhook.test': event('Sent when someone asks for a test delivery.', z.object({ endpoint_id: z.string(), message: z.string() })),
} as const;

export type EventType = keyof typeof events;
export type EventData<T extends EventType> = z.input<(typeof events)[T]['data']>;

/** All event types, for filters. */
export const eventTypes = Object.keys(events) as [EventType, ...EventType[]];

/** What is sent: the same bytes to every receiver and on every attempt. */
export const eventEnvelope = z.object({
  id: z.string().describe('evt_…; the same on every attempt: use it to drop repeats'),
  type: z.enum(eventTypes),
  created_at: timestamp.describe('When it happened, not when it was sent'),
  data: z.record(z.string(), z.unknown()),
});
