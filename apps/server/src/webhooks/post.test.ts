import { afterEach, expect, test } from 'vitest';
import { post } from './post.ts';
import { type Answering, type Receiver, startReceiver } from './testing/receiver.ts';

let receiver: Receiver | undefined;
afterEach(() => receiver?.close());

const body = Buffer.from('{"type":"webhook.test","data":{}}');
async function send(answer: Answering, timeoutMs = 5_000) {
  receiver = await startReceiver(answer);
  return post({ url: receiver.url, headers: { 'content-type': 'application/json' }, body, timeoutMs, guard: false });
}

test('200 counts as taken', async () => {
  expect(await send((_request, response) => response.end('thanks'))).toMatchObject({ status: 200, error: null, response: 'thanks' });
  expect(receiver?.received[0]?.body).toBe(body.toString());
});

test('a redirect is a failure and is not followed', async () => {
  const result = await send((_request, response) => response.writeHead(302, { location: receiver!.url }).end());
  expect(result).toMatchObject({ status: 302, error: 'It answered 302: redirects are not followed.' });
  expect(receiver?.received.length).toBe(1);
});

test('no answer in time is a failure', async () => {
  expect(await send(() => {}, 50)).toMatchObject({ status: null, error: 'It did not answer within 0.05 seconds.' });
});

test('a broken connection is a failure', async () => {
  expect(await send((_request, response) => response.destroy())).toMatchObject({ status: null, error: 'It broke the connection off.' });
});

test('an endless answer is cut off', async () => {
  const result = await send((_request, response) => {
    const more = () => {
      if (!response.destroyed) response.write('x'.repeat(65_536), more);
    };
    more();
  });
  expect(result).toMatchObject({ status: 200, error: null });
  expect(result.response?.length).toBe(1_000);
});

test('an answer whose text never ends counts by its status', async () => {
  const result = await send((_request, response) => response.writeHead(200).write('slow'), 100);
  expect(result).toMatchObject({ status: 200, error: null, response: 'slow' });
});

test('Retry-After is read', async () => {
  const result = await send((_request, response) => response.writeHead(429, { 'retry-after': '7' }).end());
  expect(result).toMatchObject({ status: 429, retryAfterMs: 7_000 });
});

test('nobody there, or no such name', async () => {
  receiver = await startReceiver();
  await receiver.close();
  const options = { headers: {}, body, timeoutMs: 5_000, guard: false };
  expect(await post({ ...options, url: receiver.url })).toMatchObject({ status: null, error: 'It refused the connection.' });
  expect(await post({ ...options, url: 'http://nobody.invalid/' })).toMatchObject({
    status: null,
    error: 'Its name could not be resolved.',
  });
  receiver = undefined;
});
