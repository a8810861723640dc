import type { Message, ReplyRequest } from '@talkturo/voice';

/** OpenAI's own, which refuse a temperature and `max_tokens`, with or without the vendor's name before them. */
const THINKING_AT_OPENAI = /^(?:openai\/)?(?:o\d|gpt-(?:[5-9]|\d\d))(?!.*chat)/;

/** The body of `POST /chat/completions`, streaming and with its usage at the end. */
export function chatRequest(model: string, request: ReplyRequest): Record<string, unknown> {
  const { instructions, messages, tools, temperature, maxTokens } = request;
  return {
    model,
    messages: [...(instructions ? [{ role: 'system', content: instructions }] : []), ...messages.map(chatMessage)],
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, parameters }) => ({ type: 'function', function: { name, description, parameters } })),
      tool_choice: 'auto',
    }),
    ...(THINKING_AT_OPENAI.test(model) ? { max_completion_tokens: maxTokens } : { temperature, max_tokens: maxTokens }),
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
