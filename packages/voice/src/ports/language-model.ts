/** A language model, or what answers in its place. */
export interface LanguageModel {
  readonly id: string;
  /**
   * Streams one reply. Iteration throws a ProviderError on failure; aborting `signal` ends it at once without an error.
   */
  reply(request: ReplyRequest, signal: AbortSignal): AsyncIterable<ReplyPart>;
  /** The model that answers for a name (null: none was named), where vendors' names come and go; left out: the one that was named. */
  modelFor?(model: string | null): string | null;
  /** Opens connections while the phone rings, where that saves time. Never throws. */
  warm?(): void;
}

export interface ReplyRequest {
  model: string | null;
  /** The system prompt with its variables already filled in. */
  instructions: string;
  messages: readonly Message[];
  tools: readonly ToolDefinition[];
  temperature: number;
  maxTokens: number;
  /** BCP-47. */
  language: string;
}

export type Message =
  | { role: 'user'; content: string }
  /** Only what the caller really heard. */
  | { role: 'assistant'; content: string; toolCalls?: readonly ToolCall[] }
  | { role: 'tool'; callId: string; name: string; content: string };

export interface ToolCall {
  id: string;
  name: string;
  input: unknown;
}

export interface ToolResult {
  callId: string;
  name: string;
  content: string;
}

export interface ToolDefinition {
  name: string;
  description: string;
  /** JSON Schema of the input. */
  parameters: Record<string, unknown>;
}

export type ReplyPart =
  | { type: 'text'; text: string }
  | { type: 'tool-call'; call: ToolCall }
  /** Tokens, where the vendor counts them. */
  | { type: 'usage'; inputTokens: number; outputTokens: number };
