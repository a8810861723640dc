import { type Carrier, type CarrierId, LENT_NUMBER } from '@talkturo/carriers';
import type { Assistants } from '../assistants/assistants.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import type { PhoneNumbers } from '../phone-numbers/phone-numbers.ts';
import type { CallPeople } from './call-people.ts';
import { carrierNotSetUp, noCallerId, outboundDisabled } from './calls.errors.ts';
import type { Call } from './calls.table.ts';
import { type DiallingGround, dialOut } from './dialling-out.ts';
import type { LiveCalls } from './live-calls.ts';
import { type Assistant, prepareCall } from './prepared-call.ts';
import type { ProvidersOf } from './stage-choice.ts';

/** How long a call may ring, as long as mobile networks let it before their voicemail answers. */
const RING_MS = 45_000;

export interface PlacingGround extends DiallingGround {
  assistants: Assistants;
  live: LiveCalls;
  carriers: ReadonlyMap<CarrierId, Carrier>;
  /** The built-in network lends a number to accounts that have none. */
  lendsNumbers: boolean;
  numbers: PhoneNumbers['forCall'];
  people: CallPeople;
  providersOf: ProvidersOf;
  nodeId: string;
}

export interface CallRequest {
  /** Made by whoever must know the call's id before it is placed; a second call under the same id fails. */
  callId?: string;
  accountId: string;
  assistantId: string;
  toNumber: string;
  /** By id, or by the number itself; left out, the assistant's first number, else the account's. */
  from?: { numberId?: string | undefined; number?: string | undefined };
  contactId?: string | null | undefined;
  campaignId?: string | null;
  ringMs?: number;
}

/** The assistant, if it is there and the account's. */
export async function ownAssistant(assistants: Assistants, accountId: string, assistantId: string): Promise<Assistant> {
  const assistant = await assistants.find(assistantId);
  if (!assistant || assistant.deletedAt) throw notFound('assistant');
  if (assistant.accountId !== accountId) throw forbidden();
  return assistant;
}

export type PlaceCall = ReturnType<typeof createPlaceCall>;

/**
 * Placing calls: an assistant calls a number. Resolves with the record once the carrier has the call, or has refused it,
 * which the record then says. Where its answer is lost the call goes on as one in doubt (doubtful-call.ts), and is not
 * dialled again.
 */
export function createPlaceCall(ground: PlacingGround) {
  const { assistants, carriers, providersOf } = ground;

  return async (request: CallRequest): Promise<Call> => {
    const { accountId, toNumber, contactId = null, campaignId = null } = request;
    const assistant = await ownAssistant(assistants, accountId, request.assistantId);
    if (!assistant.outboundEnabled) throw outboundDisabled();
    const from = await callerId(ground, request);
    const carrier = carriers.get(from.carrier);
    if (!carrier) throw carrierNotSetUp(from.number, from.carrier);
    const prepared = await prepareCall(
      assistant,
      await ground.people.variables({ accountId, contactId, campaignId, placing: true }),
      providersOf,
    );
    return dialOut(ground, {
      carrier,
      prepared,
      ringMs: request.ringMs ?? RING_MS,
      row: {
        ...(request.callId ? { id: request.callId } : {}),
        accountId,
        assistantId: assistant.id,
        campaignId,
        contactId,
        direction: 'outbound',
        carrier: from.carrier,
        nodeId: ground.nodeId,
        fromNumber: from.number,
        toNumber,
        language: assistant.transcriptorLanguage,
      },
    });
  };
}

interface CallerId {
  number: string;
  carrier: CarrierId;
}

/** The number to call from, and the carrier it belongs to, by which the call leaves. No real carrier lends one. */
async function callerId({ numbers, lendsNumbers }: PlacingGround, { accountId, assistantId, from = {} }: CallRequest): Promise<CallerId> {
  const own = from.number
    ? await numberByItself(numbers, accountId, from.number)
    : await numbers.fromNumber({ accountId }, { assistantId, fromNumberId: from.numberId });
  if (own) return { number: own.phoneNumber, carrier: own.provider as CarrierId };
  if (lendsNumbers) return { number: LENT_NUMBER, carrier: 'local' };
  throw noCallerId();
}

async function numberByItself(numbers: PhoneNumbers['forCall'], accountId: string, number: string) {
  const found = await numbers.byCalledNumber(number);
  if (!found) throw notFound('phone number');
  if (found.accountId !== accountId) throw forbidden();
  return found;
}
