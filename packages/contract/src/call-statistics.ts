import { z } from 'zod';
import { CALL_OUTCOMES } from './calls.ts';
import { endpoint } from './endpoint.ts';
import { id, teamId } from './primitives.ts';

const day = z.string().describe('Day, YYYY-MM-DD, UTC');

const figures = {
  calls: z.int().describe('Calls that began in this time, live ones too'),
  answered: z.int().describe('Those that were answered, by a person or a machine'),
  minutes: z.number().describe('Minutes from the answer to the end'),
  replies: z.int().describe('Replies of assistants whose time was measured'),
  reply_p50_ms: z
    .number()
    .nullable()
    .describe('Median time from the caller’s last sound to the first sound back, within 3 %; null without replies'),
  reply_p95_ms: z.number().nullable().describe('Time that 95 of 100 replies do not exceed, within 3 %'),
};

/** The figures of a group of calls. */
export type CallFigures = { [Name in keyof typeof figures]: z.infer<(typeof figures)[Name]> };

export const callStatistics = z
  .object({
    since: day,
    until: day,
    live: z.int().describe('Calls going on just now'),
    totals: z.object(figures).describe('The whole time together'),
    days: z.array(z.object({ date: day, ...figures })).describe('Every day of the time, oldest first, empty days too'),
    outcomes: z
      .array(z.object({ outcome: z.enum(CALL_OUTCOMES), calls: z.int() }))
      .describe('How calls that are over went, most frequent first'),
    assistants: z.array(z.object({ assistant_id: z.string(), ...figures })).describe('The 50 assistants with the most calls'),
    campaigns: z.array(z.object({ campaign_id: z.string(), ...figures })).describe('The 50 campaigns with the most calls'),
  })
  .meta({ id: 'CallStatistics' });
export type CallStatistics = z.infer<typeof callStatistics>;

export const getCallStatistics = endpoint({
  method: 'GET',
  path: '/api/calls/statistics',
  group: 'Calls',
  access: 'calls:read',
  summary: 'Get call statistics',
  description: 'Calls, answers, minutes, outcomes and reply times of the last days: by day, by assistant and by campaign.',
  query: z.strictObject({
    teamId: teamId.optional(),
    days: z.coerce.number().int().min(1).max(366).default(30).describe('How many days up to today, 1 to 366'),
    assistantId: id('asst').optional().describe('Only calls of this assistant'),
    campaignId: id('camp').optional().describe('Only calls of this campaign'),
  }),
  returns: { statistics: callStatistics },
});
