import type { Cluster } from '../cluster/cluster.ts';
import { NoAnswer, type Questions } from '../cluster/questions.ts';
import { newId } from '../database/ids.ts';
import { AppError } from '../http/app-error.ts';
import type { CallLifecycle } from './call-lifecycle.ts';
import { linesBusyEverywhere, noNodeForBrowsers, notTakenInTime, noVoiceNode } from './calls.errors.ts';
import type { Call } from './calls.table.ts';
import type { CallRequest, PlaceCall } from './placing-calls.ts';
import type { StartWebCall, WebCallRequest } from './web-calls.ts';

/** A node asked to place a call answers once its carrier has taken it; carriers are given up after some 20 s. */
const ANSWER_WITHIN_MS = 30_000;
/** One after the other, as long as they refuse because they are full. */
const MOST_NODES = 3;
/** Refusals that say nothing about the call, only about the node. */
const NODE_IS_FULL = ['takes_no_calls', 'no_capacity', 'draining'];

export interface CallsAnywhereOptions {
  cluster: Cluster;
  questions: Questions;
  lifecycle: CallLifecycle;
  place: PlaceCall;
  startWebCall: StartWebCall;
  /** Where browsers reach this very node; null: that is not known here. */
  nodeUrl: string | null;
}

/** A web call and where its socket is. */
export interface WebCallSomewhere {
  call: Call;
  token: string;
  expiresAt: Date;
  /** Of the node that has the call; null: this one, at whatever address it was asked. */
  nodeUrl: string | null;
}

interface WebAnswer {
  token: string;
  expiresAt: string;
}

export type CallsAnywhere = ReturnType<typeof createCallsAnywhere>;

/**
 * Calls asked for at any node: this one takes them if it has lines, else another that has. A call is never begun twice:
 * it has its id before anybody is asked, and where an answer is lost the call is either found or kept from ever beginning.
 */
export function createCallsAnywhere(options: CallsAnywhereOptions) {
  const { cluster, questions, lifecycle } = options;

  questions.answer('place-call', async (request: CallRequest) => {
    await options.place(request);
    return {};
  });
  questions.answer('start-web-call', async (request: WebCallRequest): Promise<WebAnswer> => {
    const { token, expiresAt } = await options.startWebCall(request);
    return { token, expiresAt: expiresAt.toISOString() };
  });

  const isFull = (error: unknown): error is AppError => error instanceof AppError && NODE_IS_FULL.includes(error.code);

  /** @returns null when the answer was lost and the call has begun all the same. */
  async function handOver(
    what: string,
    request: { callId: string } & (CallRequest | WebCallRequest),
    refusal: AppError,
    browsers: boolean,
  ) {
    const others = (await cluster.withRoom()).filter(({ id }) => id !== cluster.nodeId);
    const nodes = browsers ? others.filter(({ url }) => url !== null) : others;
    if (nodes.length === 0) {
      if (refusal.code !== 'takes_no_calls') throw refusal;
      if (others.length > 0) throw noNodeForBrowsers();
      throw (await cluster.takersOfCalls()) > 0 ? linesBusyEverywhere() : noVoiceNode();
    }
    for (const { id, url } of nodes.slice(0, MOST_NODES)) {
      try {
        return { value: await questions.ask(id, what, request, ANSWER_WITHIN_MS), url };
      } catch (error) {
        if (isFull(error)) continue;
        if (!(error instanceof NoAnswer)) throw error;
        if (await neverBegins(request, id, browsers)) throw notTakenInTime();
        return null;
      }
    }
    throw linesBusyEverywhere();
  }

  /** Whoever writes the row first decides: the other node cannot begin under an id that is taken. */
  const neverBegins = (request: { callId: string } & (CallRequest | WebCallRequest), nodeId: string, web: boolean) =>
    lifecycle.prevent({
      id: request.callId,
      accountId: request.accountId,
      assistantId: request.assistantId,
      contactId: request.contactId ?? null,
      direction: web ? 'inbound' : 'outbound',
      carrier: web ? 'web' : 'local',
      nodeId,
      fromNumber: null,
      toNumber: 'toNumber' in request ? request.toNumber : null,
    });

  async function stored(callId: string): Promise<Call> {
    const call = await lifecycle.find(callId);
    if (!call) throw new Error('a call that was placed is not stored');
    return call;
  }

  return {
    async place(request: CallRequest): Promise<Call> {
      try {
        return await options.place(request);
      } catch (error) {
        if (!isFull(error)) throw error;
        const asked = { ...request, callId: request.callId ?? newId('call') };
        await handOver('place-call', asked, error, false);
        return stored(asked.callId);
      }
    },

    async startWebCall(request: WebCallRequest): Promise<WebCallSomewhere> {
      try {
        return { ...(await options.startWebCall(request)), nodeUrl: options.nodeUrl };
      } catch (error) {
        if (!isFull(error)) throw error;
        const asked = { ...request, callId: request.callId ?? newId('call') };
        const taken = await handOver('start-web-call', asked, error, true);
        // Its ticket is lost with the answer: the call gives itself up after a minute.
        if (!taken) throw notTakenInTime();
        const { token, expiresAt } = taken.value as WebAnswer;
        return { call: await stored(asked.callId), token, expiresAt: new Date(expiresAt), nodeUrl: taken.url };
      }
    },
  };
}
