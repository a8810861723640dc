import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a receiver got it. */
export interface Received {
  headers: http.IncomingHttpHeaders;
  body: string;
  /** The event's data. */
  data: Record<string, unknown>;
  type: string;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** Resolves once `count` requests came in all. */
  has(count: number): Promise<void>;
  close(): Promise<void>;
}

/** What to do with the nth request (from 0). Leaving it alone keeps the sender waiting. */
export type Answering = (request: Received, response: http.ServerResponse, index: number) => void;

/** A local server that takes webhooks; answers 200 unless told otherwise. */
export async function startReceiver(answer: Answering = (_request, response) => response.end('thanks')): Promise<Receiver> {
  const received: Received[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { data, type } = JSON.parse(body) as { data: Record<string, unknown>; type: string };
      const index = received.push({ headers: request.headers, body, data, type }) - 1;
      for (const one of waiting) if (received.length >= one.count) one.resolve();
      answer(received[index]!, response, index);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    has: (count) => (received.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve }))),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
