import { type Clock, createWatch, ProviderError, type Watch } from '@talkturo/voice';
import { httpError } from '../wire/http-error.ts';
import { openSocket, readObject, type Socket } from '../wire/socket.ts';

export interface ContextListener {
  message(message: Record<string, unknown>): void;
  failed(error: ProviderError): void;
}

/** One connection to Cartesia with all the utterances (contexts) on it; opened when it is needed, closed when it is not. */
export interface CartesiaLine {
  /** Opens ahead; what fails shows with the first utterance. */
  warm(): void;
  /** Joins the line. Rejects with a ProviderError when it cannot be opened. */
  join(contextId: string, listener: ContextListener): Promise<CartesiaContext>;
}

export interface CartesiaContext {
  send(message: Record<string, unknown>): void;
  /** Nothing more is heard of the context. With `cancel` Cartesia is told to stop. */
  leave(cancel: boolean): void;
}

/** Long enough for a phone to ring and a caller to talk; Cartesia itself closes after five minutes. */
const IDLE_MS = 90_000;

export function createCartesiaLine(address: URL, headers: Record<string, string>, clock: Clock): CartesiaLine {
  const contexts = new Map<string, ContextListener>();
  const forever = new AbortController().signal;
  let opening: Promise<Socket> | null = null;
  let idle: Watch | null = null;

  function failAll(error: ProviderError): void {
    const failed = [...contexts.values()];
    contexts.clear();
    for (const listener of failed) listener.failed(error);
  }

  function heard(data: Buffer): void {
    const message = readObject(data);
    const context = typeof message?.context_id === 'string' ? contexts.get(message.context_id) : undefined;
    if (!message) failAll(new ProviderError('cartesia', 'protocol', 'cartesia sent something that is no message.'));
    else if (context) context.message(message);
    else if (message.type === 'error' && !message.context_id) failAll(errorOf(message));
    // What else has no listener is the rest of an utterance that was cancelled.
  }

  function rest(): void {
    idle?.stop();
    if (contexts.size > 0) return;
    idle = createWatch(clock, IDLE_MS, () => {
      const last = opening;
      opening = null;
      last?.then((socket) => socket.close()).catch(() => undefined);
    });
  }

  function open(): Promise<Socket> {
    if (opening) return opening;
    const mine: Promise<Socket> = openSocket(
      { provider: 'cartesia', address, headers, signal: forever, clock },
      {
        message: heard,
        closed(code, reason) {
          if (opening !== mine) return;
          opening = null;
          idle?.stop();
          failAll(new ProviderError('cartesia', 'unavailable', `cartesia closed the connection (${code}${reason ? ` ${reason}` : ''}).`));
        },
      },
    );
    opening = mine;
    mine.then(rest, () => {
      if (opening === mine) opening = null;
    });
    return mine;
  }

  return {
    warm: () => void open().catch(() => undefined),
    async join(contextId, listener) {
      contexts.set(contextId, listener);
      idle?.stop();
      let socket: Socket;
      try {
        socket = await open();
      } catch (error) {
        contexts.delete(contextId);
        throw error;
      }
      return {
        send: (message) => socket.send(JSON.stringify({ context_id: contextId, ...message })),
        leave(cancel) {
          if (!contexts.delete(contextId)) return;
          if (cancel) socket.send(JSON.stringify({ context_id: contextId, cancel: true }));
          rest();
        },
      };
    },
  };
}

/** The error in a message of type `error`. */
export function errorOf(message: Record<string, unknown>): ProviderError {
  const status = typeof message.status_code === 'number' ? message.status_code : 500;
  return httpError('cartesia', status, new Headers(), JSON.stringify({ message: message.message ?? message.title ?? message.error }));
}
