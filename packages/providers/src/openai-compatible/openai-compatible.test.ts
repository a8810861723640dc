import type { ReplyPart, ReplyRequest } from '@talkturo/voice';
import { languageModelConformance } from '@talkturo/voice/testing';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import {
  answer,
  type ChatSimulator,
  chunk,
  done,
  keepAlive,
  refusal,
  startChatSimulator,
  toolCall,
  usage,
} from '../testing/chat-completions-simulator.ts';
import { createOpenAiCompatible, type OpenAiCompatibleOptions } from './openai-compatible.ts';

let simulator: ChatSimulator;
beforeEach(async () => {
  simulator = await startChatSimulator();
});
afterEach(() => simulator.stop());

const lookup = { name: 'lookup', description: 'Looks up', parameters: { type: 'object', properties: { day: { type: 'string' } } } };
const request: ReplyRequest = {
  model: null,
  instructions: 'You are kind.',
  messages: [{ role: 'user', content: 'Hello?' }],
  tools: [],
  temperature: 0.3,
  maxTokens: 50,
  language: 'en',
};

const create = (options: Partial<OpenAiCompatibleOptions> = {}) =>
  createOpenAiCompatible({ id: 'test', baseUrl: simulator.url, model: 'small', ...options });

async function reply(options: Partial<OpenAiCompatibleOptions> = {}, changes: Partial<ReplyRequest> = {}): Promise<ReplyPart[]> {
  const parts: ReplyPart[] = [];
  for await (const part of create(options).reply({ ...request, ...changes }, new AbortController().signal)) parts.push(part);
  return parts;
}

const words = (parts: readonly ReplyPart[]) => parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

describe('the port’s promises', () => {
  const broken = [
    { name: 'wrong key', script: refusal(401, 'bad key'), kind: 'auth' },
    { name: 'no money', script: refusal(429, 'insufficient_quota'), kind: 'quota' },
    { name: 'too fast', script: refusal(429, 'slow down', { 'retry-after': '30' }), kind: 'rate-limit' },
    { name: 'wrong request', script: refusal(400, 'no such field'), kind: 'refused' },
  ] as const;
  const cases = languageModelConformance({
    create,
    broken: broken.map(({ name, script, kind }) => ({
      name,
      kind,
      create: () => {
        simulator.plays(script);
        return create();
      },
    })),
  });
  for (const { name, run } of cases) it(name, run);

  const calling = languageModelConformance({
    create: () => {
      simulator.plays(toolCall('lookup', '{"day":', '"Monday"}'));
      return create();
    },
    toolRequest: { tools: [lookup] },
  });
  for (const { name, run } of calling.filter((one) => one.name.startsWith('calls a tool'))) it(name, run);
});

test('what is asked of the server', async () => {
  await reply(
    { apiKey: 'secret' },
    {
      tools: [lookup],
      messages: [
        { role: 'user', content: 'Open on Monday?' },
        { role: 'assistant', content: '', toolCalls: [{ id: 'call_1', name: 'lookup', input: { day: 'Monday' } }] },
        { role: 'tool', callId: 'call_1', name: 'lookup', content: '8 to 18' },
      ],
    },
  );
  const [asked] = simulator.requests;
  expect(asked).toMatchObject({ path: '/v1/chat/completions', headers: { authorization: 'Bearer secret' } });
  expect(asked?.body).toEqual({
    model: 'small',
    messages: [
      { role: 'system', content: 'You are kind.' },
      { role: 'user', content: 'Open on Monday?' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'lookup', arguments: '{"day":"Monday"}' } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: '8 to 18' },
    ],
    tools: [{ type: 'function', function: lookup }],
    tool_choice: 'auto',
    temperature: 0.3,
    max_tokens: 50,
    stream: true,
    stream_options: { include_usage: true },
  });
});

test.each(['gpt-5-mini', 'openai/gpt-6-luna', 'o3'])('%s is asked in the words of OpenAI’s thinking models', async (model) => {
  await reply({ model });
  expect(simulator.requests[0]?.body).toMatchObject({ model, max_completion_tokens: 50 });
  expect(simulator.requests[0]?.body).not.toHaveProperty('temperature');
  expect(simulator.requests[0]?.body).not.toHaveProperty('max_tokens');
});

test.each([
  ['', '/v1/chat/completions'],
  ['/', '/v1/chat/completions'],
  ['/v1/', '/v1/chat/completions'],
  ['/api/openai', '/api/openai/chat/completions'],
  ['/v1/chat/completions', '/v1/chat/completions'],
])('the address with path %j leads to %s', async (path, asked) => {
  await reply({ baseUrl: simulator.url + path });
  expect(simulator.requests[0]?.path).toBe(asked);
});

