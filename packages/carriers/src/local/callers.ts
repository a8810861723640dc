import { randomUUID } from 'node:crypto';
import type { CarrierCall, CarrierListener } from '../carrier.ts';
import { encodingAt } from './encoding.ts';
import type { EventPost } from './event-post.ts';
import type { LocalCall } from './exchange.ts';
import { callerWith } from './people/behaviour.ts';
import { type Script, scriptOf } from './people/scripts.ts';
import { putOnTheLine, type TelephoneOptions, withToken } from './telephone.ts';

/** Whom a caller wants: a number of ours, or an assistant itself. */
export interface CallTarget {
  /** E.164. */
  to?: string;
  assistantId?: string;
  accountId?: string;
  /** The caller's number, E.164; one is lent where it is left out. */
  from?: string;
  /** Our id of the call, where there is a record of it already. */
  callId?: string;
}

export interface SimulatedCall extends CallTarget {
  /** What the caller says, one sentence after the other, each when the assistant has finished. */
  script?: Script;
}

/** A call whose caller is a program or a browser. */
export interface ExternalCall {
  call: CarrierCall;
  /** Where the caller's program connects, once, and speaks the network's side of the media framing. */
  mediaUrl: string;
  /** Until when the address is good, in ms from now. */
  expiresInMs: number;
}

export interface Callers {
  /** Opens a call that rings at the server; `incoming` is reported. */
  ringServer(call: Pick<LocalCall, 'from' | 'to' | 'encoding'>, target?: CallTarget): LocalCall;
  /** A simulated person calls. */
  call(request: SimulatedCall): CarrierCall;
  /** A program calls: it gets an address to connect to. */
  placeExternal(target: CallTarget, mediaUrl?: string): ExternalCall;
}

/** 555-0100 of Washington: a number for fiction, lent to callers and calls that have none of their own. */
export const LENT_NUMBER = '+12025550100';

/** A caller lets it ring that long. */
const PATIENCE_MS = 30_000;
const CONNECT_WITHIN_MS = 60_000;
/** As long as a carrier lets a call last (Telnyx: 14,400 s). */
const MAX_CALL_MS = 4 * 3_600_000;

export const createCallers = (options: TelephoneOptions & { listener: CarrierListener; post: EventPost }): Callers => {
  const { exchange, listener, post, speed } = options;

  const ringServer: Callers['ringServer'] = ({ from, to, encoding }, target = {}) => {
    const ref = `net_${randomUUID()}`;
    const call = exchange.open({ ref, callId: target.callId ?? null, from, to, direction: 'incoming', encoding });
    const { assistantId, accountId, callId } = target;
    const incoming = { ref, from, to, ...(callId && { callId }), ...(assistantId && { assistantId }), ...(accountId && { accountId }) };
    post.deliver(() => listener.incoming('local', incoming));
    return call;
  };

  const place = (target: CallTarget) => {
    const from = target.from ?? LENT_NUMBER;
    const call = ringServer({ from, to: target.to ?? '', encoding: encodingAt(from) }, target);
    exchange.after(call, MAX_CALL_MS, () => exchange.end(call, 'time_limit', 'network'));
    return call;
  };

  const giveUpAfter = (call: LocalCall, ms: number) =>
    exchange.after(call, ms, () => {
      if (call.state === 'ringing') exchange.end(call, 'cancelled', 'far-end');
    });

  return {
    ringServer,
    call(request) {
      const call = place(request);
      giveUpAfter(call, PATIENCE_MS / speed);
      const behave = callerWith(request.script ?? scriptOf(Number(call.from.slice(-2))));
      call.onAnswer = () => {
        exchange.answered(call);
        putOnTheLine(options, call, (line, notes) => behave(line, 0, notes));
      };
      return { carrier: 'local', ref: call.ref };
    },
    placeExternal(target, mediaUrl = options.mediaUrl()) {
      const call = place(target);
      giveUpAfter(call, CONNECT_WITHIN_MS);
      const token = exchange.issueToken(call);
      let connect: (() => void) | null = null;
      let accepted = false;
      const answerWhenBoth = () => {
        if (!accepted || !connect) return;
        exchange.answered(call);
        connect();
      };
      call.onAnswer = () => {
        accepted = true;
        answerWhenBoth();
      };
      call.onLeg = (leg) => {
        connect = () => exchange.handOver(call, leg);
        answerWhenBoth();
      };
      call.onDigits = (digits) => options.observe(call, { type: 'digits', digits });
      return { call: { carrier: 'local', ref: call.ref }, mediaUrl: withToken(mediaUrl, token), expiresInMs: CONNECT_WITHIN_MS };
    },
  };
};
