import type { EventData } from '@talkturo/contract';
import type { Subscriber } from '../events/dispatcher.ts';
import { optOut, saysNeverAgain } from './opt-out.ts';
import { settle } from './settle.ts';

/**
 * Subscriber of the outbox: ends of calls close their attempts, and transcripts are searched for opt-outs that nobody
 * acted on during the call. Both may be heard again without effect.
 */
export const followCalls: Subscriber = async (tx, batch) => {
  for (const event of batch) {
    if (event.type === 'call.transcribed') {
      const { contact_id, transcript } = dataOf<'call.transcribed'>(event.body);
      const said = transcript.some((turn) => turn.speaker === 'caller' && saysNeverAgain(turn.text));
      if (contact_id && said) await optOut(tx, event.accountId, contact_id);
    } else if (event.type === 'call.completed') {
      const { call_id, campaign_id, outcome, ended_reason, ended_at } = dataOf<'call.completed'>(event.body);
      if (campaign_id) await settle(tx, call_id, { outcome, endedReason: ended_reason, endedAt: new Date(ended_at) });
    }
  }
};

const dataOf = <T extends 'call.transcribed' | 'call.completed'>(body: string) => (JSON.parse(body) as { data: EventData<T> }).data;
