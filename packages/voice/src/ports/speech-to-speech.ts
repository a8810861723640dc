import type { Message, ToolCall, ToolDefinition, ToolResult } from './language-model.ts';

/** Speech to speech: one model that hears the caller, thinks and speaks, in a session that lasts as long as the call. */
export interface SpeechToSpeech {
  readonly id: string;
  readonly capabilities: SpeechToSpeechCapabilities;
  /** Opens a session. Rejects with a ProviderError when the vendor cannot be reached or refuses. */
  open(options: SpeechSessionOptions): Promise<SpeechSession>;
  /** The model that leads the call for a name (null: none was named); left out: the one that was named. */
  modelFor?(model: string | null): string | null;
}

export interface SpeechToSpeechCapabilities {
  /** BCP-47 primary languages it understands and speaks. */
  languages: readonly string[] | 'any';
  /**
   * `interrupt` makes it forget what was not heard, and it remembers what it is told it said. False: it goes on knowing its whole reply
   * and nothing else, and a new session must take its place.
   */
  forgets: boolean;
}

export interface SpeechSessionOptions {
  model: string | null;
  voice: string | null;
  /** BCP-47. */
  language: string;
  instructions: string;
  tools: readonly ToolDefinition[];
  temperature: number;
  /** Hz of the line; what the session takes stands in its own `sampleRate`. */
  sampleRate: number;
  /** What was said before: the session goes on from there. */
  history: readonly Message[];
  /** From the `expiring` of the session this one follows; the vendor then knows the history itself. */
  resume?: string;
  signal: AbortSignal;
}

/**
 * What a session tells. `turn` and `reply` are ids that never repeat, over all sessions. A turn of the caller is answered by the vendor
 * itself; every reply begins with `reply-started` and ends with `reply-ended`, unless the session ends.
 */
export type SpeechSessionEvent =
  /** The caller begins to speak; a reply that is under way is broken off. */
  | { type: 'caller-started'; turn: string }
  /** The caller's turn is over. */
  | { type: 'caller-stopped'; turn: string }
  /** The caller's words so far, replacing what came before; they may come later than the reply. */
  | { type: 'caller-text'; turn: string; text: string; final: boolean }
  | { type: 'reply-started'; reply: string }
  /** PCM16 mono of any length; faster than real time. */
  | { type: 'sound'; reply: string; pcm: Int16Array; sampleRate: number }
  /** The next words of the reply. */
  | { type: 'text'; reply: string; text: string }
  /** Comes before the reply's end; the answer is `toolResults`. */
  | { type: 'tool-call'; reply: string; call: ToolCall }
  | { type: 'reply-ended'; reply: string; interrupted: boolean }
  | { type: 'usage'; inputTokens: number; outputTokens: number }
  /** The vendor ends the session in `inMs`. `resume`: what a new one needs to go on where this one stops. */
  | { type: 'expiring'; inMs: number; resume?: string };

/** Iteration throws a ProviderError when the session is lost; aborting the signal or `close` ends it at once without an error. */
export interface SpeechSession extends AsyncIterable<SpeechSessionEvent> {
  /** Hz of the frames it takes; the engine converts once at this door. */
  readonly sampleRate: number;
  /** 20 ms of the caller's sound; plain call, never awaited, in order. The buffer is the engine's again when this returns. */
  write(pcm: Int16Array): void;
  /** Something that was said without the vendor's doing. */
  remember(message: { role: 'user' | 'assistant'; content: string }): void;
  /** Replies now to what it has heard and knows. */
  reply(): void;
  /** Says this text, word for word as far as the vendor can. */
  say(text: string): void;
  /** The answers to all calls of a reply. `reply`: the vendor goes on speaking. */
  toolResults(results: readonly ToolResult[], reply: boolean): void;
  /**
   * The caller heard only `heardMs` of a reply's sound: the vendor stops it, and forgets the rest where it can. Its `reply-ended` follows,
   * unless it came already; a reply that is not known is passed over.
   */
  interrupt(reply: string, heardMs: number): void;
  close(): void;
}
