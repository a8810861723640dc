import { eq } from 'drizzle-orm';
import { calls } from '../calls/calls.table.ts';
import type { Telephony } from '../calls/telephony.ts';
import type { Database } from '../database/connect.ts';
import { campaignAttempts } from './campaign-attempts.table.ts';
import type { Dialler, Fate } from './dialler.ts';

const LIVE: readonly string[] = ['queued', 'ringing', 'in_progress'];

export type CallDialler = Pick<Telephony, 'place' | 'lifecycle'> & { live: Pick<Telephony['live'], 'room'> };

/** Campaign calls over the real telephony of this node. */
export function createCallDialler(db: Database, telephony: CallDialler, nodeId: string): Dialler {
  async function recorded(callId: string): Promise<Fate | null> {
    const [call] = await db.select().from(calls).where(eq(calls.id, callId));
    if (!call) return null;
    if (LIVE.includes(call.status)) return { is: 'live' };
    return { is: 'over', outcome: call.outcome, endedReason: call.endedReason, endedAt: call.endedAt ?? new Date() };
  }

  return {
    async place({ callId, accountId, assistantId, campaignId, contactId, fromNumberId, toNumber }) {
      const from = fromNumberId === null ? {} : { numberId: fromNumberId };
      await telephony.place({ callId, accountId, assistantId, campaignId, contactId, toNumber, from });
    },

    /**
     * The call's row stands before the carrier is asked. Where there is none, a closed one is put in its place: whoever
     * was about to begin the call, however late, is refused by the database.
     */
    async lookUp(callId) {
      const known = await recorded(callId);
      if (known) return known;
      const [attempt] = await db.select().from(campaignAttempts).where(eq(campaignAttempts.callId, callId));
      if (!attempt) return { is: 'unknown' };
      const { accountId, campaignId, contactId, fromNumber, toNumber } = attempt;
      const prevented = await telephony.lifecycle.prevent({
        id: callId,
        accountId,
        assistantId: null,
        campaignId,
        contactId,
        direction: 'outbound',
        carrier: 'local',
        nodeId,
        fromNumber,
        toNumber,
      });
      return prevented ? { is: 'never-placed' } : ((await recorded(callId)) ?? { is: 'unknown' });
    },

    capacity: () => telephony.live.room,
  };
}
