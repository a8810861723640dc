import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { accountSlug, e164, id, paged, paging, pathId, teamId, timestamp } from './primitives.ts';
import { transferMode } from './transfers.ts';

export const CALL_STATUSES = ['queued', 'ringing', 'in_progress', 'completed', 'failed'] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

export const CALL_OUTCOMES = ['answered', 'voicemail', 'no_answer', 'busy', 'declined', 'invalid_number', 'cancelled', 'error'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

const callStatus = z.enum(CALL_STATUSES);
const direction = z.enum(['inbound', 'outbound']);

export const callRecording = z.object({
  url: z.string().describe('Path of the WAV file on this server; needs the same token'),
  content_type: z.string(),
  channels: z.int().describe('2: left the caller, right the assistant'),
});

export const callRecord = z
  .object({
    id: z.string(),
    account_id: z.string(),
    assistant_id: z.string().nullable(),
    campaign_id: z.string().nullable(),
    contact_id: z.string().nullable(),
    direction,
    status: callStatus.describe('Only ever moves forward; completed and failed are final'),
    ended_reason: z.string().nullable().describe('Why it ended, for example caller_hung_up, api_hangup, transferred, busy, node_lost'),
    outcome: z.enum(CALL_OUTCOMES).nullable(),
    error: z.string().nullable().describe('One sentence on what went wrong, for a failed call'),
    carrier: z.string().describe('local: the built-in network; web: a browser or an app'),
    from_number: z.string().nullable(),
    to_number: z.string().nullable(),
    transferred_to: z.string().nullable().describe('Whom the caller was connected with at the end, E.164'),
    consultation_of: z.string().nullable().describe('Of a call that asks somebody whether they take another one: that one (call_…)'),
    started_at: timestamp,
    answered_at: timestamp.nullable(),
    ended_at: timestamp.nullable(),
    duration_seconds: z.number().nullable().describe('From the answer to the end; null while the call lasts'),
    recording: callRecording.nullable(),
    erased_at: timestamp.nullable().describe('When recording and transcript were erased'),
  })
  .meta({ id: 'Call' });
export type CallRecord = z.infer<typeof callRecord>;

export const callMessage = z.object({
  index: z.int(),
  speaker: z.enum(['caller', 'assistant']),
  text: z.string().describe('Of the assistant only what was heard'),
  start_seconds: z.number().describe('From the answer of the call'),
  end_seconds: z.number(),
  interrupted: z.boolean(),
  confidence: z.number().nullable(),
});
export type CallMessage = z.infer<typeof callMessage>;

export const callLogEvent = z.object({
  sequence: z.int().describe('1, 2, 3 …; the id of the server-sent event'),
  type: z.string(),
  at_seconds: z.number().nullable().describe('From the answer of the call; null before it'),
  created_at: timestamp,
  data: z.record(z.string(), z.unknown()),
});
export type CallLogEvent = z.infer<typeof callLogEvent>;

const durations = {
  end_of_turn_ms: z.number().nullable().describe('Caller stopped → turn decided'),
  llm_first_token_ms: z.number().nullable().describe('Turn decided → first token'),
  tts_first_audio_ms: z.number().nullable().describe('First sentence → first audio'),
  voice_to_voice_ms: z.number().nullable().describe('Caller stopped → first sound sent'),
};
export const callLatency = z.object({
  turns: z.array(
    z.object({
      turn: z.int().describe('Index of the assistant’s message'),
      ...durations,
      marks: z.record(z.string(), z.number().nullable()).describe('The six marks, in ms from the answer of the call'),
    }),
  ),
  p50: z.object(durations),
  p95: z.object(durations),
});
export type CallLatency = z.infer<typeof callLatency>;

const decimal = z.string().describe('Decimal USD');
export const callCost = z.object({
  currency: z.literal('USD').describe('Of all amounts'),
  total: decimal.nullable().describe('null while the amount of one of the items is not known; estimates count'),
  known_total: decimal.describe('Sum of the items whose amount is known'),
  items: z
    .array(
      z.object({
        kind: z.enum(['carrier', 'transcription', 'language_model', 'voice']).describe('The stage of the call'),
        vendor: z.string().nullable().describe('null in calls of before this was kept by vendor, where one took over from another'),
        model: z.string().nullable().describe('Of a carrier: transfer for the leg of a transfer'),
        unit: z.enum(['seconds', 'input_tokens', 'output_tokens', 'characters']).describe('What it is counted in'),
        quantity: z.number().describe('How much was used, in that unit; 0 where it is not known'),
        unit_price: z.string().nullable().describe('USD per minute, or per million tokens or characters; null when not known'),
        amount: decimal.nullable().describe('Decimal USD; null when the price or the quantity is not known'),
        unknown: z
          .enum(['no_price', 'not_counted'])
          .nullish()
          .describe(
            'Why the amount is null: no_price, nobody knows the price; not_counted, nobody knows how much it was. Left out in older calls',
          ),
        estimated: z
          .boolean()
          .optional()
          .describe(
            'The quantity is our estimate: vendors do not count the tokens of a reply that was broken off. Left out in older calls',
          ),
        price_source: z.string().nullable().describe('Where the price stands, TALKTURO_PRICES, or carrier where it told the amount itself'),
        price_date: z.string().nullable().describe('Day on which the price was read there, YYYY-MM-DD'),
      }),
    )
    .describe('What was used, one line a kind, vendor, model and unit; estimates are lines of their own'),
});
export type CallCost = z.infer<typeof callCost>;

export const callDetail = callRecord
  .extend({
    messages: z.array(callMessage),
    events: z.array(callLogEvent),
    analysis: z.null().describe('Nothing yet'),
    cost: callCost.nullable().describe('What was used and what it cost; null while the call lasts'),
    latency: callLatency,
  })
  .meta({ id: 'CallDetail' });

const params = z.object({ callId: pathId('The call (call_…)') });
const since = z.iso.datetime({ offset: true, error: 'must be an ISO 8601 timestamp, for example 2026-01-15T10:00:00Z' });

export const listCalls = endpoint({
  method: 'GET',
  path: '/api/calls',
  group: 'Calls',
  access: 'calls:read',
  summary: 'List calls',
  description: 'Newest first.',
  query: z.strictObject({
    ...paging,
    teamId: teamId.optional(),
    assistantId: id('asst').optional(),
    campaignId: id('camp').optional(),
    contactId: id('cont').optional(),
    direction: direction.optional(),
    status: callStatus.optional(),
    live: z.enum(['true', 'false']).optional().describe('true: only calls that are going on; false: only those that are over'),
    from: e164.optional().describe('Calls from this number'),
    to: e164.optional().describe('Calls to this number'),
    since: since.optional().describe('Started at or after'),
    until: since.optional().describe('Started before'),
    search: z.string().trim().min(1).max(200).optional().describe('Words said in the call; the last may be a beginning'),
  }),
  returns: { calls: z.array(callRecord), ...paged },
});

export const getCall = endpoint({
  method: 'GET',
  path: '/api/calls/{callId}',
  group: 'Calls',
  access: 'calls:read',
  summary: 'Get a call',
  description: 'The record with its messages, events and latencies.',
  params,
  returns: { call: callDetail },
});

export const placeCall = endpoint({
  method: 'POST',
  path: '/api/calls',
  group: 'Calls',
  access: 'calls:write',
  summary: 'Place a call',
  description:
    'An assistant calls a number. Without fromNumberId it calls from its first number, else the account’s; where there is none the built-in network lends one.',
  body: z.strictObject({
    assistantId: id('asst'),
    toNumber: e164,
    fromNumberId: id('pn').optional(),
    contactId: id('cont').optional().describe('Fills the variables of the prompt and is kept with the call'),
  }),
  returns: { call: callRecord },
  alsoAnswers: [409, 503],
});

export const hangUpCall = endpoint({
  method: 'POST',
  path: '/api/calls/{callId}/hangup',
  group: 'Calls',
  access: 'calls:write',
  summary: 'Hang up',
  description: 'Ends a call on whatever node it runs. A call that is over stays as it is.',
  params,
  body: z.strictObject({}),
  returns: { call: callRecord },
});

export const transferCall = endpoint({
  method: 'POST',
  path: '/api/calls/{callId}/transfer',
  group: 'Calls',
  access: 'calls:write',
  summary: 'Transfer a call',
  description:
    'Connects the caller of a call in progress with another number. It is said first, then it rings there for 25 seconds. Blind, the two are connected when somebody answers. Attended, whoever answers is told who is on the line and what it is about, and says yes or presses 1 to take the call, in a call of its own (its consultation_of names this one); the caller hears it ringing meanwhile, and a mailbox takes nobody. When it works the call ends here with the reason transferred, its recording and transcript reaching up to there; when it does not, the caller is told and the conversation goes on, and the call’s events say why (transfer_failed). Numbers of contacts marked do-not-call are refused.',
  params,
  body: z.strictObject({
    toNumber: e164.describe('Whom to connect the caller with'),
    mode: transferMode.default('blind').describe('blind: whoever answers is connected at once; attended: they are asked first'),
    summary: z.string().max(500).optional().describe('Attended: what whoever answers is told of the matter, in whole sentences'),
    message: z
      .string()
      .max(500)
      .optional()
      .describe('Said to the caller before; empty for nothing; left out, a sentence in the language of the call'),
  }),
  returns: { call: callRecord },
  alsoAnswers: [409],
});

export const sendCallDigits = endpoint({
  method: 'POST',
  path: '/api/calls/{callId}/digits',
  group: 'Calls',
  access: 'calls:write',
  summary: 'Press keys in a call',
  description: 'Sends tones (DTMF) to the other side of a call in progress, for example to get through the menu of a switchboard.',
  params,
  body: z.strictObject({
    digits: z
      .string()
      .regex(/^[0-9A-D*#wW]{1,32}$/, 'must be 1 to 32 of 0-9 A-D * #, with w for half a second of waiting and W for a second')
      .describe('0-9 A-D * #; w waits half a second, W a second'),
  }),
  returns: { call: callRecord },
  alsoAnswers: [409],
  example: { body: { digits: '1w2#' } },
});

export const deleteCall = endpoint({
  method: 'DELETE',
  path: '/api/calls/{callId}',
  group: 'Calls',
  access: 'calls:write',
  summary: 'Erase a call',
  description: 'Erases recording, transcript and analysis for good; the bare record stays. A live call must be ended first.',
  params,
  returns: { call: callRecord },
  alsoAnswers: [409],
});

export const getCallRecording = endpoint({
  method: 'GET',
  path: '/api/calls/{callId}/recording',
  group: 'Calls',
  access: 'calls:read',
  summary: 'Get the recording',
  description: 'A stereo WAV file: left the caller, right the assistant. Range requests are answered with 206.',
  params,
  file: { types: ['audio/wav'], description: 'The recording' },
  alsoAnswers: [206, 416],
});

export const getCallTranscript = endpoint({
  method: 'GET',
  path: '/api/calls/{callId}/transcript',
  group: 'Calls',
  access: 'calls:read',
  summary: 'Get the transcript',
  params,
  query: z.strictObject({ format: z.enum(['json', 'txt', 'vtt']).default('json') }),
  file: { types: ['application/json', 'text/plain', 'text/vtt'], description: 'The transcript; JSON in the usual envelope' },
});

export const followCall = endpoint({
  method: 'GET',
  path: '/api/calls/{callId}/events',
  group: 'Calls',
  access: 'calls:read',
  summary: 'Follow a call',
  description:
    'Server-sent events while the call lasts, from its beginning or from Last-Event-ID. A call that is over is replayed and the stream ends; 204 when there is nothing more to come.',
  params,
  file: { types: ['text/event-stream'], description: 'One event for each thing that happens' },
  alsoAnswers: [204],
});

export const startNetworkCall = endpoint({
  method: 'POST',
  path: '/api/network/calls',
  group: 'Calls',
  access: 'calls:write',
  summary: 'Call an assistant over the built-in network',
  description:
    'Makes the program that asks the caller: it connects to mediaUrl and exchanges sound as base64 µ-law frames of 20 ms. Name the assistant itself, or a number of the built-in network that one answers.',
  body: z
    .strictObject({
      assistantId: id('asst').optional(),
      toNumber: e164.optional(),
      fromNumber: e164.optional(),
    })
    .refine((body) => (body.assistantId === undefined) !== (body.toNumber === undefined), {
      message: 'give either assistantId or toNumber',
      path: ['assistantId'],
    }),
  returns: {
    call: callRecord,
    mediaUrl: z.string().describe('WebSocket address; it holds a token that works once, for a short time'),
  },
  alsoAnswers: [409, 503],
  example: { body: { assistantId: 'asst_01jh9y1v5kfk8r7c6t2n4m3p0q' } },
});

export const testAssistantCall = endpoint({
  method: 'POST',
  path: '/api/assistants/{assistantId}/telephony/test-call',
  group: 'Assistants',
  access: 'calls:write',
  summary: 'Place a test call',
  params: z.object({ assistantId: pathId('The assistant (asst_…)') }),
  body: z.strictObject({
    accountSlug,
    fromNumber: e164.optional().describe('One of your numbers; left out as in “Place a call”'),
    toNumber: e164,
  }),
  returns: { call: callRecord },
  alsoAnswers: [409, 503],
});

const statistics = z.object({ calls: z.int(), minutes: z.number() });

export const getUsageStats = endpoint({
  method: 'GET',
  path: '/api/assistants/{assistantId}/usage-stats',
  group: 'Assistants',
  access: 'assistants:read',
  summary: 'Get usage figures of an assistant',
  params: z.object({ assistantId: pathId('The assistant (asst_…)') }),
  query: z.strictObject({ accountId: z.string().max(200).optional() }),
  returns: {
    usageStats: z.object({
      totalCalls: z.int(),
      totalMinutes: z.number(),
      avgDurationMinutes: z.number(),
      completedCallsWithDuration: z.int(),
      successRatePercent: z.number().nullable().describe('null while no call was evaluated'),
      successEvaluatedCount: z.int(),
      timeline: z
        .object({ today: z.int(), last7Days: z.int(), last30Days: z.int(), last365Days: z.int() })
        .describe('Calls started, days in UTC'),
      dailySeries: z.array(statistics.extend({ date: z.string() })).describe('The last 30 days, oldest first'),
    }),
  },
});
