import { expect, test } from 'vitest';
import { readEvents } from './server-events.ts';

test('events are read however the stream is cut; comments are left out', async () => {
  const text = ': hello\r\n\r\nid: 1\nevent: turn\ndata: {"text":\ndata: "ü"}\n\ndata: 7\n\n: still here\n\ndata: lost';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 3, 1000]) {
    const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size));
    const events = [];
    for await (const event of readEvents(new Response(ReadableStream.from(parts)))) events.push(event);
    expect(events).toEqual([
      { id: '1', type: 'turn', data: { text: 'ü' } },
      { id: null, type: 'message', data: 7 },
    ]);
  }
});
