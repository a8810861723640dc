import { z } from 'zod';
import { assistantSettings } from './assistants.ts';
import { endpoint } from './endpoint.ts';
import { id, pathId } from './primitives.ts';

const { first_message, system_prompt, provider, model, temperature, max_tokens } = assistantSettings;

const line = z.strictObject({
  role: z.enum(['user', 'assistant']).describe('user: the caller'),
  content: z.string().min(1).max(4000).describe('What is said'),
});

const body = z.strictObject({
  messages: z
    .array(line)
    .max(200)
    .default([])
    .describe('The conversation so far, the caller’s newest message last; empty: the assistant says its first message'),
  contactId: id('cont').optional().describe('Fills the variables of the prompt as in a call with this contact'),
  changes: z
    .strictObject({
      first_message: first_message.optional(),
      system_prompt: system_prompt.optional(),
      provider: provider.optional(),
      model: model.optional(),
      temperature: temperature.optional(),
      max_tokens: max_tokens.optional(),
    })
    .optional()
    .describe('Settings to try that are not saved yet'),
});

export const chatReply = z
  .object({
    message: z
      .object({ role: z.literal('assistant').describe('Who says it'), content: z.string().describe('What is said') })
      .nullable()
      .describe('What the assistant says; null where it waits for the caller to begin'),
    ended: z.boolean().describe('In a call it would hang up now'),
    tools: z
      .array(z.object({ name: z.string(), ok: z.boolean().describe('Whether it worked'), duration_ms: z.int() }))
      .describe('Tools that ran; what they would do to a call is not done'),
    provider: z.string().describe('Who answered; local where a vendor without a key was replaced'),
    missing_variables: z.array(z.string()).describe('Variables without a value: they say nothing'),
    usage: z
      .object({
        input_tokens: z.int().describe('Tokens of prompt and conversation'),
        output_tokens: z.int().describe('Tokens of the reply'),
      })
      .describe('Tokens, where the vendor counts them'),
    first_token_ms: z.int().nullable().describe('From the question to the first word'),
    duration_ms: z.int().describe('From the question to the last word'),
  })
  .meta({ id: 'ChatReply' });
export type ChatReplyRecord = z.infer<typeof chatReply>;

const params = z.object({ assistantId: pathId('The assistant (asst_…)') });
const example = {
  body: {
    messages: [
      { role: 'assistant', content: 'Hello, how can I help you?' },
      { role: 'user', content: 'When are you open?' },
    ],
  },
};

export const chatWithAssistant = endpoint({
  method: 'POST',
  path: '/api/assistants/{assistantId}/chat',
  group: 'Assistants',
  access: 'calls:write',
  summary: 'Chat with an assistant in writing',
  description:
    'One reply with the same prompt, variables, language model and tools as in a call, without sound: for work on the prompt. Nothing is stored; send the whole conversation each time.',
  params,
  body,
  returns: { reply: chatReply },
  alsoAnswers: [409, 429, 502],
  example,
});

export const streamAssistantChat = endpoint({
  method: 'POST',
  path: '/api/assistants/{assistantId}/chat/stream',
  group: 'Assistants',
  access: 'calls:write',
  summary: 'Chat with an assistant, word by word',
  description:
    'As “Chat with an assistant in writing”, as server-sent events: text with each piece of the reply, tool for each tool that ran, and at last reply with the whole as it is answered there, or error.',
  params,
  body,
  file: { types: ['text/event-stream'], description: 'The reply as it is thought' },
  alsoAnswers: [409, 429],
  example,
});
