import { readWav } from '@talkturo/voice';
import { createHandClock, createScriptedLeg } from '@talkturo/voice/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallServer, createCallServer } from '../testing/call-kit.ts';
import type { TestTenant } from '../testing/test-server.ts';

let server: CallServer;
let mine: TestTenant;
let other: TestTenant;
let assistantId: string;
beforeAll(async () => {
  server = await createCallServer();
  mine = await server.tenant('my-team');
  other = await server.tenant('other-team');
  assistantId = await server.assistant(mine);
});
afterAll(() => server.close());

const toNumber = '+14155550101';

/** A finished call in which these things were said, the caller first, a second each; with two seconds of sound. */
async function talked(words: string[], more: object = {}): Promise<string> {
  const placed = await mine.post('/api/calls', { assistantId, toNumber, ...more });
  const { id } = placed.body.call;
  const over = server.platform.live.get(id)?.over;
  server.carrier.opensMedia(`ref-${id}`, createScriptedLeg(createHandClock()));
  const session = await server.sessions.next();
  words.forEach((text, index) => {
    const speaker = index % 2 === 0 ? 'caller' : 'assistant';
    const turn = { index, speaker, text, startSeconds: index, endSeconds: index + 0.9, interrupted: false } as const;
    session.tells({ type: 'turn', atMs: index * 1000 + 900, turn });
  });
  session.tells({ type: 'digit', atMs: 5000, digit: '7' });
  session.options.recording?.write(new Int16Array(8000 * 2 * 2).fill(1000));
  await session.finishes('caller_hung_up', words.length * 1000);
  await over;
  return id;
}
const idsOf = async (query: string, as = mine) => {
  const answer = await as.get(`/api/calls?${query}`);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body.count).toBe(answer.body.calls.length);
  return answer.body.calls.map((call: { id: string }) => call.id);
};

describe('list', () => {
  let hours: string;
  let invoice: string;
  beforeAll(async () => {
    hours = await talked(['What are your opening hours?', 'We are open from nine to six.']);
    invoice = await talked(['I never got my Rechnung für März.', 'I am sorry.'], { toNumber: '+14155550102' });
  });

  test('newest first, with count, limit and offset', async () => {
    expect(await idsOf('')).toEqual([invoice, hours]);
    expect((await mine.get('/api/calls?limit=1&offset=1')).body).toMatchObject({ calls: [{ id: hours }], count: 2, limit: 1, offset: 1 });
  });

  test.each([
    ['opening hours', 'hours'],
    ['open', 'hours'],
    ['hours nine', 'none'],
    ['rechnung MÄRZ', 'invoice'],
    ['sor', 'invoice'],
    ["it's", 'none'],
    ["'; drop table calls; --", 'none'],
    ['!&|<->:*', 'none'],
  ])('search for %s finds %s', async (search, found) => {
    const expected = { hours: [hours], invoice: [invoice], none: [] }[found];
    expect(await idsOf(`search=${encodeURIComponent(search)}`)).toEqual(expected);
  });

  test('filters', async () => {
    const { started_at } = (await mine.get(`/api/calls/${hours}`)).body.call;
    expect(await idsOf(`to=${encodeURIComponent(toNumber)}`)).toEqual([hours]);
    expect(await idsOf('direction=inbound')).toEqual([]);
    expect(await idsOf('status=completed&direction=outbound')).toEqual([invoice, hours]);
    expect(await idsOf('live=true')).toEqual([]);
    expect(await idsOf('live=false')).toEqual([invoice, hours]);
    expect(await idsOf(`assistantId=${assistantId}`)).toEqual([invoice, hours]);
    expect(await idsOf('assistantId=asst_01h455vb4pex5vsknk084sn02q')).toEqual([]);
    expect(await idsOf(`until=${started_at}`)).toEqual([]);
    expect(await idsOf(`since=${started_at}`)).toEqual([invoice, hours]);
    expect(await idsOf(`teamId=${mine.teamId}`)).toEqual([invoice, hours]);
  });

  test.each([
    ['teamId=team_01h455vb4pex5vsknk084sn02q', 403],
    ['limit=0', 400],
    ['limit=201', 400],
    ['status=ringing,queued', 400],
    ['since=yesterday', 400],
    ['from=555', 400],
    ['search=', 400],
    ['colour=red', 400],
  ])('%s is %i', async (query, status) => {
    expect(await mine.get(`/api/calls?${query}`)).toMatchObject({ status, body: { success: false } });
  });

  test('the search uses its index', async () => {
    const { rows } = await server.platform.connection.pool
      .query("set enable_seqscan = off; explain select 1 from call_turns where words @@ to_tsquery('simple', 'hours:*')")
      .then((results) => (results as unknown as { rows: Record<string, string>[] }[])[1]!);
    expect(rows.map((row) => Object.values(row)[0]).join('\n')).toContain('call_turns_words');
  });
});

