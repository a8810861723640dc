import { type Clock, ProviderError, type SpeechSessionEvent } from '@talkturo/voice';
import { createEventQueue } from './event-queue.ts';
import { retryOpening } from './retry.ts';
import { openSocket, readObject, type Socket } from './socket.ts';

/** Where a realtime vendor is, and what it means that it closes the connection. */
export interface SpeechWire {
  provider: string;
  address: URL;
  headers: Record<string, string>;
  closing(code: number, reason: string): ProviderError;
}

/** The connection of one realtime session: JSON objects out, events of the session in. */
export interface SpeechLine extends AsyncIterable<SpeechSessionEvent> {
  send(message: object): void;
  emit(event: SpeechSessionEvent): void;
  /** The vendor has taken the settings: the session is open. */
  ready(): void;
  /** The session is lost; before `ready`, it could not be opened. */
  fail(error: ProviderError): void;
  close(): void;
  readonly over: boolean;
}

/** Reads the vendor's messages of one connection. */
export interface SpeechReader {
  message(message: Record<string, unknown>): void;
  /** The session is over, whoever ended it. */
  closed?(): void;
}

/** A vendor that has opened its socket and does not take the settings within this time does not work. */
const SETTINGS_DEADLINE_MS = 3000;
/** Base64 in JSON, 48 kB a second at the most: a far end that is this far behind does not read any more. */
const LONGEST_BACKLOG_BYTES = 320_000;

/**
 * Opens a session over a WebSocket: resolves when the reader has called the line ready. Rejects with a ProviderError;
 * kinds that may be tried again are, a few times.
 */
export async function openSpeechLine<Reader extends SpeechReader>(
  wire: SpeechWire,
  signal: AbortSignal,
  clock: Clock,
  read: (line: SpeechLine) => Reader,
): Promise<{ line: SpeechLine; reader: Reader }> {
  const opened = await retryOpening(() => attempt(wire, signal, clock, read), { signal });
  if (opened) return opened;
  throw new ProviderError(wire.provider, 'unavailable', 'The session was not wanted any more.');
}

async function attempt<Reader extends SpeechReader>(
  { provider, address, headers, closing }: SpeechWire,
  signal: AbortSignal,
  clock: Clock,
  read: (line: SpeechLine) => Reader,
): Promise<{ line: SpeechLine; reader: Reader }> {
  const events = createEventQueue<SpeechSessionEvent>();
  const settled = Promise.withResolvers<void>();
  const waiting: object[] = [];
  let socket: Socket | null = null;
  let ready = false;
  let over = false;

  function finish(error: ProviderError | null): void {
    if (over) return;
    over = true;
    deadline.cancel();
    signal.removeEventListener('abort', aborted);
    if (error) settled.reject(error);
    else settled.resolve();
    if (error && ready) events.fail(error);
    else events.end();
    reader.closed?.();
    if (error) socket?.kill();
    else socket?.close();
  }
  const aborted = () => finish(null);

  const line: SpeechLine = {
    send(message) {
      if (over) return;
      if (!socket) {
        waiting.push(message);
        return;
      }
      socket.send(JSON.stringify(message));
      if (socket.backlog > LONGEST_BACKLOG_BYTES) finish(new ProviderError(provider, 'unavailable', `${provider} does not read any more.`));
    },
    emit(event) {
      if (!over) events.push(event);
    },
    ready() {
      ready = true;
      deadline.cancel();
      settled.resolve();
    },
    fail: (error) => finish(error),
    close: () => finish(null),
    get over() {
      return over;
    },
    [Symbol.asyncIterator]: () => events[Symbol.asyncIterator](),
  };
  const reader = read(line);
  const deadline = clock.setTimer(SETTINGS_DEADLINE_MS, () =>
    finish(new ProviderError(provider, 'timeout', `${provider} did not open the session in time.`)),
  );
  settled.promise.catch(() => undefined);
  signal.addEventListener('abort', aborted, { once: true });
  try {
    socket = await openSocket(
      { provider, address, headers, signal, clock },
      {
        message(data) {
          const message = readObject(data);
          if (over) return;
          if (message) reader.message(message);
          else finish(new ProviderError(provider, 'protocol', `${provider} sent something that is no message.`));
        },
        closed: (code, reason) => finish(closing(code, reason)),
      },
    );
  } catch (error) {
    finish(null);
    throw error;
  }
  for (const message of waiting) line.send(message);
  if (over) socket.kill();
  await settled.promise;
  return { line, reader };
}

/** What a vendor says besides, as a field of unknown type: text, or nothing. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
/** An object in a message; empty where there is none. */
export const objectIn = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
/** The objects in a list of a message. */
export const objectsIn = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(objectIn) : []);
export const numberIn = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** The line that tells a model which language to speak; its prompt may be in another. */
export function languageLine(language: string): string {
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
  return `This is a telephone call. Speak ${name} unless the caller wants another language.`;
}
/** Asks a model to say a text as it stands. */
export const sayExactly = (text: string): string =>
  `Say exactly the following, word for word, in the same language, and nothing before or after it:\n${text}`;
