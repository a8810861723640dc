import type { ChatScript } from './chat-completions-simulator.ts';

const event = (type: string, data: Record<string, unknown> = {}) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;

const start = event('message_start', {
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 10, cache_read_input_tokens: 0, cache_creation_input_tokens: 0, output_tokens: 1 },
  },
});
const ping = event('ping');
const block = (index: number, content_block: Record<string, unknown>, ...deltas: readonly Record<string, unknown>[]) => [
  event('content_block_start', { index, content_block }),
  ...deltas.map((delta) => event('content_block_delta', { index, delta })),
  event('content_block_stop', { index }),
];
const end = (stop_reason: string) => [
  event('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 5 } }),
  event('message_stop'),
];
const texts = (words: readonly string[]) => block(0, { type: 'text', text: '' }, ...words.map((text) => ({ type: 'text_delta', text })));

/** Anthropic's messages stream: a whole answer. */
export const anthropicAnswer = (...words: readonly string[]): ChatScript => ({
  writes: [start, ping, ...texts(words), ...end('end_turn')],
});

/** A call of a tool, its arguments in pieces. */
export const anthropicToolCall = (name: string, ...fragments: readonly string[]): ChatScript => ({
  writes: [
    start,
    ...block(
      0,
      { type: 'tool_use', id: 'call_1', name, input: {} },
      ...fragments.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
    ),
    ...end('tool_use'),
  ],
});

/** The first words, with what comes then left to `ending`. */
export const anthropicBeginning = (text: string, ending: NonNullable<ChatScript['ending']>): ChatScript => ({
  writes: [start, ...texts([text]).slice(0, 2)],
  ending,
});

/** An error in the middle of a stream that was answered with 200. */
export const anthropicError = (type: string, message: string): ChatScript => ({
  writes: [start, event('error', { error: { type, message } })],
});

export const anthropicRefusal = (status: number, type: string, message: string, headers: Record<string, string> = {}): ChatScript => ({
  status,
  headers,
  body: JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_1' }),
});
