import { z } from 'zod';

export const errorDetail = z.object({
  path: z.string().describe('Where the problem is, for example filters.areaCode'),
  message: z.string(),
});

/** The body of every failure. */
export const errorAnswer = z.object({
  success: z.literal(false),
  error: z.string().describe('One sentence a person can act on'),
  details: z.array(errorDetail).optional().describe('What was wrong with each field of a refused request'),
  requestId: z.string().optional().describe('Quote it to the operator: it stands in the log'),
});

export type ErrorDetail = z.infer<typeof errorDetail>;
export type ErrorAnswer = z.infer<typeof errorAnswer>;