test.each(['', 'localhost', 'ftp://x', 'file:///etc/passwd'])('%j is no address', (baseUrl) => {
  expect(() => create({ baseUrl })).toThrow(/address/);
});

test('words and usage come as they are sent', async () => {
  simulator.plays(answer('Hello', ' there.'));
  expect(await reply()).toEqual([
    { type: 'text', text: 'Hello' },
    { type: 'text', text: ' there.' },
    { type: 'usage', inputTokens: 10, outputTokens: 2 },
  ]);
});

test('a tool call in fragments is put together', async () => {
  simulator.plays(toolCall('lookup', '{"d', 'ay":"Mon', 'day"}'));
  expect(await reply()).toEqual([
    { type: 'usage', inputTokens: 10, outputTokens: 5 },
    { type: 'tool-call', call: { id: 'call_1', name: 'lookup', input: { day: 'Monday' } } },
  ]);
});

test('two calls, whole and without an index, as some local servers send them', async () => {
  const whole = (id: string) => ({ id, type: 'function', function: { name: 'lookup', arguments: '{}' } });
  simulator.plays({ writes: [chunk({ tool_calls: [whole('a'), whole('b')] }), chunk({}, 'tool_calls'), done] });
  expect((await reply()).map((part) => part.type === 'tool-call' && part.call.id)).toEqual(['a', 'b']);
});

test('two calls that the server numbers alike', async () => {
  const piece = (rest: object) => chunk({ tool_calls: [{ index: 0, ...rest }] });
  const begins = (id: string) => piece({ id, type: 'function', function: { name: 'lookup', arguments: '{"day":' } });
  const writes = [
    begins('a'),
    piece({ function: { arguments: '"Monday"}' } }),
    begins('b'),
    piece({ function: { arguments: '"Tuesday"}' } }),
    chunk({}, 'tool_calls'),
    done,
  ];
  simulator.plays({ writes });
  expect((await reply()).flatMap((part) => (part.type === 'tool-call' ? [part.call] : []))).toEqual([
    { id: 'a', name: 'lookup', input: { day: 'Monday' } },
    { id: 'b', name: 'lookup', input: { day: 'Tuesday' } },
  ]);
});

test('a server that counts with every chunk is believed once', async () => {
  simulator.plays({ writes: [usage(10, 1), chunk({ content: 'Yes' }), usage(10, 2), chunk({ content: '.' }, 'stop'), usage(10, 3), done] });
  expect((await reply()).filter(({ type }) => type === 'usage')).toEqual([{ type: 'usage', inputTokens: 10, outputTokens: 3 }]);
});

test('two calls whose fragments come in disorder, the usage before them', async () => {
  const piece = (index: number, rest: object) => chunk({ tool_calls: [{ index, ...rest }] });
  const begins = (index: number, id: string) => piece(index, { id, type: 'function', function: { name: 'lookup', arguments: '' } });
  const goesOn = (index: number, text: string) => piece(index, { function: { arguments: text } });
  const writes = [
    usage(10, 5),
    begins(1, 'b'),
    begins(0, 'a'),
    goesOn(1, '{"day":"T'),
    goesOn(0, '{"day":"Mon'),
    goesOn(1, 'uesday"}'),
    goesOn(0, 'day"}'),
    chunk({}, 'tool_calls'),
    done,
  ];
  simulator.plays({ writes });
  const calls = (await reply()).flatMap((part) => (part.type === 'tool-call' ? [part.call] : []));
  expect(calls).toEqual(
    expect.arrayContaining([
      { id: 'a', name: 'lookup', input: { day: 'Monday' } },
      { id: 'b', name: 'lookup', input: { day: 'Tuesday' } },
    ]),
  );
});

test('comments, empty deltas and thoughts beside the content are not spoken', async () => {
  simulator.plays({
    writes: [
      keepAlive,
      chunk({ reasoning_content: 'Hmm.' }),
      chunk({ content: '' }),
      keepAlive,
      chunk({ content: 'Yes.' }),
      chunk({}, 'stop'),
      done,
    ],
  });
  expect(await reply()).toEqual([{ type: 'text', text: 'Yes.' }]);
});

