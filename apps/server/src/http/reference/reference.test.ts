import { openApiDocument } from '@talkturo/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type TestServer } from '../../testing/test-server.ts';
import { inGerman } from './german.ts';
import { colouredJson, markup } from './markup.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

test('the document names the server it was asked at', async () => {
  const { body } = await server.request('GET', '/api/openapi.json', { headers: { host: 'phones.example:8080' } });
  expect(body.openapi).toBe('3.1.0');
  expect(body.servers[0].url).toBe('http://phones.example:8080');
  expect(body.paths['/api/assistants'].post.operationId).toBe('createAssistant');
  expect(body.components.schemas.Assistant.properties.id.description).toBeTruthy();
});

test('a host that is no address does not get into the page', async () => {
  const { text } = await server.request('GET', '/docs', { headers: { host: '"><script>alert(1)</script>' } });
  expect(text).not.toContain('alert(1)');
  expect(text).toContain('http://localhost/api');
});

test('the page loads nothing and lets nothing run but itself', async () => {
  const { status, text, headers } = await server.request('GET', '/docs');
  expect(status).toBe(200);
  expect(text.match(/(?:src|href)="(?!#|\/docs|\/api)[^"]*"/g)).toBeNull();
  expect(headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'sha256-/);
  expect(text).toContain('id="createAssistant"');
  expect(text).toContain('curl -X POST &quot;http://localhost');
});

test('the German page speaks German', async () => {
  const { text } = await server.request('GET', '/docs/de');
  expect(text).toContain('<html lang="de">');
  expect(text).toContain('Einen Assistenten anlegen');
  expect(text).toContain('Endpunkt suchen');
});

test('nearly every sentence of the German page is German', () => {
  const document = openApiDocument('http://localhost');
  const missing = new Set<string>();
  let all = 0;
  const record = (sentence: string) => {
    all++;
    if (inGerman(sentence) === undefined) missing.add(sentence);
    return sentence;
  };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      const spoken = (name === 'description' || name === 'summary') && typeof inner === 'string';
      if (spoken) inner.split('\n\n').forEach(record);
      else if (name !== 'example' && name !== 'examples') visit(inner);
    }
  };
  visit(document.paths);
  visit(document.components.schemas);
  // A new endpoint may go out before its translation, many may not.
  expect(all).toBeGreaterThan(500);
  expect([...missing].slice(0, missing.size > all / 20 ? 20 : 0)).toEqual([]);
});

test('descriptions and examples cannot break out of the page', () => {
  expect(markup('a `<b>` & "c"\n\n- one\n- `two`')).toBe(
    '<p>a <code>&lt;b&gt;</code> &amp; &quot;c&quot;</p>\n<ul><li>one</li><li><code>two</code></li></ul>',
  );
  const shown = colouredJson({ 'a"b': '</code><script>', n: -1.5, w: [true, null] });
  expect(shown).not.toContain('<script>');
  expect(shown.replace(/<[^>]*>/g, '')).toBe(
    JSON.stringify({ 'a"b': '</code><script>', n: -1.5, w: [true, null] }, null, 2)
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;'),
  );
});
