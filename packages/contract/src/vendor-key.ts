import { z } from 'zod';

/** What keys are made of; blanks around a pasted one are dropped. */
export const vendorKey = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{8,500}$/, 'must be the key as the vendor shows it: 8 to 500 characters without spaces')
  .describe('The key as the vendor shows it')
  .meta({ examples: ['sk-3f9c1e7a52d84b06'] });
