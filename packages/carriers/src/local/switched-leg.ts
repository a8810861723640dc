import type { Leg, LegCloseReason, LegListener } from '@talkturo/voice';

/** A leg that the network lends to the server, and can take back to connect the far end with somebody else. */
export interface SwitchedLeg {
  /** What the server gets. From being taken back on it hears nothing there, and nothing it sends is heard. */
  readonly served: Leg;
  /** From now on the far end is the network's. */
  takeBack(listener: Pick<LegListener, 'frame' | 'digit'>): void;
}

export const createSwitchedLeg = (line: Leg): SwitchedLeg => {
  let server: LegListener | null = null;
  let network: Pick<LegListener, 'frame' | 'digit'> | null = null;
  let started = false;
  let released = false;

  const listen = () => {
    if (started) return;
    started = true;
    line.start({
      frame: (pcm) => (network ?? server)?.frame(pcm),
      digit: (digit) => (network ?? server)?.digit(digit),
      closed: (reason) => leave(reason),
    });
  };

  /** The server's part is over, once. */
  const leave = (reason: LegCloseReason) => {
    const leaving = server;
    server = null;
    leaving?.closed(reason);
  };

  const { sendDigits } = line;
  return {
    served: {
      sampleRate: line.sampleRate,
      start(listener) {
        server = listener;
        listen();
      },
      send(pcm) {
        if (!network) line.send(pcm);
      },
      clear() {
        if (!network) line.clear();
      },
      hangup() {
        if (!released) line.hangup();
      },
      release() {
        // Nobody else has the far end: it is not left alone.
        if (!network) return line.hangup();
        released = true;
        // Not within the caller's own call, as with any leg that closes.
        queueMicrotask(() => leave('transferred'));
      },
      ...(sendDigits && {
        sendDigits(digits: string) {
          if (!network) sendDigits(digits);
        },
      }),
    },
    takeBack(listener) {
      network = listener;
      listen();
    },
  };
};