describe('tenants', () => {
  test("another account's call is 403 everywhere, one that does not exist 404", async () => {
    const id = await talked(['Hello?']);
    for (const [wanted, status] of [
      [id, 403],
      ['call_01h455vb4pex5vsknk084sn02q', 404],
      ['nonsense', 404],
    ] as const) {
      for (const part of ['', '/recording', '/transcript', '/events']) {
        expect(await other.get(`/api/calls/${wanted}${part}`)).toMatchObject({ status, body: { success: false } });
      }
      expect(await other.post(`/api/calls/${wanted}/hangup`)).toMatchObject({ status });
      expect(await other.delete(`/api/calls/${wanted}`)).toMatchObject({ status });
    }
    expect(await idsOf('', other)).toEqual([]);
  });
});

describe('transcript', () => {
  test('as JSON, text and WebVTT', async () => {
    const id = await talked(['Do you have <b>roses</b> & tulips?', 'Yes.']);
    const url = `/api/calls/${id}/transcript`;
    expect((await mine.get(url)).body).toMatchObject({
      success: true,
      transcript: [
        { speaker: 'caller', start_seconds: 0 },
        { speaker: 'assistant', text: 'Yes.', start_seconds: 1, end_seconds: 1.9 },
      ],
    });
    const txt = await mine.get(`${url}?format=txt`);
    expect(txt.headers['content-type']).toContain('text/plain');
    expect(txt.text).toBe('[00:00] Caller: Do you have <b>roses</b> & tulips?\n[00:01] Assistant: Yes.\n');
    const vtt = await mine.get(`${url}?format=vtt`);
    expect(vtt.headers['content-type']).toContain('text/vtt');
    expect(vtt.text).toBe(
      'WEBVTT\n\n1\n00:00:00.000 --> 00:00:00.900\n<v Caller>Do you have &lt;b&gt;roses&lt;/b&gt; &amp; tulips?\n\n2\n00:00:01.000 --> 00:00:01.900\n<v Assistant>Yes.\n',
    );
    expect((await mine.get(`${url}?format=pdf`)).status).toBe(400);
  });
});

