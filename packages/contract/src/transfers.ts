import { z } from 'zod';
import { e164 } from './primitives.ts';

/** `blind`: whoever answers is connected at once; `attended`: they are told who is on the line and asked first. */
export const TRANSFER_MODES = ['blind', 'attended'] as const;
export const transferMode = z.enum(TRANSFER_MODES);

export const transferDestination = z.strictObject({
  name: z.string().trim().min(1).max(60).describe('What the assistant calls it, for example Sales'),
  phone_number: e164.describe('Where it is reached, E.164'),
  description: z.string().trim().max(300).default('').describe('When callers are to be connected with it'),
  mode: transferMode.default('attended').describe('blind: whoever answers is connected at once; attended: they are asked first'),
});
/** Somebody an assistant may connect its callers with. */
export type TransferDestination = z.infer<typeof transferDestination>;

/** By name, so that a model can tell them apart. */
export const transferDestinations = z
  .array(transferDestination)
  .max(20)
  .refine((all) => new Set(all.map(({ name }) => name.toLowerCase())).size === all.length, 'must have a name of its own for each');
