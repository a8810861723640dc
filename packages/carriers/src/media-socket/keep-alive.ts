import type { Clock, Timer } from '@talkturo/voice';
import type { WebSocket } from 'ws';

/** The other side is asked this often whether it is there, and is gone when nothing has come of it until the next time. */
const PING_EVERY_MS = 15_000;
const SIGNS = ['message', 'ping', 'pong'] as const;

/**
 * Watches a socket: `onLost` is called once when nothing comes of the other side any more, not even an answer to a ping. Whatever comes
 * counts: carriers send sound all the time, and no word of Twilio's or Telnyx's says that they answer pings.
 */
export const keepAlive = (socket: WebSocket, clock: Clock, onLost: () => void): { stop(): void } => {
  let alive = true;
  let timer: Timer;
  const onSign = () => {
    alive = true;
  };
  const ping = () => {
    if (!alive) return onLost();
    alive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
    timer = clock.setTimer(PING_EVERY_MS, ping);
  };
  for (const sign of SIGNS) socket.on(sign, onSign);
  timer = clock.setTimer(PING_EVERY_MS, ping);
  return {
    stop() {
      timer.cancel();
      for (const sign of SIGNS) socket.off(sign, onSign);
    },
  };
};
