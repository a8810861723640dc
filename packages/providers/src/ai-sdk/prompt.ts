import type { Message, ToolCall, ToolDefinition } from '@talkturo/voice';
import type { ModelMessage } from 'ai';
import type { ProviderOptions } from './vendors.ts';

/** What a vendor sent along with a tool call and wants to see again (Gemini's thought signature). */
export type CallMarks = (callId: string) => ProviderOptions | undefined;

/** Stands for the caller where a vendor wants the caller to have begun. */
const CALL_BEGINS = '(The call begins.)';

/** The conversation as the SDK takes it. Messages without content are left out: some vendors refuse them. */
export function modelMessages(messages: readonly Message[], callerFirst: boolean, marks: CallMarks): ModelMessage[] {
  const converted = messages.flatMap((message): ModelMessage[] => {
    if (message.role === 'tool') {
      const { callId, name, content } = message;
      return [
        { role: 'tool', content: [{ type: 'tool-result', toolCallId: callId, toolName: name, output: { type: 'text', value: content } }] },
      ];
    }
    if (message.role === 'assistant' && message.toolCalls?.length) {
      const said = message.content.trim() === '' ? [] : [{ type: 'text' as const, text: message.content }];
      return [{ role: 'assistant', content: [...said, ...message.toolCalls.map((call) => callPart(call, marks))] }];
    }
    return message.content.trim() === '' ? [] : [{ role: message.role, content: message.content }];
  });
  const opening: ModelMessage = { role: 'user', content: CALL_BEGINS };
  return converted.length === 0 || (callerFirst && converted[0]!.role !== 'user') ? [opening, ...converted] : converted;
}

function callPart({ id, name, input }: ToolCall, marks: CallMarks) {
  const providerOptions = marks(id);
  return { type: 'tool-call' as const, toolCallId: id, toolName: name, input: input ?? {}, ...(providerOptions && { providerOptions }) };
}

/** The tools without what runs them: the engine does. */
export function modelTools(tools: readonly ToolDefinition[], { tool, jsonSchema }: typeof import('ai')) {
  return Object.fromEntries(
    tools.map(({ name, description, parameters }) => [name, tool({ description, inputSchema: jsonSchema(parameters) })]),
  );
}
