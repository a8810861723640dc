import type { Message, ReplyPart, ReplyRequest } from '@talkturo/voice';
import { languageModelConformance } from '@talkturo/voice/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { anthropicAnswer, anthropicBeginning, anthropicError, anthropicRefusal, anthropicToolCall } from '../testing/anthropic-scripts.ts';
import {
  answer,
  type ChatScript,
  type ChatSimulator,
  chunk,
  done,
  keepAlive,
  refusal,
  startChatSimulator,
  toolCall,
  usage,
} from '../testing/chat-completions-simulator.ts';
import { geminiAnswer, geminiBeginning, geminiBlocked, geminiRefusal, geminiTooFast, geminiToolCall } from '../testing/gemini-scripts.ts';
import { createVendorModel, type VendorModelOptions } from './language-model.ts';
import { VENDORS } from './vendors.ts';

type VendorId = keyof typeof VENDORS;

/** The wire of a vendor: what it answers with, and where and how it is asked. */
interface Wire {
  answer(...words: string[]): ChatScript;
  toolCall: ChatScript;
  beginning(text: string, ending: 'stall' | 'drop' | 'end'): ChatScript;
  wrongKey: ChatScript;
  tooFast: ChatScript;
  overloaded: ChatScript;
  path: string;
  auth: Record<string, string>;
}

const chatCompletions: Wire = {
  answer,
  toolCall: toolCall('lookup', '{"day":', '"Monday"}'),
  beginning: (text, ending) => ({ writes: [chunk({ role: 'assistant', content: text })], ending }),
  wrongKey: refusal(401, 'Incorrect API key.'),
  tooFast: refusal(429, 'Slow down.', { 'retry-after': '30' }),
  overloaded: refusal(503, 'Overloaded.', { 'retry-after-ms': '1' }),
  path: '/chat/completions',
  auth: { authorization: 'Bearer secret' },
};

const WIRES: Record<VendorId, Wire> = {
  openai: chatCompletions,
  deepseek: chatCompletions,
  qwen: chatCompletions,
  anthropic: {
    answer: anthropicAnswer,
    toolCall: anthropicToolCall('lookup', '{"day":', '"Monday"}'),
    beginning: anthropicBeginning,
    wrongKey: anthropicRefusal(401, 'authentication_error', 'invalid x-api-key'),
    tooFast: anthropicRefusal(429, 'rate_limit_error', 'Slow down.', { 'retry-after': '30' }),
    overloaded: anthropicRefusal(529, 'overloaded_error', 'Overloaded', { 'retry-after-ms': '1' }),
    path: '/messages',
    auth: { 'x-api-key': 'secret', 'anthropic-version': '2023-06-01' },
  },
  google: {
    answer: geminiAnswer,
    toolCall: geminiToolCall('lookup', { day: 'Monday' }),
    beginning: geminiBeginning,
    wrongKey: geminiRefusal(400, 'INVALID_ARGUMENT', 'API key not valid.', 'API_KEY_INVALID'),
    tooFast: geminiTooFast('30s'),
    overloaded: { ...geminiRefusal(503, 'UNAVAILABLE', 'Overloaded.'), headers: { 'retry-after-ms': '1' } },
    path: '/models/m:streamGenerateContent?alt=sse',
    auth: { 'x-goog-api-key': 'secret' },
  },
};

const lookup = { name: 'lookup', description: 'Looks up', parameters: { type: 'object', properties: { day: { type: 'string' } } } };
const request: ReplyRequest = {
  model: 'm',
  instructions: 'You are kind.',
  messages: [{ role: 'user', content: 'Hello?' }],
  tools: [],
  temperature: 0.3,
  maxTokens: 50,
  language: 'en',
};
const asked: Message[] = [
  { role: 'assistant', content: 'Good morning.' },
  { role: 'user', content: 'Open on Monday?' },
];
const looked: Message[] = [
  { role: 'assistant', content: '', toolCalls: [{ id: 'call_1', name: 'lookup', input: { day: 'Monday' } }] },
  { role: 'tool', callId: 'call_1', name: 'lookup', content: '8 to 18' },
];

// The libraries take a moment to load: no test shall pay for it.
beforeAll(async () => {
  await import('ai');
  await Promise.all(Object.values(VENDORS).map((vendor) => vendor.load({ apiKey: '', baseURL: 'http://localhost' })));
});

