import type { CarrierCall, LookUp } from '@talkturo/carriers';
import { type EndedReason, reasonOfCause } from './call-ending.ts';
import type { Call } from './calls.table.ts';

/**
 * A call nobody knows of whether it was placed, because the answer of its carrier was lost or its node died, may still be
 * answered, or its end be told. After this, from its beginning, it is ended and given up: longer than it may ring (45 s) and
 * than carriers take to deliver a webhook again.
 */
export const DOUBT_LASTS_MS = 180_000;

/** What is done about such a call. */
export type Verdict = { is: 'wait'; found: CarrierCall | null } | { is: 'over'; reason: EndedReason };

/**
 * Whether somebody may still take it or tell its end, by what its carrier says.
 * @param look null: the carrier could not be asked.
 * @param givenUp why it ends when nothing more is to come.
 */
export function verdictOn(
  call: Pick<Call, 'startedAt' | 'carrierRef'>,
  look: LookUp | null,
  nowMs: number,
  givenUp: 'node_lost' | 'unconfirmed',
): Verdict {
  if (look?.known && !look.live) return { is: 'over', reason: look.cause ? reasonOfCause(look.cause).before : givenUp };
  if (nowMs - call.startedAt.getTime() >= DOUBT_LASTS_MS) return { is: 'over', reason: givenUp };
  if (look?.known) return { is: 'wait', found: look.call };
  // It had taken it, and does not have it any more.
  if (look && call.carrierRef !== null) return { is: 'over', reason: givenUp };
  return { is: 'wait', found: null };
}
