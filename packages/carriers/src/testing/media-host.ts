import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Carrier } from '../carrier.ts';
import { serveMedia } from '../media-socket/media-server.ts';

/** A server on loopback that takes the media sockets and webhooks of carriers, as the product's server does. */
export interface MediaHost {
  /** ws: address of the server, without a path. */
  readonly url: string;
  /** Carriers come after the host, for they are told its address. */
  readonly carriers: Carrier[];
  close(): Promise<void>;
}

export const startMediaHost = async (): Promise<MediaHost> => {
  const carriers: Carrier[] = [];
  const takeWebhook = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = request.url ?? '/';
    const webhook = carriers.find((one) => one.webhook?.path === url.split('?', 1)[0])?.webhook;
    const answer = webhook ? await webhook.receive(request.headers, Buffer.concat(chunks), url) : 404;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  };
  const server = createServer((request, response) => {
    takeWebhook(request, response).catch(() => response.destroy());
  });
  const connections = new Set<Socket>();
  server.on('connection', (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
  });
  const stop = serveMedia(server, carriers, { exclusive: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    carriers,
    async close() {
      stop();
      for (const connection of connections) connection.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
