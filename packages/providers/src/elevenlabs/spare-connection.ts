import type { Clock } from '@talkturo/voice';
import { openSocket, type Socket, type SocketListener } from '../wire/socket.ts';

export interface Connection {
  readonly socket: Socket;
  /** Hears what comes, from the opening on. */
  attach(listener: SocketListener): void;
}

/** Connections for one utterance each: one is kept open ahead, because opening takes longer than the first sound. */
export interface Connections {
  /** Opens one ahead, unless there is one. Never throws. */
  prepare(address: URL): void;
  /** The one that was opened ahead for this address, or a fresh one. Rejects with a ProviderError. */
  take(address: URL): Promise<Connection>;
}

/** A spare that nobody wants is closed; ElevenLabs itself waits at most three minutes. */
const SPARE_MS = 60_000;

export function createConnections(headers: Record<string, string>, clock: Clock): Connections {
  const forever = new AbortController().signal;
  let spare: { key: string; opening: Promise<Connection> } | null = null;

  async function open(address: URL): Promise<Connection> {
    const early: ((listener: SocketListener) => void)[] = [];
    let listener: SocketListener | null = null;
    const tell = (event: (listener: SocketListener) => void) => {
      if (listener) event(listener);
      else early.push(event);
    };
    const socket = await openSocket(
      { provider: 'elevenlabs', address, headers, signal: forever, clock },
      {
        message: (data, binary) => tell((to) => to.message(data, binary)),
        closed: (code, reason) => tell((to) => to.closed(code, reason)),
      },
    );
    return {
      socket,
      attach(to) {
        listener = to;
        for (const event of early.splice(0)) event(to);
      },
    };
  }

  function drop(which: typeof spare): void {
    if (spare !== which) return;
    spare = null;
    which?.opening.then(({ socket }) => socket.close()).catch(() => undefined);
  }

  return {
    prepare(address) {
      if (spare?.key === address.href) return;
      drop(spare);
      const mine = { key: address.href, opening: open(address) };
      spare = mine;
      mine.opening.then(
        () => clock.setTimer(SPARE_MS, () => drop(mine)),
        () => {
          if (spare === mine) spare = null;
        },
      );
    },
    async take(address) {
      if (spare?.key === address.href) {
        const { opening } = spare;
        spare = null;
        const connection = await opening.catch(() => null);
        if (connection?.socket.open) return connection;
      }
      return open(address);
    },
  };
}
