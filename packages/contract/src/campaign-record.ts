import { z } from 'zod';
import { id, requiredText, timestamp, timeZone } from './primitives.ts';

export const CAMPAIGN_STATUSES = ['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled'] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];
export const campaignStatus = z.enum(CAMPAIGN_STATUSES);

export const RUN_ACTIONS = ['start', 'pause', 'resume', 'stop'] as const;
export type RunAction = (typeof RUN_ACTIONS)[number];

export const CAMPAIGN_CONTACT_STATUSES = ['pending', 'queued', 'calling', 'completed', 'skipped', 'failed'] as const;
export type CampaignContactStatus = (typeof CAMPAIGN_CONTACT_STATUSES)[number];
export const campaignContactStatus = z.enum(CAMPAIGN_CONTACT_STATUSES);

export const CAMPAIGN_OUTCOMES = [
  'answered',
  'voicemail',
  'no_answer',
  'busy',
  'invalid_number',
  'declined',
  'do_not_call',
  'error',
] as const;
export type CampaignOutcome = (typeof CAMPAIGN_OUTCOMES)[number];

/** Why a contact was not called. */
export const SKIP_REASONS = ['do_not_call', 'no_phone_number', 'no_common_window', 'campaign_stopped'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day of the form HH:MM, for example 09:00')
  .describe('HH:MM, 24 hours');
const minutes = z.number().min(0.1).max(43_200);
const moment = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 timestamp, for example 2026-01-15T10:00:00Z' })
  .describe('ISO 8601');

/** What decides whom a campaign calls, when and how; locked while it runs. */
export const coreSettings = {
  assistantId: id('asst').describe('Who calls'),
  fromNumberIds: z
    .array(id('pn'))
    .max(100)
    .refine((ids) => new Set(ids).size === ids.length, 'must not hold the same number twice')
    .describe('Numbers to call from, in turn; empty: all of the assistant’s'),
  scheduledStartAt: moment.nullable().describe('When it starts by itself once you start it; null: at once'),
  callWindowStart: clockTime,
  callWindowEnd: clockTime.describe('HH:MM; a window that starts after it ends spans midnight, one of no length is the whole day'),
  callWindowTimezone: timeZone,
  useContactTimezoneForCallWindow: z
    .boolean()
    .describe('The window counts where the contact is: the zone given, else by the number’s area and country, else the campaign’s'),
  maxConcurrentCalls: z.int().min(1).max(1_000),
  maxAttemptsPerContact: z.int().min(1).max(20),
  retryDelayMinutes: minutes.nullable().describe('One delay for every outcome that has none of its own'),
  retryDelayNoAnswerMinutes: minutes,
  retryDelayBusyMinutes: minutes,
  retryDelayErrorMinutes: minutes,
  retryOnError: z.boolean(),
  retryBackoffMode: z.enum(['fixed', 'exponential']),
  retryBackoffMultiplier: z.number().min(1.01).max(10).describe('Each further delay is so many times as long'),
  retryBackoffMaxMinutes: minutes.describe('No delay grows beyond this'),
  voicemailAction: z.enum(['leave_message', 'hangup']),
  voicemailMessage: z.string().trim().max(2_000).nullable().describe('Said after the beep; needed for leave_message'),
  noAutoComplete: z.boolean().describe('Stays open for new contacts when all have been called'),
} as const;

export const campaignName = requiredText(200);
export const campaignDescription = z.string().trim().max(2_000).nullable();

export const campaign = z
  .object({
    id: z.string(),
    team_id: z.string(),
    assistant_id: z.string(),
    company_id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    from_number: z.string().nullable().describe('The first number it calls from'),
    from_number_ids: z.array(z.string()),
    status: campaignStatus,
    scheduled_start_at: timestamp.nullable(),
    call_window_start: z.string(),
    call_window_end: z.string(),
    call_window_timezone: z.string(),
    use_contact_timezone_for_call_window: z.boolean(),
    max_concurrent_calls: z.int(),
    max_attempts_per_contact: z.int(),
    retry_delay_minutes: z.number().nullable(),
    retry_delay_no_answer_minutes: z.number(),
    retry_delay_busy_minutes: z.number(),
    retry_delay_error_minutes: z.number(),
    retry_on_error: z.boolean(),
    retry_backoff_mode: z.enum(['fixed', 'exponential']),
    retry_backoff_multiplier: z.number(),
    retry_backoff_max_minutes: z.number(),
    voicemail_action: z.enum(['leave_message', 'hangup']),
    voicemail_message: z.string().nullable(),
    no_auto_complete: z.boolean(),
    enrolling: z
      .boolean()
      .describe('The contacts of a large company are still being added: total_contacts grows, and calls begin when all are there'),
    total_contacts: z.int(),
    contacts_called: z.int().describe('Called at least once'),
    contacts_completed: z.int().describe('With the status completed'),
    contacts_answered: z.int(),
    problem: z.string().nullable().describe('Why a running campaign does not dial just now, or null'),
    started_at: timestamp.nullable(),
    completed_at: timestamp.nullable(),
    deleted_at: timestamp.nullable(),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Campaign' });
export type Campaign = z.infer<typeof campaign>;

export const campaignContact = z
  .object({
    id: z.string(),
    campaign_id: z.string(),
    contact_id: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    phone: z.string().nullable(),
    status: campaignContactStatus.describe('pending: its time has not come; queued: due, waits for a line; the last three are final'),
    outcome: z.enum(CAMPAIGN_OUTCOMES).nullable().describe('Of the last attempt'),
    skip_reason: z.enum(SKIP_REASONS).nullable(),
    attempts: z.int(),
    priority: z.int(),
    next_attempt_at: timestamp.nullable().describe('Not before; the call window may make it later'),
    last_attempt_at: timestamp.nullable(),
    last_call_id: z.string().nullable(),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'CampaignContact' });
export type CampaignContact = z.infer<typeof campaignContact>;
