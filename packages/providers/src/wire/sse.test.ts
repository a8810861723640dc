import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readServerEvents, type ServerEvent } from './sse.ts';

async function read(...pieces: (string | Uint8Array)[]): Promise<ServerEvent[]> {
  async function* body() {
    for (const piece of pieces) yield typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
  }
  const events: ServerEvent[] = [];
  for await (const event of readServerEvents('test', body())) events.push(event);
  return events;
}

const message = (data: string) => ({ event: 'message', data });

test.each([
  ['one event', 'data: a\n\n', [message('a')]],
  ['no space after the colon', 'data:a\n\n', [message('a')]],
  ['only the first space goes', 'data:  a\n\n', [message(' a')]],
  ['carriage returns', 'data: a\r\n\r\ndata: b\r\r', [message('a'), message('b')]],
  ['several lines', 'data: a\ndata: b\n\n', [message('a\nb')]],
  ['a named event', 'event: ping\ndata: {}\n\ndata: b\n\n', [{ event: 'ping', data: '{}' }, message('b')]],
  ['comments and unknown fields', ': keep-alive\n\nid: 7\nretry: 5\ndata: a\n\n', [message('a')]],
  ['a byte order mark', '\uFEFFdata: a\n\n', [message('a')]],
  ['an empty data line', 'data\n\n', [message('')]],
  ['an event cut off by the end', 'data: a\n\ndata: b\n', [message('a')]],
  ['nothing', '', []],
])('%s', async (_, text, events) => {
  expect(await read(text)).toEqual(events);
});

test('wherever the network cuts, the events are the same', async () => {
  const bytes = new TextEncoder().encode(': hi\r\n\r\nevent: x\r\ndata: größe ✓ 😀\r\n\r\ndata: a\ndata: b\n\ndata: [DONE]\n\n');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 8 }), async (cuts) => {
      const points = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const pieces = points.slice(1).map((end, i) => bytes.subarray(points[i], end));
      expect(await read(...pieces)).toEqual([{ event: 'x', data: 'größe ✓ 😀' }, message('a\nb'), message('[DONE]')]);
    }),
  );
});

test('an endless event is refused', async () => {
  await expect(read(`data: ${'x'.repeat(2 << 20)}`)).rejects.toMatchObject({ kind: 'protocol' });
});
