import { z } from 'zod';
import { defineJob } from '../jobs/job.ts';

/** Counts the calls of days that are over, so that figures of months are read from few rows. */
export const countCallDays = defineJob({
  name: 'count-call-days',
  payload: z.object({}),
  retry: { times: 2, firstDelaySeconds: 300 },
  maxSeconds: 3_600,
  schedule: { cron: '41 2 * * *', zone: 'UTC', payload: {} },
});
