/** The version of the message protocol (docs/web-calls.md) that this package speaks. */
export const PROTOCOL = 1;

/** Sound on the wire, one channel. */
export interface SoundFormat {
  encoding: 'pcm16' | 'mulaw';
  /** Hz. */
  sampleRate: number;
}

export interface ReadyMessage {
  type: 'ready';
  callId: string | null;
  format: SoundFormat;
  /** The connection takes up a call that was going on. */
  resumed: boolean;
  /** With this token instead of the first one may come back, so long after the connection broke. */
  resume: { token: string; withinMs: number };
}

/** What was said: growing words while `final` is false, then the turn as it is stored. */
export interface TranscriptMessage {
  type: 'transcript';
  speaker: 'caller' | 'assistant';
  final: boolean;
  /** Number of the turn; growing words of the caller have none yet. */
  turn?: number;
  text: string;
  startSeconds?: number;
  endSeconds?: number;
  interrupted?: boolean;
}

/** How long a reply took, in ms; null where a moment was not reached. */
export interface LatencyMessage {
  type: 'latency';
  turn: number;
  endOfTurnMs: number | null;
  firstTokenMs: number | null;
  firstAudioMs: number | null;
  voiceToVoiceMs: number | null;
}

export interface CallEnded {
  type: 'ended';
  /** As in the call's `ended_reason`. */
  reason: string;
  status: string;
  durationSeconds: number | null;
}

/** Everything the server says; `seq` counts what it tells again after a reconnect. */
export type ServerMessage = (
  | ReadyMessage
  | TranscriptMessage
  | LatencyMessage
  | CallEnded
  | { type: 'clear' }
  | { type: 'speaking'; speaker: 'caller' | 'assistant' }
  | { type: 'interrupted'; atSeconds: number }
  | { type: 'digit'; digit: string }
  | { type: 'digits'; digits: string }
  | { type: 'tool'; name: string; ok: boolean; durationMs: number }
  | { type: 'pong'; id: string }
  | { type: 'error'; code: string; message: string }
) & { seq?: number };

const TYPES: ReadonlySet<string> = new Set<ServerMessage['type']>([
  'ready',
  'transcript',
  'latency',
  'ended',
  'clear',
  'speaking',
  'interrupted',
  'digit',
  'digits',
  'tool',
  'pong',
  'error',
]);

/** Reads a message; null for what a newer server says and this package does not know. */
export function readMessage(text: string): ServerMessage | null {
  try {
    const message = JSON.parse(text) as ServerMessage;
    return TYPES.has(message?.type) ? message : null;
  } catch {
    // Not JSON: nothing of ours.
    return null;
  }
}

/** Close codes after which coming back makes no sense; the `error` message before them says why. */
export const FINAL_CLOSE_CODES: ReadonlySet<number> = new Set([4400, 4401, 4404, 4409]);
/** The call waits at another node of the installation: the next try may get there. */
export const WRONG_NODE = 4421;

/** The address with another token. */
export function withToken(url: string, token: string): string {
  const address = new URL(url);
  address.searchParams.set('token', token);
  return address.href;
}
