import type { Carrier, CarrierId } from '@talkturo/carriers';
import { notConfigured } from '../calls.errors.ts';
import type { Call } from '../calls.table.ts';
import { type DiallingGround, dialOut } from '../dialling-out.ts';
import type { LiveCalls } from '../live-calls.ts';
import type { PreparedCall } from '../prepared-call.ts';
import type { Consultations } from './consultation.ts';
import { type ConsultationGround, prepareConsultation } from './prepared-consultation.ts';

export interface ConsultationsGround extends ConsultationGround, DiallingGround {
  live: LiveCalls;
  carriers: ReadonlyMap<CarrierId, Carrier>;
  nodeId: string;
}

export function createConsultations(ground: ConsultationsGround): Consultations & {
  /** Makes one ready from its row, for a node that takes it over. @throws AppError 409 when it cannot run here. */
  prepare(call: Call): Promise<PreparedCall>;
} {
  const { live, lifecycle, carriers, logger } = ground;

  const prepareFor = (asked: Call, summary: string | null, id: string) =>
    prepareConsultation(ground, asked, summary, (takes) => void tell(asked.id, id, takes));

  /** Its own carrier knows of the answer before anybody can act on it. */
  async function tell(asked: string, id: string, takes: boolean): Promise<void> {
    if (takes) {
      const agreed = live.get(id)?.agreed();
      await agreed?.catch((error) => logger.warn({ err: error, callId: id }, 'a carrier could not be told that a call will be connected'));
    }
    live.consulted(asked, { id, is: takes ? 'accepted' : 'declined' });
  }

  return {
    async begin(asked, { to, summary }, id, { from, ringMs }) {
      const carrier = carriers.get(asked.carrier as CarrierId);
      if (!carrier) throw new Error(`no carrier ${asked.carrier}`);
      await dialOut(ground, {
        carrier,
        prepared: await prepareFor(asked, summary, id),
        ringMs,
        row: {
          id,
          accountId: asked.accountId,
          assistantId: asked.assistantId,
          direction: 'outbound',
          carrier: asked.carrier,
          nodeId: ground.nodeId,
          fromNumber: from,
          toNumber: to,
          language: asked.language,
          consultationOf: asked.id,
          consultationSummary: summary,
        },
      });
    },

    async carrierCall(id) {
      const call = await lifecycle.find(id);
      return call?.carrierRef ? { carrier: call.carrier as CarrierId, ref: call.carrierRef } : null;
    },

    drop(id) {
      live.hangUp(id).catch((error) => logger.warn({ err: error, callId: id }, 'a call that asked about a transfer could not be ended'));
    },

    async prepare(call) {
      const asked = call.consultationOf ? await lifecycle.find(call.consultationOf) : undefined;
      if (!asked) throw notConfigured('The call that this one asks about is gone.');
      return prepareFor(asked, call.consultationSummary, call.id);
    },
  };
}
