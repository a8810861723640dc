import { openNetworkEnd } from '../media-socket/network-end.ts';
import { silenceFrame } from './clips.ts';
import type { Exchange, LocalCall } from './exchange.ts';
import type { Ticker } from './ticker.ts';

/** Connects two calls of the same server: one that it dialled, and the one that rings at it because the number is its own. */
export interface Bridge {
  /** Lets the dialled call ring at the server. `onAnswered` is called when it has been answered. */
  connect(dialled: LocalCall, onAnswered: () => void): void;
}

export interface BridgeOptions {
  exchange: Exchange;
  ticker: Ticker;
  mediaUrl(): string;
  /** Opens a call that rings at the server. */
  ringServer(call: Pick<LocalCall, 'from' | 'to' | 'encoding'>): LocalCall;
}

const FRAME_BYTES = 160;

export const createBridge = ({ exchange, ticker, mediaUrl, ringServer }: BridgeOptions): Bridge => {
  const openEnd = (call: LocalCall) =>
    openNetworkEnd({
      url: mediaUrl(),
      token: exchange.issueToken(call),
      callRef: call.ref,
      from: call.from,
      to: call.to,
      encoding: call.encoding,
      loopback: true,
      onOpen: () => {},
      onClosed: (why) => exchange.end(call, why === 'hung up' ? 'normal' : 'carrier_error', 'network'),
    });

  const passSound = (dialled: LocalCall, ringing: LocalCall) => {
    const ends = [openEnd(dialled), openEnd(ringing)] as const;
    const silence = silenceFrame(dialled.encoding);
    const bytes = Buffer.alloc(FRAME_BYTES);
    const leave = ticker.join(() => {
      for (const [from, to] of [ends, [ends[1], ends[0]]] as const) to.send(from.hear(bytes) ? bytes.toString('base64') : silence);
    });
    return () => {
      leave();
      for (const end of ends) end.hangup();
    };
  };

  return {
    connect(dialled, onAnswered) {
      const ringing = ringServer(dialled);
      let stop = () => {};
      exchange.tell(dialled, { type: 'ringing' });
      ringing.onAnswer = () => {
        exchange.answered(ringing);
        exchange.answered(dialled);
        stop = passSound(dialled, ringing);
        onAnswered();
      };
      dialled.onOver = (cause) => {
        exchange.end(ringing, ringing.state === 'ringing' ? 'cancelled' : cause, 'far-end');
        stop();
      };
      ringing.onOver = (cause) => {
        exchange.end(dialled, cause, 'far-end');
        stop();
      };
    },
  };
};