describe('recording', () => {
  let id: string;
  const SIZE = 44 + 8000 * 2 * 2 * 2;
  beforeAll(async () => {
    id = await talked(['Hello?']);
  });
  const fetchPart = (headers: Record<string, string> = {}, method = 'GET') =>
    server.app.inject({
      method: method as 'GET',
      url: `/api/calls/${id}/recording`,
      headers: { authorization: `Bearer ${mine.key}`, ...headers },
    });

  test('whole, with its length and type', async () => {
    const answer = await fetchPart();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ 'content-type': 'audio/wav', 'content-length': String(SIZE), 'accept-ranges': 'bytes' });
    const { sampleRate, channels } = readWav(answer.rawPayload);
    expect([sampleRate, channels.length, channels[0]?.length]).toEqual([8000, 2, 16000]);
  });

  test('HEAD tells the same without the file', async () => {
    const answer = await fetchPart({}, 'HEAD');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-length']).toBe(String(SIZE));
    expect(answer.rawPayload).toHaveLength(0);
  });

  test.each([
    ['bytes=0-43', 0, 43],
    ['bytes=44-', 44, SIZE - 1],
    ['bytes=-100', SIZE - 100, SIZE - 1],
    [`bytes=10-${SIZE * 2}`, 10, SIZE - 1],
  ])('%s', async (range, start, end) => {
    const answer = await fetchPart({ range });
    expect(answer.statusCode).toBe(206);
    expect(answer.headers).toMatchObject({ 'content-range': `bytes ${start}-${end}/${SIZE}`, 'content-length': String(end - start + 1) });
    expect(answer.rawPayload).toEqual((await fetchPart()).rawPayload.subarray(start, end + 1));
  });

  test.each([`bytes=${SIZE}-`, 'bytes=-0'])('%s lies outside', async (range) => {
    const answer = await fetchPart({ range });
    expect(answer.statusCode).toBe(416);
    expect(answer.headers['content-range']).toBe(`bytes */${SIZE}`);
  });

  test.each(['bytes=5-2', 'bytes=-', 'seconds=1-2', 'bytes=0-1,5-6', 'bytes=a-b'])('%s is ignored', async (range) => {
    expect((await fetchPart({ range })).statusCode).toBe(200);
  });

  test('an assistant that does not record has none', async () => {
    const silent = await server.assistant(mine, { recording_enabled: false });
    const call = await talked(['Hello?'], { assistantId: silent });
    expect((await mine.get(`/api/calls/${call}`)).body.call.recording).toBeNull();
    expect((await mine.get(`/api/calls/${call}/recording`)).status).toBe(404);
  });
});

describe('erase', () => {
  test('nothing that was said is left, the bare record is', async () => {
    const id = await talked(['My secret is swordfish.', 'Noted.']);
    const key = (await server.platform.calls.find(id))?.recordingKey ?? '';
    expect(await server.platform.blobs.size(key)).toBeGreaterThan(44);
    const erased = await mine.delete(`/api/calls/${id}`);
    expect(erased).toMatchObject({
      status: 200,
      body: { call: { id, recording: null, erased_at: expect.any(String), status: 'completed' } },
    });
    expect(await server.platform.blobs.size(key)).toBeNull();
    const { call } = (await mine.get(`/api/calls/${id}`)).body;
    expect(call).toMatchObject({ messages: [], duration_seconds: 2, to_number: toNumber });
    expect(JSON.stringify(call)).not.toMatch(/swordfish|"digit"/);
    expect((await mine.get(`/api/calls/${id}/recording`)).status).toBe(404);
    expect((await mine.get(`/api/calls/${id}/transcript?format=txt`)).text).toBe('');
    expect(await idsOf('search=swordfish')).toEqual([]);
    const again = await mine.delete(`/api/calls/${id}`);
    expect(again.body.call.erased_at).toBe(erased.body.call.erased_at);
    const noted = await server.platform.connection.pool.query('select action from audit_log where target = $1 order by created_at, id', [
      id,
    ]);
    expect(noted.rows.map((row) => row.action)).toEqual(['call.placed', 'call.erased', 'call.erased']);
  });

  test('a live call is hung up first', async () => {
    const { id } = (await mine.post('/api/calls', { assistantId, toNumber })).body.call;
    expect(await mine.delete(`/api/calls/${id}`)).toMatchObject({ status: 409, body: { error: expect.stringContaining('hang up') } });
    expect(await mine.post(`/api/calls/${id}/hangup`)).toMatchObject({
      status: 200,
      body: { call: { status: 'failed', ended_reason: 'api_hangup' } },
    });
    expect(server.carrier.commands.at(-1)).toBe(`hangup ref-${id}`);
    expect(await mine.delete(`/api/calls/${id}`)).toMatchObject({ status: 200 });
    expect(await mine.post(`/api/calls/${id}/hangup`, {})).toMatchObject({ status: 200, body: { call: { id } } });
  });
});

