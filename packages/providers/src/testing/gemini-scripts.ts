import type { ChatScript } from './chat-completions-simulator.ts';

const frame = (parts: readonly Record<string, unknown>[], finishReason?: string) =>
  `data: ${JSON.stringify({
    candidates: [{ content: { parts, role: 'model' }, index: 0, ...(finishReason && { finishReason }) }],
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 },
    modelVersion: 'm',
    responseId: 'r',
  })}\n\n`;

/** Gemini's streamGenerateContent: a whole answer. */
export const geminiAnswer = (...words: readonly string[]): ChatScript => ({
  writes: words.map((text, i) => frame([{ text }], i === words.length - 1 ? 'STOP' : undefined)),
});

/** A call of a tool: whole in one frame, with the signature that must be sent back. */
export const geminiToolCall = (name: string, args: Record<string, unknown>): ChatScript => ({
  writes: [frame([{ functionCall: { id: 'call_1', name, args }, thoughtSignature: 'c2ln' }], 'STOP')],
});

export const geminiBeginning = (text: string, ending: NonNullable<ChatScript['ending']>): ChatScript => ({
  writes: [frame([{ text }])],
  ending,
});

/** Too many requests: the wait that Google asks for stands in the body. */
export const geminiTooFast = (retryDelay: string): ChatScript => ({
  status: 429,
  body: JSON.stringify({
    error: {
      code: 429,
      message: 'Slow down.',
      status: 'RESOURCE_EXHAUSTED',
      details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay }],
    },
  }),
});

/** Stopped by a filter before a word was said. */
export const geminiBlocked: ChatScript = { writes: [frame([], 'SAFETY')] };

export const geminiRefusal = (code: number, status: string, message: string, reason?: string): ChatScript => ({
  status: code,
  body: JSON.stringify({
    error: { code, message, status, ...(reason && { details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason }] }) },
  }),
});
