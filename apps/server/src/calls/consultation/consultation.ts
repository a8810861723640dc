import type { CarrierCall } from '@talkturo/carriers';
import type { TransferPlan } from '@talkturo/voice';
import type { Call } from '../calls.table.ts';

/** From the answer to the decision. Longer nobody keeps a caller waiting. */
export const ASKING_MS = 60_000;

/** What becomes of a call that asks somebody whether they take a caller; `id` is its own. */
export type ConsultationNews =
  | { id: string; is: 'accepted' }
  | { id: string; is: 'declined' }
  /** `reason`: why it ended. */
  | { id: string; is: 'over'; reason: string };

/** How attended transfers ask. */
export interface Consultations {
  /**
   * Calls whom a caller is to be connected with, over the same carrier and from the same number. What comes of it is told to the call
   * that asks. @param id of the call to be made. @throws AppError where it cannot be made.
   */
  begin(asked: Call, plan: TransferPlan, id: string, options: { from: string; ringMs: number }): Promise<void>;
  /** The call as its carrier knows it; null where that is not known. */
  carrierCall(id: string): Promise<CarrierCall | null>;
  /** Nobody needs to be asked any more. */
  drop(id: string): void;
}
