import type { Message, ReplyRequest } from '@talkturo/voice';

/** Where servers that speak this wire differ. */
export interface Dialect {
  /** What the newest models of OpenAI take instead of `max_tokens`. */
  maxTokensField: 'max_tokens' | 'max_completion_tokens';
}

/** The body of `POST /chat/completions`, streaming and with its usage at the end. */
export function chatRequest(model: string, request: ReplyRequest, { maxTokensField }: Dialect): Record<string, unknown> {
  const { instructions, messages, tools, temperature, maxTokens } = request;
  return {
    model,
    messages: [...(instructions ? [{ role: 'system', content: instructions }] : []), ...messages.map(chatMessage)],
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, parameters }) => ({ type: 'function', function: { name, description, parameters } })),
      tool_choice: 'auto',
    }),
    temperature,
    [maxTokensField]: maxTokens,
    stream: true,
    stream_options: { include_usage: true },
  };
}

function chatMessage(message: Message): Record<string, unknown> {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.callId, content: message.content };
  if (message.role === 'user' || !message.toolCalls?.length) return { role: message.role, content: message.content };
  return {
    role: 'assistant',
    // Templates of local servers fail on null.
    content: message.content,
    tool_calls: message.toolCalls.map(({ id, name, input }) => ({
      id,
      type: 'function',
      function: { name, arguments: JSON.stringify(input ?? {}) },
    })),
  };
}