test('thoughts in the content are not spoken either', async () => {
  simulator.plays(answer('<th', 'ink>The caller', ' greets.</thi', 'nk>', '\n\n', 'Hello', ' there.'));
  expect(words(await reply()).trim()).toBe('Hello there.');
});

test('the room went to thoughts and no word came', async () => {
  simulator.plays({ writes: [chunk({ content: '<think>The caller greets' }), chunk({}, 'length'), done] });
  await expect(reply()).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('limit of tokens') });
});

test('an answer that ends without [DONE] is whole when it said that it was finished', async () => {
  simulator.plays({ writes: [chunk({ content: 'Yes.' }), chunk({}, 'stop')] });
  expect(words(await reply())).toBe('Yes.');
});

describe('failures', () => {
  test('a server that is not there', async () => {
    const { url } = simulator;
    await simulator.stop();
    await expect(reply({ baseUrl: url })).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('ECONNREFUSED') });
    simulator = await startChatSimulator();
  });

  test('overloaded once, it is asked again', async () => {
    simulator.plays(refusal(503, 'overloaded', { 'retry-after-ms': '1' }), answer('Here.'));
    expect(words(await reply())).toBe('Here.');
    expect(simulator.requests).toHaveLength(2);
  });

  test('cut off before the first word, it is asked again', async () => {
    simulator.plays({ writes: [keepAlive], ending: 'drop' }, answer('Here.'));
    expect(words(await reply())).toBe('Here.');
  });

  test('cut off in the middle, it is not', async () => {
    simulator.plays({ writes: [chunk({ content: 'One' })], ending: 'drop' });
    await expect(reply()).rejects.toMatchObject({ kind: 'unavailable' });
    expect(simulator.requests).toHaveLength(1);
  });

  test('closed in the middle without a reason', async () => {
    simulator.plays({ writes: [chunk({ content: 'One' })] });
    await expect(reply()).rejects.toMatchObject({ kind: 'unavailable', message: 'test broke off in the middle of a reply.' });
  });

  test('a server that stalls is given up', async () => {
    simulator.plays({ writes: [chunk({ content: 'One' })], ending: 'stall' });
    await expect(reply({ idleMs: 250 })).rejects.toMatchObject({ kind: 'timeout' });
    await simulator.clientLeft;
  });

  test('an error in the middle of the stream', async () => {
    simulator.plays({ writes: [chunk({ content: 'One' }), 'data: {"error":{"message":"overheated","code":529}}\n\n'] });
    await expect(reply()).rejects.toMatchObject({ kind: 'unavailable', message: 'test answered 529: overheated' });
  });

  test.each([
    ['no JSON', 'data: hello\n\n'],
    ['JSON of another kind', 'data: {"choices": 7}\n\n'],
    ['null', 'data: null\n\n'],
  ])('garbage: %s', async (_, write) => {
    simulator.plays({ writes: [write] });
    await expect(reply()).rejects.toMatchObject({ kind: 'protocol' });
  });

  test('arguments that are no JSON', async () => {
    simulator.plays(toolCall('lookup', '{"day":'));
    await expect(reply()).rejects.toMatchObject({ kind: 'protocol', message: expect.stringContaining('lookup') });
  });

  test('a page instead of a stream', async () => {
    simulator.plays({ headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' });
    await expect(reply()).rejects.toMatchObject({ kind: 'protocol', message: expect.stringContaining('right address') });
  });

  test('the vendor’s words are in the message, the key is not', async () => {
    simulator.plays(refusal(404, 'model "small" not found, try pulling it first'));
    await expect(reply({ apiKey: 'secret' })).rejects.toMatchObject({
      kind: 'refused',
      message: 'test answered 404: model "small" not found, try pulling it first',
    });
  });

  test('no model chosen anywhere', async () => {
    await expect(reply({ model: null })).rejects.toMatchObject({ kind: 'refused' });
  });
});

test('interrupting closes the connection', async () => {
  simulator.plays({ writes: [chunk({ content: 'One' })], ending: 'stall' });
  const abort = new AbortController();
  for await (const part of create().reply(request, abort.signal)) {
    expect(part).toEqual({ type: 'text', text: 'One' });
    abort.abort();
  }
  await simulator.clientLeft;
});

test('so does leaving before the end', async () => {
  simulator.plays({ writes: [chunk({ content: 'One' })], ending: 'stall' });
  for await (const _ of create().reply(request, new AbortController().signal)) break;
  await simulator.clientLeft;
});

test('warming up never throws', async () => {
  create({ baseUrl: 'http://127.0.0.1:1' }).warm?.();
  create().warm?.();
});
