import { afterAll, beforeAll, expect, test } from 'vitest';
import { localAssistant, scriptedProviders, scriptedStages } from '../testing/call-kit.ts';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

let server: TestServer;
let tenant: TestTenant;
let assistantId: string;
const stages = scriptedStages();
const { languageModel } = stages;
beforeAll(async () => {
  server = await createTestServer({}, { standIns: { providers: scriptedProviders(stages) } });
  tenant = await server.tenant();
  assistantId = await localAssistant(tenant, {
    first_message: 'Hi {{contact.first_name}}, how can I help?',
    system_prompt: 'Sell flowers to {{company.name}}.',
  });
});
afterAll(() => server.close());

const chat = (body: object, path = 'chat') => tenant.post(`/api/assistants/${assistantId}/${path}`, body);
const asked = (content: string) => [
  { role: 'assistant', content: 'Hello.' },
  { role: 'user', content },
];

test('an empty conversation begins with the first message, without asking the model', async () => {
  const before = languageModel.requests.length;
  const { status, body } = await chat({});
  expect(status).toBe(200);
  expect(body.reply).toMatchObject({
    message: { role: 'assistant', content: 'Hi, how can I help?' },
    ended: false,
    missing_variables: ['company.name', 'contact.first_name'],
    usage: { input_tokens: 0, output_tokens: 0 },
  });
  expect(languageModel.requests.length).toBe(before);
});

test('the reply is that of a call: prompt with its variables, the whole conversation, the tools', async () => {
  const { teamId } = tenant;
  const companyId = (await tenant.post('/api/crm/companies', { teamId, name: 'Engines' })).body.company.id;
  const person = { teamId, companyId, firstName: 'Ada', lastName: 'Lovelace' };
  const contactId = (await tenant.post('/api/crm/contacts', person)).body.contact.id;
  languageModel.answers('We are open from nine to six.');
  const { body } = await chat({ messages: asked('When are you open?'), contactId });
  expect(body.reply).toMatchObject({
    message: { role: 'assistant', content: 'We are open from nine to six.' },
    provider: 'local',
    missing_variables: [],
    first_token_ms: expect.any(Number),
  });
  const request = languageModel.requests.at(-1)!;
  expect(request.instructions).toBe('Sell flowers to Engines.');
  expect(request.messages).toEqual(asked('When are you open?'));
  expect(request.tools.map(({ name }) => name)).toContain('end_call');
  const stored = await tenant.get('/api/calls');
  expect(stored.body.count).toBe(0);
});

test('what is not saved yet can be tried, and stays unsaved', async () => {
  languageModel.answers('Ahoy.');
  await chat({ messages: asked('Hello?'), changes: { system_prompt: 'Speak like a pirate.', temperature: 0.1, max_tokens: 50 } });
  expect(languageModel.requests.at(-1)).toMatchObject({ instructions: 'Speak like a pirate.', temperature: 0.1, maxTokens: 50 });
  expect((await chat({ changes: { first_message: 'Ahoy!' } })).body.reply.message.content).toBe('Ahoy!');
  expect((await chat({ changes: { first_message: '' } })).body.reply.message).toBeNull();
  expect((await tenant.get(`/api/assistants/${assistantId}`)).body.assistant.system_prompt).toBe('Sell flowers to {{company.name}}.');
});

test('the stream brings the words one by one, then the whole', async () => {
  languageModel.answers('One two three.');
  const { status, text, headers } = await chat({ messages: asked('Count.') }, 'chat/stream');
  expect([status, headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
  const events = text
    .trim()
    .split('\n\n')
    .map((block) => ({ type: /^event: (.*)$/m.exec(block)?.[1], data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '') }));
  const pieces = events.filter(({ type }) => type === 'text').map(({ data }) => data.text);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join('')).toBe('One two three.');
  expect(events.at(-1)).toMatchObject({ type: 'reply', data: { message: { content: 'One two three.' }, ended: false } });
});

test.each([
  [{ messages: [{ role: 'assistant', content: 'Hello.' }] }, 400, 'the caller’s'],
  [{ messages: [{ role: 'system', content: 'x' }] }, 400, 'role'],
  [{ messages: [{ role: 'user', content: '' }] }, 400, 'content'],
  [{ messages: [{ role: 'user', content: 'x'.repeat(4001) }] }, 400, 'content'],
  [{ messages: Array.from({ length: 101 }, () => ({ role: 'user', content: 'x'.repeat(2000) })) }, 400, '200,000'],
  [{ changes: { voice_id: 'x' } }, 400, 'voice_id'],
  [{ contactId: 'cont_01h455vb4pex5vsknk084sn02q' }, 404, 'contact'],
])('%# is refused before any word', async (body, status, words) => {
  for (const path of ['chat', 'chat/stream']) {
    expect(await chat(body, path)).toMatchObject({ status, body: { success: false, error: expect.stringContaining(words) } });
  }
});

test('a vendor without a key is replaced as in a call, another account is 403', async () => {
  const vendor = await localAssistant(tenant, { provider: 'openai', model: 'gpt-4o-mini' });
  languageModel.answers('Yes.');
  const answer = await tenant.post(`/api/assistants/${vendor}/chat`, { messages: asked('Are you there?') });
  expect(answer.body.reply).toMatchObject({ provider: 'local', message: { content: 'Yes.' } });
  const other = await server.tenant('other-team');
  expect(await other.post(`/api/assistants/${assistantId}/chat`, {})).toMatchObject({ status: 403 });
});

test('a model that fails is named', async () => {
  languageModel.answers({ behaves: 'refuses' });
  const answer = await chat({ messages: asked('Are you there?') });
  expect(answer).toMatchObject({ status: 502, body: { error: expect.stringContaining('did not answer') } });
});
