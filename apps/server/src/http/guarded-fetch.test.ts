import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AddressForbiddenError } from './address-guard.ts';
import { createGuardedFetch } from './guarded-fetch.ts';

let server: Server;
let origin: string;
/** Where the made-up name leads; what the guard would refuse is let through here on purpose. */
const fetch = createGuardedFetch((_host, options, done) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
);

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/away') return void response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    if (request.url === '/none') return void response.writeHead(204).end();
    if (request.url === '/stall') return;
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => response.setHeader('x-method', `${request.method}`).end(`${request.headers['x-sent']} ${body}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://model.example:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.closeAllConnections());

test('it speaks like fetch', async () => {
  const answer = await fetch(`${origin}/x`, { method: 'POST', headers: { 'x-sent': 'héader'.slice(0, 1) }, body: 'grüße' });
  expect([answer.status, answer.headers.get('x-method'), await answer.text()]).toEqual([200, 'POST', 'h grüße']);
  expect((await fetch(`${origin}/none`)).status).toBe(204);
});

test('a redirect is not followed', async () => {
  expect((await fetch(`${origin}/away`)).status).toBe(302);
});

test('it ends when it is told to', async () => {
  const ended = new AbortController();
  const waiting = fetch(`${origin}/stall`, { signal: ended.signal });
  ended.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

test.each(['http://127.0.0.1:1/', 'http://[::1]/', 'http://169.254.169.254/latest', 'http://10.0.0.8/v1'])(
  '%s is refused',
  async (address) => {
    await expect(createGuardedFetch()(address)).rejects.toBeInstanceOf(AddressForbiddenError);
  },
);

test('a name that leads inside is refused', async () => {
  const { port } = server.address() as AddressInfo;
  await expect(createGuardedFetch()(`http://localhost:${port}/`)).rejects.toBeInstanceOf(AddressForbiddenError);
});

test('other protocols are none of its business', async () => {
  await expect(createGuardedFetch()('file:///etc/passwd')).rejects.toThrow('not an address of the web');
});
