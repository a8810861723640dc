// A process of its own beside the tests': on request it opens a further server on a test's database, with the same settings, so that
// the feature tests run against two server processes at once. Speaks over IPC with the run's global set-up, and HTTP with the tests.
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFurtherNode } from './further-node.ts';

/** What a test asks for. */
export interface FurtherNodeWish {
  settings: Record<string, string>;
  databaseUrl: string;
}

const nodes = new Map<number, { close(): Promise<void> }>();

// Connections that are kept never close by themselves: none is lost between two requests.
const control = createHttpServer({ keepAliveTimeout: 0 }, (request, answer) => {
  const done = (status: number, body: object) => answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  open(request).then(
    (body) => done(200, body),
    (error: Error) => done(500, { error: error.message }),
  );
});
control.listen(0, '127.0.0.1', () => process.send?.((control.address() as AddressInfo).port));
process.once('disconnect', () => process.exit(0));

/** POST opens a node and names its port; DELETE /port closes it. */
async function open(request: IncomingMessage): Promise<{ port: number }> {
  if (request.method === 'DELETE') {
    const port = Number(request.url?.slice(1));
    await nodes.get(port)?.close();
    nodes.delete(port);
    return { port };
  }
  const { settings, databaseUrl } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as FurtherNodeWish;
  const node = await createFurtherNode(settings, databaseUrl);
  nodes.set(node.port, node);
  return { port: node.port };
}
