import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from '../testing/test-server.ts';

let server: TestServer;
let mine: TestTenant;
let other: TestTenant;
beforeAll(async () => {
  server = await createTestServer();
  mine = await server.tenant('my-team');
  other = await server.tenant('other-team');
});
afterAll(() => server.close());

const create = async (tenant = mine, more: object = {}) => {
  const answer = await tenant.post('/api/assistants', { accountSlug: tenant.slug, name: 'Support Agent', ...more });
  expect(answer.status).toBe(200);
  return answer.body.assistant as { id: string; [field: string]: unknown };
};

test.each([
  ['outbound-setter', false, true],
  ['inbound-support', true, false],
  ['follow-up', false, true],
  ['custom', false, false],
])('template %s: inbound %s, outbound %s', async (templateId, inbound, outbound) => {
  const assistant = await create(mine, { templateId });
  expect(assistant).toMatchObject({ type: templateId, inbound_enabled: inbound, outbound_enabled: outbound, model: 'gpt-4o-mini' });
  expect(assistant.first_message).toBeTruthy();
});

test('without a template it is custom, and names are trimmed', async () => {
  expect(await create(mine, { name: '  Sales  ' })).toMatchObject({ type: 'custom', name: 'Sales' });
});

test.each([
  [{ accountSlug: 'my-team' }, 400, 'name: is required'],
  [{ name: 'A' }, 400, 'accountSlug: is required'],
  [{ accountSlug: 'my-team', name: '   ' }, 400, 'name: must not be empty'],
  [{ accountSlug: 'my-team', name: 7 }, 400, 'name: must be text'],
  [
    { accountSlug: 'my-team', name: 'A', templateId: 'nope' },
    400,
    'templateId: must be one of outbound-setter, inbound-support, follow-up, custom',
  ],
  [{ accountSlug: 'my-team', name: 'A', tempalteId: 'custom' }, 400, 'tempalteId: is not a field of this request'],
  [{ accountSlug: 'other-team', name: 'A' }, 403, 'Forbidden'],
  [{ accountSlug: 'nobody', name: 'A' }, 403, 'Forbidden'],
  [{ accountSlug: 'my-team', name: 'a\u0000b' }, 400, 'characters that are not text'],
  [{ accountSlug: 'my-team', name: '\ud800' }, 400, 'characters that are not text'],
])('create %j is %i', async (body, status, error) => {
  const answer = await mine.post('/api/assistants', body);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ success: false, error: expect.stringContaining(error as string) });
});

test.each([
  [{ temperature: 2.1 }, 'temperature: must be at most 2'],
  [{ temperature: -0.1 }, 'temperature: must be at least 0'],
  [{ temperature: '0.5' }, 'temperature: must be a number'],
  [{ max_tokens: 0 }, 'max_tokens: must be at least 1'],
  [{ max_tokens: 32_769 }, 'max_tokens: must be at most 32768'],
  [{ max_tokens: 1.5 }, 'max_tokens: must be a whole number'],
  [{ provider: 'acme' }, 'provider: must be one of openai, anthropic, google, deepseek, qwen, openai-compatible, local'],
  [{ voice_provider: 'acme' }, 'voice_provider: must be one of cartesia, elevenlabs, local'],
  [{ transcriptor_provider: 'acme' }, 'transcriptor_provider: must be one of deepgram, assemblyai, local'],
  [{ transcriptor_language: 'not a language' }, 'transcriptor_language: must be a BCP-47'],
  [{ first_message: 'x'.repeat(2001) }, 'first_message: must have at most 2000 characters'],
  [{ system_prompt: 'x'.repeat(100_001) }, 'system_prompt: must have at most 100000 characters'],
  [{ recording_enabled: 'yes' }, 'recording_enabled: must be true or false'],
  [{ name: null }, 'name: must be text'],
  [{ id: 'asst_1' }, 'id: is not a field'],
])('change %j is refused and changes nothing', async (change, error) => {
  const before = await create();
  const answer = await mine.patch(`/api/assistants/${before.id}`, { accountSlug: 'my-team', ...change });
  expect(answer).toMatchObject({ status: 400, body: { success: false, error: expect.stringContaining(error as string) } });
  expect((await mine.get(`/api/assistants/${before.id}`)).body.assistant).toEqual(before);
});

