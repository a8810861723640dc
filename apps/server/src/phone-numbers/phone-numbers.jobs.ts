import { z } from 'zod';
import { defineJob } from '../jobs/job.ts';

/** Ends trials and finishes open purchases and releases, every minute. */
export const phoneNumberUpkeep = defineJob({
  name: 'phone-number-upkeep',
  payload: z.object({}),
  // The next minute comes by itself.
  retry: { times: 0, firstDelaySeconds: 0 },
  maxSeconds: 600,
  schedule: { cron: '* * * * *', zone: 'UTC', payload: {} },
});
