import type { Clock, Timer } from '@talkturo/voice';
import type { WebSocket } from 'ws';

/** The other side is asked this often whether it is there, and is gone when it has not answered until the next time. */
const PING_EVERY_MS = 15_000;

/** Watches a socket: `onLost` is called once when the other side no longer answers pings. */
export const keepAlive = (socket: WebSocket, clock: Clock, onLost: () => void): { stop(): void } => {
  let answered = true;
  let timer: Timer;
  const onPong = () => {
    answered = true;
  };
  const ping = () => {
    if (!answered) return onLost();
    answered = false;
    if (socket.readyState === socket.OPEN) socket.ping();
    timer = clock.setTimer(PING_EVERY_MS, ping);
  };
  socket.on('pong', onPong);
  timer = clock.setTimer(PING_EVERY_MS, ping);
  return {
    stop() {
      timer.cancel();
      socket.off('pong', onPong);
    },
  };
};