test('a change sets the fields sent and no others', async () => {
  const before = await create();
  const change = { provider: 'local', voice_provider: 'local', transcriptor_provider: 'local', temperature: 0, first_message: '' };
  const answer = await mine.patch(`/api/assistants/${before.id}`, { accountSlug: 'my-team', ...change });
  expect(answer.status).toBe(200);
  const { updated_at, ...rest } = answer.body.assistant;
  const { updated_at: old, ...was } = before;
  expect(rest).toEqual({ ...was, ...change });
  expect(Date.parse(updated_at)).toBeGreaterThanOrEqual(Date.parse(old as string));
});

test('key terms and fallbacks are shown where they are set, and go again with null', async () => {
  const before = await create();
  const set = {
    transcriptor_keyterms: ['Talkturo', 'Herr Öz'],
    fallback_llm_provider: 'anthropic',
    fallback_llm_model: 'claude-haiku-4-5',
    fallback_voice_provider: 'elevenlabs',
    fallback_voice_model: 'eleven_flash_v2_5',
    fallback_voice_id: 'v2',
    fallback_transcriptor_provider: 'assemblyai',
    fallback_transcriptor_model: 'universal',
  };
  expect(Object.keys(before).filter((field) => field in set)).toEqual([]);
  const change = (changes: Record<string, unknown>) => mine.patch(`/api/assistants/${before.id}`, { accountSlug: 'my-team', ...changes });
  expect((await change(set)).body.assistant).toMatchObject(set);
  const copy = await mine.post(`/api/assistants/${before.id}/clone`, { accountSlug: 'my-team' });
  expect(copy.body.assistant).toMatchObject(set);
  const gone = await change(Object.fromEntries(Object.keys(set).map((field) => [field, null])));
  const { updated_at, ...rest } = gone.body.assistant;
  const { updated_at: old, ...was } = before;
  expect(rest).toEqual(was);
});

test.each([
  [{ fallback_llm_provider: 'acme' }, 'fallback_llm_provider'],
  [{ transcriptor_keyterms: ['x'.repeat(51)] }, 'transcriptor_keyterms'],
  [{ transcriptor_keyterms: Array(101).fill('x') }, 'transcriptor_keyterms'],
])('%j is refused', async (change, field) => {
  const { id } = await create();
  const answer = await mine.patch(`/api/assistants/${id}`, { accountSlug: 'my-team', ...change });
  expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(field as string) } });
});

test('accountSlug is needed to change: missing 400, another 403', async () => {
  const { id } = await create();
  expect(await mine.patch(`/api/assistants/${id}`, { name: 'B' })).toMatchObject({
    status: 400,
    body: { error: 'accountSlug: is required' },
  });
  expect(await mine.patch(`/api/assistants/${id}`, { accountSlug: 'other-team', name: 'B' })).toMatchObject({ status: 403 });
});

test.each(['asst_01jh9y1v5kfk8r7c6t2n4m3p0q', 'pn_01jh9y1v5kfk8r7c6t2n4m3p0q', 'nonsense', '..%2f', 'x'.repeat(300)])(
  'an id that names nothing is 404: %s',
  async (id) => {
    expect(await mine.get(`/api/assistants/${id}`)).toMatchObject({ status: 404, body: { success: false } });
    expect(await mine.patch(`/api/assistants/${id}`, { accountSlug: 'my-team', name: 'B' })).toMatchObject({ status: 404 });
    expect(await mine.delete(`/api/assistants/${id}`)).toMatchObject({ status: 404 });
  },
);

test('another account’s assistant is 403 and stays as it was', async () => {
  const theirs = await create(other);
  const url = `/api/assistants/${theirs.id}`;
  expect((await mine.get(url)).body).toEqual({ success: false, error: 'Forbidden' });
  expect((await mine.patch(url, { accountSlug: 'my-team', name: 'B' })).status).toBe(403);
  expect((await mine.delete(url)).status).toBe(403);
  expect((await mine.post(`${url}/clone`, {})).status).toBe(403);
  expect((await other.get(url)).body.assistant).toEqual(theirs);
});

