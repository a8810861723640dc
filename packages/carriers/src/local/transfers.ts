import type { HangupCause, TransferRequest } from '../carrier.ts';
import { type DiallingOptions, ring } from './dialling.ts';
import { encodingAt } from './encoding.ts';
import type { Exchange, LocalCall } from './exchange.ts';

/**
 * Dials the number a call is transferred to and, when it is answered, connects the two: the far end of the call and whoever answers
 * hear each other, and the server hears neither. A number that is not answered leaves the call as it was.
 * @param ref of the new leg; a second transfer under it does nothing.
 */
export const transferCall = (options: DiallingOptions, call: LocalCall, request: TransferRequest, ref: string): void => {
  const { exchange } = options;
  const { from, to, commandId } = request;
  let connected = false;

  const target = exchange.open({ ref, callId: null, from, to, direction: 'outgoing', encoding: encodingAt(to) }, (event) => {
    if (event.type === 'hangup') over(event.cause);
  });

  const over = (cause: HangupCause) => {
    if (connected) exchange.end(call, 'normal', 'network');
    else exchange.tell(call, { type: 'transfer-failed', commandId, cause });
  };

  exchange.whenOver(call, () => exchange.end(target, target.state === 'ringing' ? 'cancelled' : 'normal', 'far-end'));

  target.onLeg = (leg) => {
    const near = exchange.takeBack(call);
    // Its own media socket has not come to be: nobody could be heard.
    if (!near) return exchange.end(target, 'carrier_error', 'network');
    connected = true;
    leg.start({ frame: (pcm) => near.send(pcm), digit: () => {}, closed: () => {} });
    near.listen({ frame: (pcm) => leg.send(pcm), digit: (digit) => target.onDigits?.(digit) });
    exchange.tell(call, { type: 'transferred' });
  };

  const dialled = { ...request, machineDetection: false };
  ring(options, target, dialled).catch(() => exchange.end(target, 'carrier_error', 'network'));
};

/**
 * Connects the far ends of two calls of the server with each other; it hears neither any more. When one hangs up the other is over too.
 * @returns false where one of them has no sound; then nothing has changed.
 */
export const bridgeCalls = (exchange: Exchange, one: LocalCall, two: LocalCall): boolean => {
  const ends = [exchange.takeBack(one), exchange.takeBack(two)] as const;
  const [first, second] = ends;
  if (!first || !second) return false;
  first.listen({ frame: (pcm) => second.send(pcm), digit: (digit) => two.onDigits?.(digit) });
  second.listen({ frame: (pcm) => first.send(pcm), digit: (digit) => one.onDigits?.(digit) });
  for (const [call, other] of [
    [one, two],
    [two, one],
  ] as const) {
    exchange.whenOver(call, () => exchange.end(other, 'normal', 'network'));
    exchange.tell(call, { type: 'transferred' });
  }
  return true;
};
