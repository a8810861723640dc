import { type Clock, ProviderError, systemClock } from '@talkturo/voice';
import { type RawData, WebSocket } from 'ws';
import { connectionError, httpError } from './http-error.ts';

export interface SocketListener {
  message(data: Buffer, binary: boolean): void;
  /** The connection is over, once, whoever ended it. `code` as in RFC 6455; 1006 when it broke. */
  closed(code: number, reason: string): void;
}

export interface SocketOptions {
  provider: string;
  address: URL;
  headers: Record<string, string>;
  signal: AbortSignal;
  clock?: Clock;
}

/** A WebSocket to a vendor that is known to be alive: a far end that falls silent even to pings is given up. */
export interface Socket {
  readonly open: boolean;
  /** Bytes that wait to be sent: they grow when the far end stops reading. */
  readonly backlog: number;
  /** Dropped once the connection is over. */
  send(data: string | Uint8Array): void;
  /** Closes in good order, with a last message first; by force when the far end does not go along. */
  close(farewell?: string): void;
  /** Ends the connection now. `closed` follows. */
  kill(): void;
}

/** The engine gives a vendor five seconds to open (`transcription.ts`); there shall be time for another try. */
const HANDSHAKE_MS = 3000;
const PING_EVERY_MS = 5000;
const FAREWELL_MS = 1000;
/** A message longer than this is none of a speech vendor's. */
const LONGEST_MESSAGE = 4 << 20;
const LONGEST_BODY = 10_000;

/**
 * Opens a WebSocket. Rejects with a ProviderError by the status of a refused upgrade; messages that come with the
 * opening reach the listener, which hears nothing of a connection that never opened.
 */
export function openSocket(options: SocketOptions, listener: SocketListener): Promise<Socket> {
  const { provider, address, headers, signal, clock = systemClock } = options;
  return new Promise((resolve, reject) => {
    const raw = new WebSocket(address, {
      headers,
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: LONGEST_MESSAGE,
      perMessageDeflate: false,
      followRedirects: false,
    });
    const abort = () => raw.terminate();
    const refuse = (error: unknown) => {
      signal.removeEventListener('abort', abort);
      reject(openingError(provider, error));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    raw.on('error', refuse);
    raw.on('unexpected-response', (request, response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        if (body.length < LONGEST_BODY) body += piece;
      });
      response.on('close', () => {
        refuse(
          httpError(provider, response.statusCode ?? 0, new Headers(Object.entries(response.headers).map(([k, v]) => [k, `${v}`])), body),
        );
        request.destroy();
      });
    });
    raw.once('open', () => {
      const alive = keepWatch(raw, clock);
      raw.on('message', (data: RawData, binary) => {
        alive.heard();
        listener.message(data as Buffer, binary);
      });
      raw.on('close', (code, reason) => {
        alive.stop();
        signal.removeEventListener('abort', abort);
        listener.closed(code, reason.toString('utf8').slice(0, 200));
      });
      resolve(socketOf(raw, clock));
    });
  });
}

function openingError(provider: string, error: unknown): ProviderError {
  if (error instanceof Error && error.message === 'Opening handshake has timed out') {
    return new ProviderError(provider, 'timeout', `${provider} did not open a connection in time.`, { cause: error });
  }
  return connectionError(provider, error);
}

/** Pings, and cuts the connection when a whole interval brought neither a pong nor anything else. */
function keepWatch(raw: WebSocket, clock: Clock): { heard(): void; stop(): void } {
  let answered = true;
  const heard = () => {
    answered = true;
  };
  const look = () => {
    if (!answered) return raw.terminate();
    answered = false;
    raw.ping();
    timer = clock.setTimer(PING_EVERY_MS, look);
  };
  let timer = clock.setTimer(PING_EVERY_MS, look);
  raw.on('pong', heard);
  return { heard, stop: () => timer.cancel() };
}

function socketOf(raw: WebSocket, clock: Clock): Socket {
  return {
    get open() {
      return raw.readyState === WebSocket.OPEN;
    },
    get backlog() {
      return raw.bufferedAmount;
    },
    send(data) {
      if (raw.readyState === WebSocket.OPEN) raw.send(data);
    },
    close(farewell) {
      if (raw.readyState !== WebSocket.OPEN) return raw.terminate();
      if (farewell !== undefined) raw.send(farewell);
      raw.close(1000);
      const force = clock.setTimer(FAREWELL_MS, () => raw.terminate());
      raw.once('close', () => force.cancel());
    },
    kill: () => raw.terminate(),
  };
}

/** The JSON object in a message; null when it is none. */
export function readObject(data: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(data.toString('utf8'));
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
