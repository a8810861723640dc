import {
  type Clock,
  createWatch,
  durationMs,
  ProviderError,
  systemClock,
  type TranscriptEvent,
  type TranscriptStream,
  type Watch,
} from '@talkturo/voice';
import { createEventQueue } from './event-queue.ts';
import { createKeptSound } from './kept-sound.ts';
import { retryOpening } from './retry.ts';
import { openSocket, readObject, type Socket } from './socket.ts';

/** How a vendor hears over a WebSocket: what differs between those that take sound as binary messages and answer in JSON. */
export interface TranscriptionWire {
  provider: string;
  address: URL;
  headers: Record<string, string>;
  /** Hz of the frames. */
  sampleRate: number;
  /** A frame as the vendor wants it, in bytes of its own. */
  encode(pcm: Int16Array): Uint8Array;
  /** Sound is sent in messages of at least this length. */
  messageMs: number;
  /** Shorter messages are refused, even before the end of a turn. */
  wholeMessages?: boolean;
  /** How a connection is kept when there was no sound for `everyMs`. */
  keepAlive: {
    everyMs: number;
    /** Null where the vendor takes none: a little silence does it. */
    message: string | null;
    /** It counts only on a connection that has carried sound. */
    afterSound?: boolean;
  };
  farewell: string;
  endOfTurn: boolean;
  /** Reads one connection; its times begin at 0 with each. */
  reader(connection: WireConnection): WireReader;
  /** What it means that the vendor closed the connection. */
  closing(code: number, reason: string): ProviderError;
}

/** What a reader may do. All times are ms of this connection. */
export interface WireConnection {
  emit(event: TranscriptEvent): void;
  /** The words up to here are final. */
  settled(ms: number): void;
  send(message: string): void;
  /** The vendor told of a failure: of one that may pass, with a new connection, otherwise for good. */
  fail(error: ProviderError): void;
}

export interface WireReader {
  message(message: Record<string, unknown>): void;
  /** The engine has decided that the caller stopped; all sound before it is sent. */
  turnEnded(): void;
}

/** As long as the engine itself keeps sound for a fallback. */
const KEPT_MS = 15_000;
/** A far end that is this far behind does not read any more. */
const LONGEST_BACKLOG_MS = 5000;
/**
 * Tries to come back, within some four seconds: the sound is kept for longer, and whoever has another transcriber gives this one up
 * sooner.
 */
const RECONNECTS = 6;
/** Losses in a row, each soon after the opening and without a word: the vendor does not work for us. */
const MOST_LOSSES = 3;
const PROVEN_MS = 10_000;
/** Ears differ: the vendor may hear words this much before the engine heard a voice. */
const LEAD_MS = 1000;
/** The least silence that is sent where a vendor wants sound. */
const SILENCE_MS = 20;

/** What a new connection may mend. Whoever has too many of them does not get along with one more. */
const passes = ({ kind }: ProviderError): boolean => kind === 'unavailable' || kind === 'timeout';

/**
 * Opens a transcription that survives the loss of its connection: sound without final words is sent again, and times
 * stay those of the stream. Rejects with a ProviderError when the first connection cannot be had.
 */