test('a deleted assistant is gone for every endpoint', async () => {
  const { id } = await create();
  expect((await mine.delete(`/api/assistants/${id}`)).body).toEqual({ success: true });
  for (const answer of [await mine.get(`/api/assistants/${id}`), await mine.delete(`/api/assistants/${id}`)]) {
    expect(answer.status).toBe(404);
  }
  const { body } = await mine.get('/api/assistants?limit=200');
  expect(body.assistants.map((assistant: { id: string }) => assistant.id)).not.toContain(id);
});

test('a clone is a new assistant with the same configuration', async () => {
  const before = await create(mine, { templateId: 'follow-up' });
  const { assistant } = (await mine.post(`/api/assistants/${before.id}/clone`, { accountSlug: 'my-team' })).body;
  expect(assistant).toMatchObject({ name: 'Support Agent (copy)', type: 'follow-up', system_prompt: before.system_prompt });
  expect(assistant.id).not.toBe(before.id);
});

test('the list pages newest first, counts all, searches and filters', async () => {
  const team = await server.tenant('list-team');
  const made: string[] = [];
  for (const name of ['Alpha 100%', 'Beta', 'alphabet']) made.unshift((await create(team, { name, templateId: 'follow-up' })).id);
  const ids = async (query: string) => {
    const { body } = await team.get(`/api/assistants?${query}`);
    return [body.assistants.map((assistant: { id: string }) => assistant.id), body.count, body.limit, body.offset];
  };
  expect(await ids('accountSlug=list-team')).toEqual([made, 3, 50, 0]);
  expect(await ids('limit=1&offset=1')).toEqual([[made[1]], 3, 1, 1]);
  expect(await ids('search=ALPHA')).toEqual([[made[0], made[2]], 2, 50, 0]);
  expect(await ids('search=0%25')).toEqual([[made[2]], 1, 50, 0]);
  expect(await ids('type=custom')).toEqual([[], 0, 50, 0]);
  expect((await team.get('/api/assistants?type=nope')).status).toBe(400);
  expect((await team.get('/api/assistants?limit=0')).status).toBe(400);
  expect((await team.get('/api/assistants?accountSlug=my-team')).status).toBe(403);
});

test('If-Match keeps one change from overwriting another', async () => {
  const { id } = await create();
  const url = `/api/assistants/${id}`;
  const etag = String((await mine.get(url)).headers.etag);
  const change = (name: string, headers: Record<string, string>) => mine.patch(url, { accountSlug: 'my-team', name }, headers);
  const first = await change('First', { 'if-match': etag });
  expect(first.status).toBe(200);
  expect(first.headers.etag).not.toBe(etag);
  expect(await change('Second', { 'if-match': etag })).toMatchObject({ status: 412, body: { success: false } });
  expect((await mine.delete(url, undefined, { 'if-match': etag })).status).toBe(412);
  expect((await change('Third', { 'if-match': `"x", ${first.headers.etag}` })).status).toBe(200);
  expect((await change('Fourth', { 'if-match': '*' })).body.assistant.name).toBe('Fourth');
});

test('of twenty changes at once with one ETag exactly one wins', async () => {
  const { id } = await create();
  const url = `/api/assistants/${id}`;
  const etag = String((await mine.get(url)).headers.etag);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => mine.patch(url, { accountSlug: 'my-team', name: `N${at}` }, { 'if-match': etag })),
  );
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  expect(answers.filter((answer) => answer.status === 412)).toHaveLength(19);
});

test('scopes: a reader may read and not write', async () => {
  const reader = await server.tenant('reader-team', { scopes: ['assistants:read'] });
  expect((await reader.get('/api/assistants')).status).toBe(200);
  expect(await reader.post('/api/assistants', { accountSlug: 'reader-team', name: 'A' })).toMatchObject({
    status: 403,
    body: { error: expect.stringContaining('assistants:write') },
  });
});
