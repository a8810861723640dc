import type { ReplyPart, ReplyRequest } from '@talkturo/voice';
import { expect, test } from 'vitest';
import { createLocalDialogue } from './local-language-model.ts';
import { BICYCLE_SHOP } from './testing/bicycle-shop.ts';

const endCall = { name: 'end_call', description: 'Ends the call.', parameters: {} };
const request = (words: string, changes: Partial<ReplyRequest> = {}): ReplyRequest => ({
  model: null,
  instructions: BICYCLE_SHOP,
  messages: [{ role: 'user', content: words }],
  tools: [endCall],
  temperature: 0.7,
  maxTokens: 100,
  language: 'en-US',
  ...changes,
});

async function parts(asked: ReplyRequest, signal = new AbortController().signal): Promise<ReplyPart[]> {
  const all: ReplyPart[] = [];
  for await (const part of createLocalDialogue().reply(asked, signal)) all.push(part);
  return all;
}

test('it speaks clause by clause', async () => {
  expect(await parts(request('When are you open on Saturday?'))).toEqual([
    { type: 'text', text: 'We are open Monday to Friday from 9 am to 6 pm, ' },
    { type: 'text', text: 'and on Saturday from 10 am to 2 pm. ' },
    { type: 'text', text: 'Is there anything else I can help you with?' },
  ]);
});

test('numbers and addresses stay whole', async () => {
  const texts = (await parts(request('What is your phone number?'))).map((part) => part.type === 'text' && part.text);
  expect(texts[0]).toBe('Our phone number is 555-0142 and our e-mail address is hello@corner-bikes.com. ');
});

test('a goodbye ends the call by the tool, after the farewell', async () => {
  expect((await parts(request('Goodbye.'))).at(-1)).toEqual({ type: 'tool-call', call: { id: 'local-1', name: 'end_call', input: {} } });
});

test('where there is no such tool it only says goodbye', async () => {
  expect((await parts(request('Goodbye.', { tools: [] }))).every(({ type }) => type === 'text')).toBe(true);
});

test('it has nothing to add after its tool has run', async () => {
  const messages: ReplyRequest['messages'] = [
    { role: 'user', content: 'Bye' },
    { role: 'assistant', content: 'Goodbye.', toolCalls: [{ id: 'local-1', name: 'end_call', input: {} }] },
    { role: 'tool', callId: 'local-1', name: 'end_call', content: 'The call ends.' },
  ];
  expect(await parts(request('', { messages }))).toEqual([]);
});

test('interrupted, it stops at once', async () => {
  const abort = new AbortController();
  const said: ReplyPart[] = [];
  for await (const part of createLocalDialogue().reply(request('When are you open?'), abort.signal)) {
    said.push(part);
    abort.abort();
  }
  expect(said).toHaveLength(1);
});

test('another language is refused', async () => {
  await expect(parts(request('Guten Tag', { language: 'de' }))).rejects.toThrow('speaks English only');
});
