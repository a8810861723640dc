import { z } from 'zod';
import { defineJob } from '../jobs/job.ts';

/** Ends deliveries whose day is over. */
export const giveUpDeliveries = defineJob({
  name: 'give-up-webhook-deliveries',
  payload: z.object({}),
  retry: { times: 2, firstDelaySeconds: 30 },
  maxSeconds: 300,
  schedule: { cron: '*/15 * * * *', zone: 'UTC', payload: {} },
});