describe.each(Object.keys(WIRES) as VendorId[])('%s', (id) => {
  const wire = WIRES[id];
  let simulator: ChatSimulator;
  beforeEach(async () => {
    simulator = await startChatSimulator(() => wire.answer('Yes', ', of', ' course.'));
  });
  afterEach(() => simulator.stop());

  const create = (options: Partial<VendorModelOptions> = {}) =>
    createVendorModel({ vendor: VENDORS[id], apiKey: 'secret', baseUrl: simulator.url, ...options });
  const playing = (...scripts: ChatScript[]) => {
    simulator.plays(...scripts);
    return create();
  };
  async function reply(model = create(), changes: Partial<ReplyRequest> = {}): Promise<ReplyPart[]> {
    const parts: ReplyPart[] = [];
    for await (const part of model.reply({ ...request, ...changes }, new AbortController().signal)) parts.push(part);
    return parts;
  }
  const words = (parts: readonly ReplyPart[]) => parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

  const broken = [
    { name: 'wrong key', kind: 'auth', create: () => playing(wire.wrongKey) },
    { name: 'too fast', kind: 'rate-limit', create: () => playing(wire.tooFast) },
    { name: 'no money', kind: 'quota', create: () => playing(refusal(402, 'Insufficient Balance')) },
    { name: 'a model that is not there', kind: 'refused', create: () => playing(refusal(404, 'No such model.')) },
    { name: 'garbage', kind: 'protocol', create: () => playing({ writes: ['data: hello\n\n'] }) },
    {
      name: 'JSON of another kind',
      kind: 'protocol',
      create: () => playing({ writes: ['data: {"choices":7,"candidates":7,"type":7}\n\n'] }),
    },
    { name: 'cut off in the middle', kind: 'unavailable', create: () => playing(wire.beginning('One', 'drop')) },
  ] as const;
  for (const { name, run } of languageModelConformance({ create, broken })) it(name, run);
  const calling = languageModelConformance({ create: () => playing(wire.toolCall), toolRequest: { tools: [lookup] } });
  for (const { name, run } of calling.filter((one) => one.name.startsWith('calls a tool'))) it(name, run);

  test('where and with which key it is asked', async () => {
    await reply();
    expect(simulator.requests[0]).toMatchObject({ path: wire.path, headers: wire.auth });
  });

  test('words and usage', async () => {
    const parts = await reply(playing(wire.answer('Hello', ' there.')));
    expect(words(parts)).toBe('Hello there.');
    expect(parts.at(-1)).toMatchObject({ type: 'usage', inputTokens: 10 });
  });

  test('a tool call and its result go over the wire and back', async () => {
    const model = playing(wire.toolCall);
    const [call] = (await reply(model, { messages: asked, tools: [lookup] })).filter(({ type }) => type === 'tool-call');
    expect(call).toEqual({ type: 'tool-call', call: { id: 'call_1', name: 'lookup', input: { day: 'Monday' } } });
    await reply(model, { messages: [...asked, ...looked], tools: [lookup] });
    expect(simulator.requests[1]?.body).toMatchSnapshot();
  });

  test('overloaded once, it is asked again', async () => {
    expect(words(await reply(playing(wire.overloaded, wire.answer('Here.'))))).toBe('Here.');
    expect(simulator.requests).toHaveLength(2);
  });

  test('once words came, nothing is asked again', async () => {
    await expect(reply(playing(wire.beginning('One', 'drop')))).rejects.toMatchObject({ kind: 'unavailable' });
    expect(simulator.requests).toHaveLength(1);
  });

  test('an answer without its end was broken off', async () => {
    await expect(reply(playing(wire.beginning('One', 'end')))).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('a vendor that stalls is given up', async () => {
    simulator.plays(wire.beginning('One', 'stall'));
    await expect(reply(create({ idleMs: 200 }))).rejects.toMatchObject({ kind: 'timeout' });
    await simulator.clientLeft;
  });

  test('interrupting closes the connection', async () => {
    simulator.plays(wire.beginning('One', 'stall'));
    const abort = new AbortController();
    for await (const part of create().reply(request, abort.signal)) {
      expect(part).toEqual({ type: 'text', text: 'One' });
      abort.abort();
    }
    await simulator.clientLeft;
  });

  test('so does leaving before the end', async () => {
    simulator.plays(wire.beginning('One', 'stall'));
    for await (const _ of create().reply(request, new AbortController().signal)) break;
    await simulator.clientLeft;
  });

  test('a server that is not there, and warming up for it', async () => {
    const nowhere = create();
    await simulator.stop();
    nowhere.warm?.();
    await expect(reply(nowhere)).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('ECONNREFUSED') });
    simulator = await startChatSimulator();
  });

  test('a call in which nobody has spoken yet', async () => {
    expect(words(await reply(create(), { messages: [], instructions: '' }))).toBe('Yes, of course.');
  });

  test('the vendor’s words are in the message, the key is not', async () => {
    const failure: unknown = await reply(playing(wire.wrongKey)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: expect.stringMatching(new RegExp(`^${id} answered 40[01]: .*key`, 'i')) });
    expect(`${failure}`).not.toContain('secret');
  });
});