export async function openTranscriptionStream(
  wire: TranscriptionWire,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<TranscriptStream> {
  const { provider, sampleRate } = wire;
  const events = createEventQueue<TranscriptEvent>();
  const kept = createKeptSound(KEPT_MS);
  const over = new AbortController();
  let pending: Uint8Array[] = [];
  let pendingMs = 0;
  let socket: Socket | null = null;
  let reader: WireReader | null = null;
  let generation = 0;
  let losses = 0;
  let turnEnded = false;
  let bytesPerMs = 0;
  let openedAt = 0;
  /** Where the engine heard voices whose words are not final, and whether the vendor has told of such words. */
  let voices: number[] = [];
  let unfinished = false;
  /** Whether the connection has carried sound, and how much silence of ours is among it. */
  let sounded = false;
  let silenceMs = 0;
  let quiet: Watch | null = null;

  function finish(error?: unknown, farewell?: string): void {
    if (over.signal.aborted) return;
    const last = socket;
    generation++;
    socket = null;
    quiet?.stop();
    signal.removeEventListener('abort', aborted);
    kept.clear();
    if (error === undefined) events.end();
    else events.fail(error);
    if (farewell === undefined) last?.kill();
    else last?.close(farewell);
    over.abort();
  }
  const aborted = () => finish();

  /** Keeps the connection up while nobody writes. */
  function keepAlive(): void {
    const { message, everyMs, afterSound = false } = wire.keepAlive;
    quiet = createWatch(clock, everyMs, () => {
      if (message === null || (afterSound && !sounded)) sendSilence();
      else socket?.send(message);
      keepAlive();
    });
  }

  function sendSilence(): void {
    const ms = Math.max(SILENCE_MS, wire.messageMs);
    socket?.send(wire.encode(new Int16Array((sampleRate * ms) / 1000)));
    silenceMs += ms;
    sounded = true;
  }

  function connection(mine: number, fromMs: number): WireConnection {
    const current = () => mine === generation;
    const offsetMs = () => fromMs - silenceMs;
    return {
      emit(event) {
        if (!current()) return;
        losses = 0;
        if (event.type === 'end-of-turn') return events.push(event);
        const at = (ms: number) => Math.max(0, ms + offsetMs());
        const endMs = at(event.endMs);
        unfinished = event.type === 'partial';
        if (!unfinished) voices = voices.filter((startMs) => startMs >= endMs);
        events.push({ ...event, startMs: at(event.startMs), endMs });
      },
      settled(ms) {
        if (current()) kept.settle(ms + offsetMs());
      },
      send(message) {
        if (current()) socket?.send(message);
      },
      fail(error) {
        if (!current()) return;
        socket?.kill();
        lost(error);
      },
    };
  }

  async function connect(): Promise<void> {
    const mine = ++generation;
    const waiting: Buffer[] = [];
    let hear = (data: Buffer) => void waiting.push(data);
    const opened = await openSocket(
      { provider, address: wire.address, headers: wire.headers, signal: over.signal, clock },
      {
        message: (data) => mine === generation && hear(data),
        closed: (code, reason) => mine === generation && lost(wire.closing(code, reason)),
      },
    );
    if (mine !== generation) return opened.kill();
    socket = opened;
    openedAt = clock.now();
    silenceMs = 0;
    sounded = kept.pieces.length > 0;
    const fresh = wire.reader(connection(mine, kept.fromMs));
    reader = fresh;
    hear = (data) => {
      const message = readObject(data);
      if (message) fresh.message(message);
      else finish(new ProviderError(provider, 'protocol', `${provider} sent something that is no message.`));
    };
    for (const piece of kept.pieces) opened.send(piece);
    keepAlive();
    for (const data of waiting) hear(data);
    if (turnEnded) fresh.turnEnded();
  }

  function lost(error: ProviderError): void {
    socket = null;
    quiet?.stop();
    if (clock.now() - openedAt >= PROVEN_MS) losses = 0;
    if (!passes(error) || ++losses > MOST_LOSSES) finish(error);
    else retryOpening(connect, { signal: over.signal, attempts: RECONNECTS }).catch(finish);
  }

  /** Silence before a voice needs not be sent again: vendors count what comes faster than it was spoken as too much. */
  function voiceAt(startMs: number): void {
    voices = voices.filter((earlier) => earlier >= kept.fromMs);
    if (voices.length === 0 && !unfinished) kept.settle(startMs - LEAD_MS);
    voices.push(startMs);
  }

  function flush(): void {
    if (pendingMs === 0) return;
    const bytes = pending.length === 1 ? pending[0]! : Buffer.concat(pending);
    kept.add(bytes, pendingMs);
    bytesPerMs = bytes.length / pendingMs;
    pending = [];
    pendingMs = 0;
    if (!socket) return;
    socket.send(bytes);
    sounded = true;
    quiet?.touch();
    if (socket.backlog > LONGEST_BACKLOG_MS * bytesPerMs) socket.kill();
  }

  signal.addEventListener('abort', aborted, { once: true });
  if (signal.aborted) finish();
  else {
    try {
      await retryOpening(connect, { signal: over.signal });
    } catch (error) {
      finish();
      throw error;
    }
  }

  return {
    endOfTurn: wire.endOfTurn,
    write(pcm) {
      if (over.signal.aborted || pcm.length === 0) return;
      pending.push(wire.encode(pcm));
      pendingMs += durationMs(pcm.length, sampleRate);
      if (pendingMs >= wire.messageMs) flush();
    },
    activity({ type, startMs }) {
      if (over.signal.aborted) return;
      if (type === 'start') voiceAt(startMs);
      turnEnded = type === 'end';
      if (!turnEnded) return;
      if (!wire.wholeMessages) flush();
      if (socket) reader?.turnEnded();
    },
    close: () => finish(undefined, wire.farewell),
    [Symbol.asyncIterator]: () => events[Symbol.asyncIterator](),
  };
}
