import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedUp } from '../../testing/test-browser.ts';
import { createTestServer, type TestServer } from '../../testing/test-server.ts';
import { inGerman, prefersGerman } from './failure-language.ts';
import { GERMAN_FAILURES } from './german-failures.ts';
import { GERMAN_FAULTS } from './german-faults.ts';
import { GERMAN_TROUBLES } from './german-troubles.ts';

test.each([
  ['de-DE,de;q=0.9,en;q=0.8', true],
  ['de', true],
  ['en-US,en;q=0.9,de;q=0.8', false],
  ['fr,de;q=0.3', true],
  ['de;q=0,en', false],
  ['*', false],
  ['', false],
  [undefined, false],
])('Accept-Language %s prefers German: %s', (header, german) => {
  expect(prefersGerman(header)).toBe(german);
});

test.each([
  ['There is no such contact.', 'Diesen Kontakt gibt es nicht.'],
  ['The slug my-team is taken: choose another one.', 'Der Kurzname my-team ist vergeben: wählen Sie einen anderen.'],
  ['name: is required', 'name: wird gebraucht'],
  ['filters.areaCode: must be three digits (and 2 more)', 'filters.areaCode: muss aus drei Ziffern bestehen (und 2 weitere)'],
  ['A campaign that is running cannot be told to start.', 'Eine Kampagne, die gestartet ist, kann man nicht starten.'],
  [
    'The speech-to-text (deepgram) failed: deepgram closed the connection (1011 timeout).',
    'Die Transkription (deepgram) ist ausgefallen: deepgram hat die Verbindung geschlossen (1011 timeout).',
  ],
  [
    'The language-model (openai) failed: openai answered 401: Bad key',
    'Das Sprachmodell (openai) ist ausgefallen: openai antwortete mit 401: Bad key',
  ],
  ['Twilio refused (400, 21215, Geo permission).', 'Twilio hat abgelehnt (400, 21215, Geo permission).'],
  [
    'The language-model provider "openai" needs the setting OPENAI_API_KEY, or a key of the account under Settings → Integrations.',
    'Für openai fehlt die Einstellung OPENAI_API_KEY oder ein Schlüssel des Arbeitsbereichs unter Einstellungen → Integrationen.',
  ],
  ['Nobody has translated this yet.', 'Nobody has translated this yet.'],
])('%s', (english, german) => {
  expect(inGerman(english)).toBe(german);
});

describe('the tables and the code', () => {
  const src = path.join(import.meta.dirname, '../..');
  const packages = path.join(src, '../../../packages');
  const sourcesIn = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)testing\/|^http\/(language|reference)/.test(file))
      .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));
  // What adapters and stages say when they fail becomes the error of a call.
  const files = [src, ...['carriers', 'providers', 'voice'].map((name) => path.join(packages, name, 'src'))].flatMap(sourcesIn);

  test('every sentence a failure is made of is there in German', () => {
    const missing = files.flatMap(({ file, text }) => sentencesIn(file, text)).filter(({ sentence }) => inGerman(sentence) === sentence);
    expect(missing, 'to be added to german-failures.ts').toEqual([]);
  });

  test('no German for what nobody says any more', () => {
    const contract = path.join(packages, 'contract/src');
    const said = [...files.map(({ text }) => text), ...readdirSync(contract).map((file) => readFileSync(path.join(contract, file), 'utf8'))]
      .join('\n')
      .replaceAll("\\'", "'");
    // Sentences are put together of parts: the longest that names nothing must stand somewhere.
    const longest = (sentence: string) =>
      sentence
        .replace(/^There is no such /, '')
        .split(/\{\w+\}|(?<=must be |must have |plan allows ?)|(?= characters| entries|: pause it|, for example | \()|[.]$/)
        .reduce((a, b) => (b.length > a.length ? b : a));
    const gone = Object.keys({ ...GERMAN_FAILURES, ...GERMAN_FAULTS, ...GERMAN_TROUBLES }).filter(
      (sentence) => !said.includes(longest(sentence)),
    );
    expect(gone).toEqual([]);
  });
});

