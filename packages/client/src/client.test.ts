import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestServer, type TestServer, type TestTenant } from '../../../apps/server/src/testing/test-server.ts';
import { createTalkturo, type Talkturo, TalkturoError } from './index.ts';

let server: TestServer;
let tenant: TestTenant;
let baseUrl: string;
let talkturo: Talkturo;
beforeAll(async () => {
  server = await createTestServer();
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  baseUrl = `http://127.0.0.1:${(server.app.server.address() as { port: number }).port}/`;
  tenant = await server.tenant();
  talkturo = createTalkturo({ baseUrl, apiKey: tenant.key });
});
afterAll(() => server.close());

describe('against a server', () => {
  test('one object in, the documented answer out', async () => {
    const { assistant } = await talkturo.createAssistant({ accountSlug: tenant.slug, name: 'Sales Agent' });
    expect(assistant).toMatchObject({ name: 'Sales Agent', type: 'custom', model: 'gpt-4o-mini' });
    const changed = await talkturo.updateAssistant({ assistantId: assistant.id, accountSlug: tenant.slug, temperature: 0.2 });
    expect(changed.assistant.temperature).toBe(0.2);
    expect((await talkturo.getAssistant({ assistantId: assistant.id })).assistant).toEqual(changed.assistant);
    expect((await talkturo.testApiKey()).message).toContain('valid');
    await talkturo.deleteAssistant({ assistantId: assistant.id });
    await expect(talkturo.getAssistant({ assistantId: assistant.id })).rejects.toMatchObject({ status: 404 });
  });

  test('what takes nothing but the id in its path takes that', async () => {
    await expect(talkturo.hangUpCall({ callId: 'call_01jh9y1v5kfk8r7c6t2n4m3p0q' })).rejects.toMatchObject({ status: 404 });
  });

  test('a list is a page, and all of its items when iterated', async () => {
    const { company } = await talkturo.createCompany({ teamId: tenant.teamId, name: 'Acme' });
    const csv = Array.from({ length: 23 }, (_, i) => `P${i},L,${i}@example.com,Acme`);
    const told = await talkturo.importContactsFile({ teamId: tenant.teamId }, `first_name,last_name,email,company\n${csv.join('\n')}`);
    expect(told).toMatchObject({ imported: 23, companiesCreated: 0 });
    const page = await talkturo.listContacts({ companyId: company.id, limit: 10 });
    expect([page.count, page.contacts.length]).toEqual([23, 10]);
    const emails = new Set<string | null>();
    for await (const contact of talkturo.listContacts({ companyId: company.id, limit: 10 })) emails.add(contact.email);
    expect(emails.size).toBe(23);
  });

  test('a file may come as a stream', async () => {
    const parts = ['name,company\nAda Lovelace,', 'Streams Inc\n'].map((part) => new TextEncoder().encode(part));
    const told = await talkturo.importContactsFile({ teamId: tenant.teamId }, ReadableStream.from(parts));
    expect(told.imported).toBe(1);
  });

  test('a refusal tells the sentence, the fields and the request', async () => {
    const refused = await talkturo.createCompany({ teamId: tenant.teamId, name: '' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TalkturoError);
    expect(refused).toMatchObject({
      status: 400,
      message: expect.stringContaining('name'),
      details: [{ path: 'name' }],
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const stranger = createTalkturo({ baseUrl, apiKey: 'tk_test_0000000000000000' });
    await expect(stranger.listContacts()).rejects.toMatchObject({ status: 401, message: 'Unauthorized' });
  });

  test('a write whose answer was lost happens once', async () => {
    let lost = 0;
    const losing: typeof fetch = async (url, init) => {
      const answer = await fetch(url, init);
      if (init?.method !== 'POST' || lost++ > 1) return answer;
      throw new TypeError('the connection is gone');
    };
    const shaky = createTalkturo({ baseUrl, apiKey: tenant.key, fetch: losing, wait: async () => {} });
    const { company } = await shaky.createCompany({ teamId: tenant.teamId, name: 'Only once' });
    expect(lost).toBe(3);
    const found = await talkturo.listCompanies({ search: 'only once' });
    expect(found.companies.map(({ id }) => id)).toEqual([company.id]);
  });

  test('a missing part of the path is an error before anything is sent', async () => {
    await expect(talkturo.getContact({ contactId: '' })).rejects.toThrow('contactId is missing');
  });
});

describe('failures in passing', () => {
  /** A server that answers as listed, one after the other. */
  const scripted = (...answers: (Response | Error)[]) => {
    const asked: { headers: Record<string, string> }[] = [];
    const pauses: number[] = [];
    const client = createTalkturo({
      fetch: async (_url, init) => {
        asked.push({ headers: init?.headers as Record<string, string> });
        const answer = answers[asked.length - 1]!;
        if (answer instanceof Error) throw answer;
        return answer;
      },
      wait: async (ms) => void pauses.push(ms),
    });
    return { client, asked, pauses };
  };
  const ok = () => Response.json({ success: true, message: 'yes' });
  const fails = (status: number, headers: Record<string, string> = {}) =>
    Response.json({ success: false, error: 'Not now.' }, { status, headers });

  test('are repeated with growing pauses and one key', async () => {
    const { client, asked, pauses } = scripted(fails(503), new TypeError('reset'), ok());
    await client.createCompany({ teamId: 'team_x', name: 'x' });
    expect(pauses.length).toBe(2);
    expect(pauses[0]).toBeLessThanOrEqual(250);
    expect(pauses[1]).toBeGreaterThanOrEqual(250);
    const keys = new Set(asked.map(({ headers }) => headers['idempotency-key']));
    expect([asked.length, keys.size]).toEqual([3, 1]);
    expect([...keys][0]).toMatch(/^[0-9a-f]{32}$/);
  });

  test('wait as long as the server asks, but not for ever', async () => {
    const patient = scripted(fails(429, { 'retry-after': '7' }), ok());
    await patient.client.testApiKey();
    expect(patient.pauses).toEqual([7000]);
    const hasty = scripted(fails(429, { 'retry-after': '3000' }), ok());
    await expect(hasty.client.testApiKey()).rejects.toMatchObject({ status: 429, message: 'Not now.' });
  });

  test('are given up after three repetitions', async () => {
    const { client, asked } = scripted(...Array.from({ length: 9 }, () => new TypeError('unreachable')));
    await expect(client.testApiKey()).rejects.toMatchObject({ status: 0, message: 'The server could not be reached.' });
    expect(asked.length).toBe(4);
  });

  test.each([400, 401, 403, 404, 409, 500])('a %s is an answer and is not asked for again', async (status) => {
    const { client, asked } = scripted(fails(status), ok());
    await expect(client.testApiKey()).rejects.toMatchObject({ status });
    expect(asked.length).toBe(1);
  });

  test('an answer that is not JSON is told by its status', async () => {
    const { client } = scripted(new Response('<html>', { status: 413, statusText: 'Too Large' }));
    await expect(client.testApiKey()).rejects.toMatchObject({ status: 413, message: 'The server answered 413 Too Large.' });
  });

  test('the caller’s own signal ends the request and its repetitions', async () => {
    const stop = new AbortController();
    const client = createTalkturo({
      fetch: async (_url, init) => {
        init?.signal?.throwIfAborted();
        throw new TypeError('unreachable');
      },
      wait: async () => stop.abort(),
    });
    await expect(client.testApiKey({}, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
