import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CarrierError, type DialRequest, type TransferRequest } from '../carrier.ts';
import type { Bill } from './bills.ts';
import type { TwilioApi } from './twilio-api.ts';
import { TwilioRefusal } from './twilio-errors.ts';
import { type CallbackMark, callbackQuery, type Progress, progressOf } from './twilio-webhook.ts';
import { connectStream, joinConference, twiml } from './twiml.ts';

/** Where the sound of a call goes. */
export interface StreamAddress {
  /** wss: address, without a query. */
  url: string;
  token: string;
}

/** A call of Twilio's list. */
export interface ListedCall {
  ref: string;
  live: boolean;
}

/** Bounds of Twilio. */
const RING_SECONDS = [1, 600] as const;
const CALL_SECONDS = [1, 14_400] as const;
/** A caller hears every moment a command takes: shorter than the general time, and repeated. */
const COMMAND_TIMEOUT_MS = 2_000;
const E164 = /^\+[1-9]\d{6,14}$/;
/** Calls between two numbers within moments: one page is more than there can be. */
const PAGE_SIZE = 50;
const STATUSES = z.object({ status: z.string() });
const OVER = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

const dialled = z.object({ sid: z.string().min(1) });
const listed = z.object({
  calls: z.array(z.object({ sid: z.string(), status: z.string(), direction: z.string().nullish(), date_created: z.string().nullish() })),
});

const secondsWithin = (ms: number, [least, most]: readonly [number, number]): number =>
  Math.min(most, Math.max(least, Math.ceil(ms / 1000)));

const mustBeNumbers = (...numbers: string[]) => {
  for (const number of numbers) {
    if (!E164.test(number)) throw new CarrierError('twilio', 'invalid-number', `${number} is not a phone number in E.164 form.`);
  }
};

/** The room where the two ends of a transfer meet. */
const roomOf = (commandId: string) => `talkturo-${createHash('sha256').update(commandId).digest('hex').slice(0, 32)}`;

const billed = z.object({
  /** Negative, for it leaves the account: `-0.00850`. */
  price: z
    .string()
    .regex(/^-?\d{1,6}(\.\d{1,12})?$/)
    .nullish(),
  price_unit: z.string().nullish(),
  duration: z.coerce.number().nullish(),
});

/** A call that Twilio does not have. */
function gone(error: unknown): never {
  if (error instanceof TwilioRefusal && error.status === 404) throw new CarrierError('twilio', 'ended', 'The call is over.', error);
  throw error;
}