describe('over HTTP', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await createTestServer();
  });
  afterAll(() => server.close());

  test('a person reads German when the browser asks for it, a program the English of the contract', async () => {
    const german = { 'accept-language': 'de-DE,de;q=0.9,en;q=0.8' };
    const signIn = (headers: Record<string, string>) =>
      server.request('POST', '/api/auth/sign-in/email', { headers, body: { email: 'nobody', password: 'x' } });
    expect((await signIn(german)).body).toMatchObject({
      error: expect.stringMatching(/^email: muss eine E-Mail-Adresse sein/),
      details: [{ path: 'email', message: 'muss eine E-Mail-Adresse sein' }],
    });
    expect((await signIn({})).body.error).toMatch(/^email: must be an e-mail address/);
    const tenant = await server.tenant('my-team');
    expect((await tenant.get('/api/assistants/asst_01h455vb4pex5vsknk084sn02q', german)).body).toEqual({
      success: false,
      error: 'There is no such assistant.',
    });
  });

  test('why a call failed is told likewise, wherever the call is read', async () => {
    const owner = await signedUp(server);
    const { accountId } = await server.tenantOf(owner.slug);
    const { lifecycle } = server.platform;
    const call = (await lifecycle.begin({
      accountId,
      assistantId: null,
      contactId: null,
      direction: 'outbound',
      carrier: 'twilio',
      carrierRef: null,
      nodeId: server.platform.cluster.nodeId,
      fromNumber: null,
      toNumber: '+14155550101',
      language: null,
    }))!;
    const said = 'The text-to-speech (cartesia) failed: No sound came in time.';
    const german = 'Die Stimme (cartesia) ist ausgefallen: Es kam nicht rechtzeitig Ton.';
    await lifecycle.close(
      call.id,
      { status: 'failed', reason: 'provider_failed', outcome: 'error' },
      { endedAt: new Date(), durationMs: null, error: said },
    );
    const read = async (language: string) => {
      const as = { 'x-account-slug': owner.slug, 'accept-language': language };
      const one = await owner.send('GET', `/api/calls/${call.id}`, undefined, as);
      const list = await owner.send('GET', '/api/calls', undefined, as);
      return [one.body.call.error, list.body.calls[0].error];
    };
    expect(await read('de')).toEqual([german, german]);
    expect(await read('en')).toEqual([said, said]);
    const program = { authorization: `Bearer ${(await server.tenantOf(owner.slug)).key}`, 'accept-language': 'de' };
    expect((await server.request('GET', `/api/calls/${call.id}`, { headers: program })).body.call.error).toBe(said);
  });

  test('without a session the text of a 401 stays that of the contract for programs', async () => {
    const answer = await server.request('GET', '/api/api-keys', { headers: { 'accept-language': 'en' } });
    expect(answer.body).toEqual({ success: false, error: 'Unauthorized' });
  });
});

/** The argument that is the sentence, by what makes the failure. */
const MAKERS: Readonly<Record<string, number>> = {
  AppError: 2,
  conflict: 1,
  badRequest: 0,
  forbidden: 0,
  notFound: 0,
  refused: 1,
  CarrierError: 2,
  ProviderError: 2,
  failed: 1,
  fail: 1,
  breach: 0,
  missed: 0,
  gone: 1,
};

/** What failures say in a file; what a sentence names stands in it as `x`. */
function sentencesIn(file: string, text: string): { file: string; sentence: string }[] {
  const found: { file: string; sentence: string }[] = [];
  const visit = (node: ts.Node): void => {
    const maker = ts.isCallExpression(node) || ts.isNewExpression(node) ? nameOf(node.expression) : null;
    if (maker !== null) {
      const at = MAKERS[maker];
      const argument = at === undefined ? undefined : (node as ts.CallExpression | ts.NewExpression).arguments?.[at];
      for (const said of argument ? textsOf(argument) : []) {
        found.push({ file, sentence: maker === 'notFound' ? `There is no such ${said}.` : said });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** `conflict` of `conflict(…)`, `fail` of `call.fail(…)`. */
const nameOf = (node: ts.Expression): string | null =>
  ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.name.text : null;

/** A text as it is written; one that begins with a value is put together of others, which are looked at where they are made. */
function textsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return node.text ? [node.text] : [];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (!ts.isTemplateExpression(node)) return [];
  const text = node.head.text + node.templateSpans.map((span) => `x${span.literal.text}`).join('');
  return /^x(: x|[. ]*x?$)/.test(text) || /: x$/.test(text) ? [] : [text];
}