describe('what is particular', () => {
  let simulator: ChatSimulator;
  beforeEach(async () => {
    simulator = await startChatSimulator();
  });
  afterEach(() => simulator.stop());
  const ask = async (id: VendorId, ...scripts: ChatScript[]) => {
    simulator.plays(...scripts);
    const model = createVendorModel({ vendor: VENDORS[id], apiKey: 'secret', baseUrl: simulator.url });
    for await (const _ of model.reply(request, new AbortController().signal));
  };

  test.each([
    ['overloaded_error', 'unavailable'],
    ['rate_limit_error', 'rate-limit'],
    ['invalid_request_error', 'refused'],
  ])('Anthropic: %s in the middle of a stream', async (type, kind) => {
    const failing = anthropicError(type, 'Sorry.');
    await expect(ask('anthropic', failing, failing, failing)).rejects.toMatchObject({ kind, message: expect.stringContaining('Sorry.') });
  });

  test('Gemini: an answer that its filter held back', async () => {
    await expect(ask('google', geminiBlocked)).rejects.toMatchObject({ kind: 'refused' });
  });

  test('arguments of a tool that are no JSON', async () => {
    await expect(ask('openai', toolCall('lookup', '{"day":'))).rejects.toMatchObject({ kind: 'protocol' });
  });

  /** The body of the request that asks `model`. */
  async function askedOf(id: VendorId, model: string | null, on = '2026-11-29'): Promise<{ path: string; body: Record<string, unknown> }> {
    simulator.plays(id === 'anthropic' ? anthropicAnswer('Yes.') : id === 'google' ? geminiAnswer('Yes.') : answer('Yes.'));
    const vendor = createVendorModel({ vendor: VENDORS[id], apiKey: 'secret', baseUrl: simulator.url, now: () => Date.parse(on) });
    for await (const _ of vendor.reply({ ...request, model }, new AbortController().signal));
    return simulator.requests.at(-1)!;
  }

  const thinks = (thinkingConfig: object) => ({ generationConfig: { thinkingConfig } });
  test.each([
    ['openai', 'gpt-6-luna', { reasoning_effort: 'none', temperature: 0.3, max_completion_tokens: 50 }],
    ['openai', 'gpt-5.1', { reasoning_effort: 'none', temperature: 0.3, max_completion_tokens: 50 }],
    ['openai', 'gpt-5-mini', { reasoning_effort: 'minimal', max_completion_tokens: 1050 }],
    ['openai', 'gpt-6.1-sol', { reasoning_effort: 'low', max_completion_tokens: 1050 }],
    ['openai', 'o3', { reasoning_effort: 'low', max_completion_tokens: 1050 }],
    ['anthropic', 'claude-haiku-4-5', { thinking: { type: 'disabled' }, temperature: 0.3, max_tokens: 50 }],
    ['google', 'gemini-2.5-flash', thinks({ thinkingBudget: 0 })],
    ['google', 'gemini-2.5-pro', thinks({ thinkingBudget: 128 })],
    ['google', 'gemini-3.5-flash-lite', thinks({ thinkingLevel: 'minimal' })],
    ['google', 'gemini-3.8-flash', thinks({ thinkingLevel: 'low' })],
    ['deepseek', 'deepseek-flash', { thinking: { type: 'disabled' } }],
    ['qwen', 'qwen-plus', { enable_thinking: false }],
  ] as const)('%s: %s shall not think long while a caller waits', async (id, model, body) => {
    expect((await askedOf(id, model)).body).toMatchObject(body);
  });

  test.each([
    ['openai', 'gpt-5-mini'],
    ['openai', 'o3'],
    ['anthropic', 'claude-sonnet-5-5'],
  ] as const)('%s: %s refuses a temperature and gets none', async (id, model) => {
    expect((await askedOf(id, model)).body).not.toHaveProperty('temperature');
  });

  test('a model that cannot think is not told how to', async () => {
    expect((await askedOf('openai', 'gpt-4o')).body).not.toHaveProperty('reasoning_effort');
  });

  test.each([
    ['openai', 'gpt-4o-mini', '2027-01-13', 'gpt-4o-mini'],
    ['openai', 'gpt-4o-mini', '2027-01-14', 'gpt-6-luna'],
    ['openai', 'gpt-4-turbo', '2026-11-29', 'gpt-6-luna'],
    ['openai', 'gpt-5-mini-2025-08-07', '2026-12-11', 'gpt-6.1-terra'],
    ['anthropic', 'claude-3-5-haiku-latest', '2026-11-29', 'claude-haiku-4-5'],
    ['deepseek', 'deepseek-chat', '2026-11-29', 'deepseek-flash'],
  ] as const)('%s: the model %s is asked for on %s as %s', async (id, model, on, name) => {
    expect((await askedOf(id, model, on)).body).toMatchObject({ model: name });
  });

  test('Google names its model in the path', async () => {
    expect((await askedOf('google', 'gemini-2.5-flash', '2026-12-01')).path).toMatch('/models/gemini-3.5-flash-lite:stream');
  });

  test('calls of tools whose fragments come in disorder', async () => {
    const piece = (index: number, rest: object) => chunk({ tool_calls: [{ index, ...rest }] });
    const begins = (index: number, id: string) => piece(index, { id, type: 'function', function: { name: 'lookup', arguments: '' } });
    const goesOn = (index: number, text: string) => piece(index, { function: { arguments: text } });
    const pieces = [
      begins(0, 'a'),
      begins(1, 'b'),
      goesOn(1, '{"day":"T'),
      goesOn(0, '{"day":"Mon'),
      goesOn(1, 'ue"}'),
      goesOn(0, 'day"}'),
    ];
    simulator.plays({ writes: [...pieces, chunk({}, 'tool_calls'), done] });
    const model = createVendorModel({ vendor: VENDORS.openai, apiKey: 'secret', baseUrl: simulator.url });
    const inputs: unknown[] = [];
    for await (const part of model.reply({ ...request, tools: [lookup] }, new AbortController().signal)) {
      if (part.type === 'tool-call') inputs.push(part.call.input);
    }
    expect(inputs).toEqual(expect.arrayContaining([{ day: 'Monday' }, { day: 'Tue' }]));
  });

  test('the room went to thoughts and no word came', async () => {
    await expect(ask('openai', { writes: [chunk({ role: 'assistant', content: '' }), chunk({}, 'length'), done] })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('limit of tokens'),
    });
  });

  test('what came to nothing is counted all the same', async () => {
    simulator.plays({ writes: [chunk({ role: 'assistant', content: '' }), chunk({}, 'length'), usage(10, 50), done] });
    const model = createVendorModel({ vendor: VENDORS.openai, apiKey: 'secret', baseUrl: simulator.url });
    const parts: ReplyPart[] = [];
    const asked = (async () => {
      for await (const part of model.reply(request, new AbortController().signal)) parts.push(part);
    })();
    await expect(asked).rejects.toMatchObject({ kind: 'refused' });
    expect(parts).toEqual([{ type: 'usage', inputTokens: 10, outputTokens: 50 }]);
  });

  test('Gemini: a wait that is longer than a caller has', async () => {
    await expect(ask('google', geminiTooFast('20s'))).rejects.toMatchObject({ kind: 'rate-limit', retryAfterMs: 20_000 });
    expect(simulator.requests).toHaveLength(1);
  });

  test('DeepSeek: comments keep a busy connection alive', async () => {
    await ask('deepseek', { writes: [keepAlive, keepAlive, ...answer('Yes.').writes!] });
  });

  test.each([
    ['openai', 'data: {"error":{"message":"The server had an error.","type":"server_error"}}\n\n'],
    ['google', 'data: {"error":{"code":503,"message":"The server had an error.","status":"UNAVAILABLE"}}\n\n'],
  ] as const)('%s: an error in the middle of an answer that began well', async (id, error) => {
    const failing = { writes: [error] };
    await expect(ask(id, failing, failing, failing)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('The server had an error.'),
    });
  });

  test.each([
    [400, 'data_inspection_failed', 'Input data may contain inappropriate content.', 'refused'],
    [400, 'Arrearage', 'Access denied, please make sure your account is in good standing.', 'quota'],
    [429, 'Throttling.AllocationQuota', 'Allocated quota exceeded, please increase your quota limit.', 'rate-limit'],
  ] as const)('Qwen: %i %s', async (status, code, message, kind) => {
    const body = JSON.stringify({ error: { message, type: code, code } });
    await expect(ask('qwen', { status, headers: { 'retry-after': '30' }, body })).rejects.toMatchObject({ kind });
  });

  test('the first model of a vendor stands in where the assistant names none', async () => {
    const vendor = createVendorModel({ vendor: VENDORS.openai, apiKey: 'secret', baseUrl: `${simulator.url}/v1/` });
    for await (const _ of vendor.reply({ ...request, model: null }, new AbortController().signal));
    expect(simulator.requests[0]).toMatchObject({ path: '/v1/chat/completions', body: { model: 'gpt-6-luna' } });
  });
});