describe('contacts', () => {
  const contactOf = async (more: object) => {
    const company = await mine.post('/api/crm/companies', { teamId: mine.teamId, name: 'Acme' });
    const body = { teamId: mine.teamId, companyId: company.body.company.id, firstName: 'Ada', lastName: 'Lovelace', ...more };
    const contact = await mine.post('/api/crm/contacts', body);
    expect(contact.status, contact.text).toBe(200);
    return contact.body.contact.id as string;
  };

  test('the prompt knows the contact, and the contact the call; erasing the person erases the call', async () => {
    const contactId = await contactOf({ phone: '+14155550133' });
    const greeting = await server.assistant(mine, {
      first_message: 'Hi {{contact.first_name}} of {{company.name}}.',
      transcriptor_keyterms: ['Talkturo'],
    });
    const { id } = (await mine.post('/api/calls', { assistantId: greeting, toNumber: '+14155550133', contactId })).body.call;
    const over = server.platform.live.get(id)?.over;
    server.carrier.opensMedia(`ref-${id}`, createScriptedLeg(createHandClock()));
    const session = await server.sessions.next();
    expect(session.options.briefing).toMatchObject({ firstMessage: 'Hi Ada of Acme.', hints: ['Talkturo', 'Ada', 'Lovelace', 'Acme'] });
    await session.finishes('caller_hung_up', 3000);
    await over;
    expect(await idsOf(`contactId=${contactId}`)).toEqual([id]);
    expect((await mine.get(`/api/crm/contacts/${contactId}`)).body.contact).toMatchObject({
      call_count: 1,
      last_call_id: id,
      last_call_outcome: 'answered',
      last_call_duration_seconds: 3,
    });
    const person = { accountId: mine.accountId, contactId, phones: ['+14155550133'] };
    expect(await server.platform.calls.erasePerson(person)).toBe(1);
    expect((await mine.get(`/api/calls/${id}`)).body.call.erased_at).not.toBeNull();
  });

  test('who does not want to be called is not called', async () => {
    const contactId = await contactOf({ phone: '+14155550134', doNotCall: true });
    expect(await mine.post('/api/calls', { assistantId, toNumber: '+14155550134', contactId })).toMatchObject({ status: 409 });
  });
});

describe('usage figures', () => {
  test('count the calls of the assistant', async () => {
    const fresh = await server.assistant(mine);
    const url = `/api/assistants/${fresh}/usage-stats?accountId=${mine.accountId}`;
    const none = { totalCalls: 0, totalMinutes: 0, avgDurationMinutes: 0, completedCallsWithDuration: 0 };
    expect((await mine.get(url)).body.usageStats).toMatchObject(none);
    await talked(Array(90).fill('word'), { assistantId: fresh });
    await talked(Array(30).fill('word'), { assistantId: fresh });
    const { usageStats } = (await mine.get(url)).body;
    expect(usageStats).toMatchObject({
      totalCalls: 2,
      totalMinutes: 2,
      avgDurationMinutes: 1,
      completedCallsWithDuration: 2,
      successRatePercent: null,
      successEvaluatedCount: 0,
      timeline: { today: 2, last7Days: 2, last30Days: 2, last365Days: 2 },
    });
    expect(usageStats.dailySeries).toHaveLength(30);
    expect(usageStats.dailySeries.at(-1)).toEqual({ date: new Date().toISOString().slice(0, 10), calls: 2, minutes: 2 });
    expect((await mine.get(`/api/assistants/${fresh}/usage-stats?accountId=${other.accountId}`)).status).toBe(403);
    expect((await other.get(`/api/assistants/${fresh}/usage-stats`)).status).toBe(403);
  });
});
