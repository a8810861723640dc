import type { CallStatus } from '@talkturo/contract';

/**
 * queued → ringing → in_progress → completed | failed. Steps may be left out, none is taken back:
 * carriers deliver late, twice and out of order, and the end of a call is final.
 */
const RANK: Record<CallStatus, number> = { queued: 0, ringing: 1, in_progress: 2, completed: 3, failed: 3 };

/** The statuses from which a call may come to `status`. */
export const earlierThan = (status: CallStatus): CallStatus[] =>
  (Object.keys(RANK) as CallStatus[]).filter((other) => RANK[other] < RANK[status]);

export const isFinal = (status: string): boolean => status === 'completed' || status === 'failed';
