import { z } from 'zod';
import { defineJob } from '../jobs/job.ts';

/** Forgets the requests of yesterday. */
export const sweepIdempotencyKeys = defineJob({
  name: 'sweep-idempotency-keys',
  payload: z.object({}),
  retry: { times: 2, firstDelaySeconds: 60 },
  maxSeconds: 600,
  schedule: { cron: '43 * * * *', zone: 'UTC', payload: {} },
});
