import { expect, it } from 'vitest';
import { readServerSentEvents } from './server-sent-events.ts';

const read = async (...pieces: string[]) => {
  async function* stream() {
    for (const piece of pieces) yield new TextEncoder().encode(piece);
  }
  const all: string[] = [];
  for await (const data of readServerSentEvents(stream())) all.push(data);
  return all;
};

it('reads data wherever the pieces are cut, and passes comments, ids and names over', async () => {
  expect(await read(': hi\n\nid: 1\nevent: turn\nda', 'ta: {"a":1}\n', '\ndata:two\ndata: lines\r\n\r', '\ndata: cut')).toEqual([
    '{"a":1}',
    'two\nlines',
  ]);
});

it('gives up on a line without end', async () => {
  await expect(read('data: '.padEnd(1_000_002, 'x'))).rejects.toThrow(/too long/);
});
