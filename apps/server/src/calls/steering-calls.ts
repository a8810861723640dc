import type { Carrier, CarrierId } from '@talkturo/carriers';
import type { BodyOf, transferCall } from '@talkturo/contract';
import type { Caller } from '../http/caller.ts';
import type { CallPeople } from './call-people.ts';
import { carrierCannot, notInProgress, ownNumber } from './calls.errors.ts';
import type { Call } from './calls.table.ts';
import type { Calls } from './calls.ts';
import type { LiveCalls } from './live-calls.ts';

export interface SteeringGround {
  calls: Calls;
  live: LiveCalls;
  carriers: ReadonlyMap<CarrierId, Carrier>;
  people: CallPeople;
}

export type SteerCall = ReturnType<typeof createSteerCall>;

/** What can be done to a call in progress from outside, besides hanging up. */
export function createSteerCall({ calls, live, carriers, people }: SteeringGround) {
  async function inProgress(caller: Caller, callId: string): Promise<{ call: Call; carrier: Carrier | undefined }> {
    const call = await calls.own(caller, callId);
    if (call.status !== 'in_progress') throw notInProgress();
    return { call, carrier: carriers.get(call.carrier as CarrierId) };
  }

  return {
    /**
     * Connects the caller with a third party, who must be one that may be called.
     * @param message said before; '' for nothing; left out, a sentence in the call's language.
     * @throws AppError 404 or 403 for a call that is not the caller's; 409 when it is not in progress or cannot be transferred.
     */
    async transfer(caller: Caller, callId: string, { toNumber, mode, message, summary }: BodyOf<typeof transferCall>): Promise<Call> {
      const { call, carrier } = await inProgress(caller, callId);
      if (!carrier?.transfer) throw carrierCannot('connect the caller with somebody else');
      if (mode === 'attended' && !carrier.bridge) throw carrierCannot('ask somebody before the caller is connected with them');
      if (toNumber === (call.direction === 'inbound' ? call.fromNumber : call.toNumber)) throw ownNumber();
      await people.mayBeCalled(call.accountId, toNumber);
      await live.transfer(call.id, { to: toNumber, mode, summary: summary?.trim() || null }, message);
      return call;
    },

    /** Presses keys towards the far end, as for the menu of a switchboard. @throws AppError as `transfer` does. */
    async sendDigits(caller: Caller, callId: string, digits: string): Promise<Call> {
      const { call, carrier } = await inProgress(caller, callId);
      if (!carrier?.sendDigits) throw carrierCannot('press keys');
      await live.sendDigits(call.id, digits);
      return call;
    },
  };
}