/** Commands to Twilio's calls. Everything rejects with CarrierError; `ended` for a call that is over or was never there. @param webhookUrl where callbacks come, without a query */
export function createTwilioControl(api: TwilioApi, webhookUrl: () => string) {
  const callback = (mark: CallbackMark) => webhookUrl() + callbackQuery(mark);

  async function update(ref: string, form: Record<string, string>): Promise<void> {
    try {
      const path = `/Calls/${encodeURIComponent(ref)}.json`;
      await api.request(z.unknown(), { method: 'POST', path, form, repeatable: true, timeoutMs: COMMAND_TIMEOUT_MS });
    } catch (error) {
      gone(error);
    }
  }

  const streaming = (stream: StreamAddress) => connectStream({ ...stream, statusCallback: callback({ topic: 'stream' }) });

  return {
    /**
     * Asks for a call, once: a lost answer leaves the outcome unknown. What the call does when it is answered is said with it, so that
     * nobody waits for another question. @returns Twilio's id of it.
     */
    async dial(request: DialRequest, stream: StreamAddress): Promise<string> {
      mustBeNumbers(request.to, request.from);
      const { callId, commandId } = request;
      const limitSeconds = secondsWithin(request.maxCallMs, CALL_SECONDS);
      const answer = await api.request(dialled, {
        method: 'POST',
        path: '/Calls.json',
        form: {
          To: request.to,
          From: request.from,
          Twiml: twiml(streaming(stream)),
          StatusCallback: callback({ topic: 'status', callId, commandId, limitSeconds }),
          StatusCallbackMethod: 'POST',
          StatusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
          Timeout: secondsWithin(request.ringMs, RING_SECONDS),
          TimeLimit: limitSeconds,
          ...(request.machineDetection
            ? {
                // The conversation begins at once and is told later; whoever leaves a message needs the greeting's end.
                MachineDetection: 'DetectMessageEnd',
                AsyncAmd: 'true',
                AsyncAmdStatusCallback: callback({ topic: 'detection', callId, commandId }),
                AsyncAmdStatusCallbackMethod: 'POST',
              }
            : {}),
        },
        repeatable: false,
      });
      return answer.sid;
    },

    /**
     * Dials whom a call is to be transferred to, who then waits for the caller. The call itself stays as it is until `connect`: so it is
     * given back by doing nothing. @returns Twilio's id of the new call.
     */
    async dialTarget(ref: string, request: TransferRequest): Promise<string> {
      mustBeNumbers(request.to, request.from);
      const path = `/Calls/${encodeURIComponent(ref)}.json`;
      const { status } = await api.request(STATUSES, { method: 'GET', path, repeatable: true, timeoutMs: COMMAND_TIMEOUT_MS });
      if (status !== 'in-progress') throw new CarrierError('twilio', 'ended', 'The call is over.');
      const { callId, commandId } = request;
      const { sid } = await api.request(dialled, {
        method: 'POST',
        path: '/Calls.json',
        form: {
          To: request.to,
          From: request.from,
          Twiml: twiml(joinConference(roomOf(commandId))),
          StatusCallback: callback({ topic: 'transfer', callId, commandId, transferOf: ref }),
          StatusCallbackMethod: 'POST',
          StatusCallbackEvent: ['initiated', 'answered', 'completed'],
          Timeout: secondsWithin(request.ringMs, RING_SECONDS),
          TimeLimit: secondsWithin(request.maxCallMs, CALL_SECONDS),
        },
        repeatable: false,
      });
      return sid;
    },

    /** Brings a call into the room of a transfer, where the other end is or will be. Its stream ends by that. */
    connect: (ref: string, commandId: string): Promise<void> => update(ref, { Twiml: twiml(joinConference(roomOf(commandId))) }),

    /** What a call cost; null while Twilio has no price for it, and for accounts in another currency. */
    async billOf(ref: string): Promise<Bill | null> {
      const path = `/Calls/${encodeURIComponent(ref)}.json`;
      const { price, price_unit: unit, duration } = await api.request(billed, { method: 'GET', path, repeatable: true });
      if (!price || unit?.toUpperCase() !== 'USD') return null;
      return { amount: price.replace(/^-/, ''), seconds: duration ?? null };
    },

    /** How far a call has come; rejects with `ended` where there is no such call. Null for a status that is not known. */
    async progressOf(ref: string): Promise<Progress | null> {
      const path = `/Calls/${encodeURIComponent(ref)}.json`;
      const { status } = await api.request(STATUSES, { method: 'GET', path, repeatable: true }).catch(gone);
      return progressOf(new URLSearchParams({ CallStatus: status }));
    },

    /** What a caller's call does from now on. */
    streaming: (stream: StreamAddress): string => twiml(streaming(stream)),

    /** Ends a call that is queued, rings or goes on. One that is already over is not an error. */
    async hangup(ref: string): Promise<void> {
      await update(ref, { Status: 'completed' }).catch((error: unknown) => {
        if (!(error instanceof CarrierError) || error.kind !== 'ended') throw error;
      });
    },

    /**
     * Calls that were asked for between two numbers since a moment, newest first. Twilio's filter by start leaves out those that are
     * still queued, so it is their making that counts here.
     */
    async dialledSince(from: string, to: string, since: number): Promise<ListedCall[]> {
      const query = { From: from, To: to, PageSize: PAGE_SIZE };
      const { calls } = await api.request(listed, { method: 'GET', path: '/Calls.json', query, repeatable: true });
      return calls
        .filter((call) => call.direction === 'outbound-api' && Date.parse(call.date_created ?? '') >= since)
        .map((call) => ({ ref: call.sid, live: !OVER.has(call.status) }));
    },
  };
}
