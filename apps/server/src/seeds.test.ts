import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from './testing/test-server.ts';

/*
 * The examples of the published pages on authentication and assistants, sent as they stand there and compared field by field. A value
 * that ends in "…" there is a beginning; "asst_…" stands for any id of its kind.
 */

let server: TestServer;
let tenant: TestTenant;
let other: TestTenant;
beforeAll(async () => {
  server = await createTestServer();
  tenant = await server.tenant('my-team');
  other = await server.tenant('other-team');
});
afterAll(() => server.close());

const SUFFIX = '[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$';
const anId = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_${SUFFIX}`));
const beginning = (text: string) => expect.stringMatching(new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
const aTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

/** The response example of "Create an assistant", field by field. */
const CREATED = {
  id: anId('asst'),
  account_id: anId('acct'),
  name: 'Q1 Outbound Setter',
  type: 'outbound-setter',
  model: 'gpt-4o-mini',
  provider: 'openai',
  temperature: 0.7,
  max_tokens: 1024,
  first_message: beginning('Hi, this is Alex from Talkturo'),
  system_prompt: beginning('You are a friendly outbound sales assistant'),
  voice_provider: 'cartesia',
  voice_model: 'sonic-english',
  voice_id: expect.stringMatching(/\S/),
  voice_name: 'Alex',
  transcriptor_provider: 'deepgram',
  transcriptor_model: 'nova-2',
  transcriptor_language: 'en',
  recording_enabled: true,
  inbound_enabled: false,
  outbound_enabled: true,
  created_at: aTime,
  updated_at: aTime,
};

const createExample = { accountSlug: 'my-team', name: 'Q1 Outbound Setter', templateId: 'outbound-setter' };
const created = async (): Promise<string> => (await tenant.post('/api/assistants', createExample)).body.assistant.id;

describe('assistants', () => {
  test('create', async () => {
    const answer = await tenant.post('/api/assistants', createExample);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.body.success).toBe(true);
    for (const [field, value] of Object.entries(CREATED)) expect({ [field]: answer.body.assistant[field] }).toEqual({ [field]: value });
  });

  test('get', async () => {
    const id = await created();
    const answer = await tenant.get(`/api/assistants/${id}`);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        success: true,
        assistant: {
          id,
          name: 'Q1 Outbound Setter',
          provider: 'openai',
          model: 'gpt-4o-mini',
          system_prompt: beginning('You are a friendly outbound sales assistant'),
          voice_provider: 'cartesia',
          voice_id: expect.any(String),
          inbound_enabled: false,
          outbound_enabled: true,
        },
      },
    });
    expect(Object.keys(answer.body.assistant).sort()).toEqual(expect.arrayContaining(Object.keys(CREATED).sort()));
  });

  test('update', async () => {
    const id = await created();
    const body = {
      accountSlug: 'my-team',
      system_prompt: 'You are a helpful sales assistant for Acme Corp. Your goal is to qualify leads and book demos.',
      voice_provider: 'elevenlabs',
      voice_id: 'EXAVITQu4vr4xnSDxMaL',
      recording_enabled: true,
    };
    const { accountSlug: _, ...changed } = body;
    const answer = await tenant.patch(`/api/assistants/${id}`, body);
    expect(answer).toMatchObject({ status: 200, body: { success: true, assistant: { id, name: 'Q1 Outbound Setter', ...changed } } });
  });

  test.each([
    ['name', 'Renamed'],
    ['first_message', 'Hello!'],
    ['system_prompt', 'Use {{contact.first_name}}.'],
    ['provider', 'deepseek'],
    ['model', 'gpt-4o'],
    ['temperature', 0],
    ['temperature', 2],
    ['max_tokens', 1],
    ['voice_provider', 'elevenlabs'],
    ['voice_model', 'eleven_flash_v2_5'],
    ['voice_id', 'x'],
    ['voice_name', 'Sarah'],
    ['transcriptor_provider', 'assemblyai'],
    ['transcriptor_model', 'universal-streaming'],
    ['transcriptor_language', 'pt-BR'],
    ['recording_enabled', false],
    ['inbound_enabled', true],
    ['outbound_enabled', false],
  ])('each documented field can be changed alone: %s', async (field, value) => {
    const id = await created();
    const before = (await tenant.get(`/api/assistants/${id}`)).body.assistant;
    const answer = await tenant.patch(`/api/assistants/${id}`, { accountSlug: 'my-team', [field]: value });
    expect(answer.status).toBe(200);
    expect(answer.body.assistant).toEqual({ ...before, [field]: value, updated_at: aTime });
  });

  test('assigning no numbers answers success and nothing else', async () => {
    const url = `/api/assistants/${await created()}/telephony/phone-numbers`;
    expect(await tenant.patch(url, { accountSlug: 'my-team', phoneNumberIds: [] })).toMatchObject({ status: 200, body: { success: true } });
  });
});

describe('authentication', () => {
  const body = { accountSlug: 'my-team', name: 'Support Agent' };
  const send = (headers: Record<string, string>) => server.request('POST', '/api/assistants', { body, headers });

  test('the examples of the page', async () => {
    const id = await created();
    expect((await tenant.get(`/api/assistants/${id}`)).status).toBe(200);
    expect((await tenant.post('/api/assistants', body)).status).toBe(200);
  });

  test.each([
    ['missing', {}],
    ['empty', { authorization: '' }],
    ['without Bearer', { authorization: 'tk_live_0123456789abcdef0123' }],
    ['malformed', { authorization: 'Bearer not a token' }],
    ['unknown', { authorization: 'Bearer tk_live_0123456789abcdef0123' }],
  ])('a token that is %s is 401', async (_what, headers) => {
    const answer = await send(headers as Record<string, string>);
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({ success: false, error: 'Unauthorized' });
  });

  test('changing an assistant of a different account is 403', async () => {
    const answer = await other.patch(`/api/assistants/${await created()}`, { accountSlug: 'other-team', name: 'Mine now' });
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({ success: false, error: 'Forbidden' });
  });

  test('the word Bearer may be written as clients write it', async () => {
    expect((await send({ authorization: `bearer ${tenant.key}` })).status).toBe(200);
  });
});

describe('overview', () => {
  test('lists answer count, limit and offset beside the data', async () => {
    const { body } = await tenant.get('/api/assistants?accountSlug=my-team&limit=2');
    expect(body).toMatchObject({ success: true, assistants: expect.any(Array), count: expect.any(Number), limit: 2, offset: 0 });
  });

  test.each([
    ['POST', '/api/assistants', {}, 400],
    ['GET', '/api/assistants/asst_01jh9y1v5kfk8r7c6t2n4m3p0q', undefined, 404],
  ])('%s %s with %j is %i with one sentence', async (method, url, body, status) => {
    const answer = await server.request(method, url, { body, headers: { authorization: `Bearer ${tenant.key}` } });
    expect(answer).toMatchObject({ status, body: { success: false, error: expect.stringMatching(/\S/) } });
  });
});
