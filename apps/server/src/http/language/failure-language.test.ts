import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestServer, type TestServer } from '../../testing/test-server.ts';
import { inGerman, prefersGerman } from './failure-language.ts';
import { GERMAN_FAILURES } from './german-failures.ts';
import { GERMAN_FAULTS } from './german-faults.ts';

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
  ['Nobody has translated this yet.', 'Nobody has translated this yet.'],
])('%s', (english, german) => {
  expect(inGerman(english)).toBe(german);
});

describe('the tables and the code', () => {
  const src = path.join(import.meta.dirname, '../..');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^testing|language|reference/.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(src, file), 'utf8') }));

  test('every sentence a failure is made of is there in German', () => {
    const missing = files.flatMap(({ file, text }) => sentencesIn(file, text)).filter(({ sentence }) => inGerman(sentence) === sentence);
    expect(missing, 'to be added to german-failures.ts').toEqual([]);
  });

  test('no German for what nobody says any more', () => {
    const contract = path.join(src, '../../../packages/contract/src');
    const said = [...files.map(({ text }) => text), ...readdirSync(contract).map((file) => readFileSync(path.join(contract, file), 'utf8'))]
      .join('\n')
      .replaceAll("\\'", "'");
    // Sentences are put together of parts: the longest that names nothing must stand somewhere.
    const longest = (sentence: string) =>
      sentence
        .replace(/^There is no such /, '')
        .split(/\{\w+\}|(?<=must be |must have |plan allows ?)|(?= characters| entries|: pause it|, for example )|[.]$/)
        .reduce((a, b) => (b.length > a.length ? b : a));
    const gone = Object.keys({ ...GERMAN_FAILURES, ...GERMAN_FAULTS }).filter((sentence) => !said.includes(longest(sentence)));
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

  test('without a session the text of a 401 stays that of the contract for programs', async () => {
    const answer = await server.request('GET', '/api/api-keys', { headers: { 'accept-language': 'en' } });
    expect(answer.body).toEqual({ success: false, error: 'Unauthorized' });
  });
});

/** The argument that is the sentence, by what makes the failure. */
const MAKERS: Readonly<Record<string, number>> = { AppError: 2, conflict: 1, badRequest: 0, forbidden: 0, notFound: 0, refused: 1 };

/** What failures say in a file; what a sentence names stands in it as `x`. */
function sentencesIn(file: string, text: string): { file: string; sentence: string }[] {
  const found: { file: string; sentence: string }[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression)) {
      const at = MAKERS[node.expression.text];
      const argument = at === undefined ? undefined : node.arguments?.[at];
      for (const said of argument ? textsOf(argument) : []) {
        found.push({ file, sentence: node.expression.text === 'notFound' ? `There is no such ${said}.` : said });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** A text as it is written; one that begins with a value is put together of others, which are looked at where they are made. */
function textsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return node.text ? [node.text] : [];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (!ts.isTemplateExpression(node)) return [];
  const text = node.head.text + node.templateSpans.map((span) => `x${span.literal.text}`).join('');
  return /^x(: x|[. ]*x?$)/.test(text) || /: x$/.test(text) ? [] : [text];
}
