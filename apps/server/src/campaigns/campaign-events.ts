import type { EventData } from '@talkturo/contract';
import type { Subscriber } from '../events/dispatcher.ts';
import { optOut, saysNeverAgain } from './opt-out.ts';
import { type CallEnd, settle } from './settle.ts';

/**
 * Subscriber of the outbox: ends of calls close their attempts, and transcripts are searched for opt-outs that nobody
 * acted on during the call. Both may be heard again without effect.
 */
export const followCalls: Subscriber = async (tx, batch) => {
  const ends: CallEnd[] = [];
  for (const event of batch) {
    if (event.type === 'call.transcribed') {
      const { contact_id, transcript } = dataOf<'call.transcribed'>(event.body);
      const said = transcript.some((turn) => turn.speaker === 'caller' && saysNeverAgain(turn.text));
      if (contact_id && said) await optOut(tx, event.accountId, contact_id);
    } else if (event.type === 'call.completed') {
      const { call_id, campaign_id, outcome, ended_reason, ended_at } = dataOf<'call.completed'>(event.body);
      if (campaign_id) ends.push({ callId: call_id, outcome, endedReason: ended_reason, endedAt: new Date(ended_at) });
    }
  }
  // After the opt-outs: the end of a call in which somebody opted out says so.
  if (ends.length > 0) await settle(tx, ends);
};

const dataOf = <T extends 'call.transcribed' | 'call.completed'>(body: string) => (JSON.parse(body) as { data: EventData<T> }).data;
