import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** How one connection goes wrong, for the next that comes. */
export type Mishap =
  /** The upgrade is refused. */
  | { refuse: number; headers?: Record<string, string>; body?: string }
  /** It is never answered at all. */
  | 'hang'
  /** It opens, and nothing is ever answered, not even a ping. */
  | 'stall'
  /** Of an answer over HTTP: it begins well, and the rest never comes. */
  | 'fade'
  /** It opens and breaks at the first message. */
  | 'drop'
  /** It opens and sends what is no JSON at the first message. */
  | 'garbage'
  /** It opens and sends these messages at the first message; a function gets that message. With a code, it is closed after them. */
  | { says: readonly unknown[] | ((first: Record<string, unknown>) => readonly unknown[]); thenCloses?: number }
  /** It opens and is closed with this code at the first message. */
  | { closes: number; reason?: string };

export interface SocketRequest {
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
}

/** What all simulators of vendors with WebSockets share. */
export interface SocketSimulator {
  readonly url: string;
  readonly requests: readonly SocketRequest[];
  /** Text messages of the clients, read as JSON, over all connections. */
  readonly messages: readonly Record<string, unknown>[];
  /** Bytes of the binary messages that were taken, over all connections. */
  readonly bytes: number;
  /** Connections open now. */
  readonly open: number;
  /** The next connections go wrong like this, one each. */
  befalls(...mishaps: Mishap[]): void;
  /** How long from now on a connection takes to open, and whatever is sent to be taken up. */
  takes(pace: { openMs: number; answerMs: number }): void;
  /** Says this on every connection, whatever the vendor's wire would say. */
  tell(message: unknown): void;
  /** Cuts every connection, as a network does. */
  dropAll(): void;
  stop(): Promise<void>;
}

export interface Conversation {
  text(message: Record<string, unknown>): void;
  binary?(bytes: Buffer): void;
  closed?(): void;
}

/** How a vendor answers a plain request. */
export interface PlainAnswer {
  status: number;
  headers?: Record<string, string>;
  /** An iterable is sent piece by piece. */
  body: string | Uint8Array | Iterable<Buffer>;
}

/** Starts a WebSocket server on loopback; `converse` speaks the vendor's wire on each connection that goes well. */
export async function startSocketServer(
  converse: (socket: { send(message: unknown): void; close(code: number, reason?: string): void }, request: SocketRequest) => Conversation,
  /** Status and body for a request that the vendor would refuse. */
  refuses: (request: SocketRequest) => { status: number; headers?: Record<string, string>; body: string } | null = () => null,
  /** Answers requests that are no sockets, with the JSON they carry; null: there is nothing at that path. */
  answers: (request: SocketRequest, body: Record<string, unknown>) => PlainAnswer | null = () => null,
): Promise<SocketSimulator> {
  const requests: SocketRequest[] = [];
  const messages: Record<string, unknown>[] = [];
  const mishaps: Mishap[] = [];
  let pace = { openMs: 0, answerMs: 0 };
  let bytes = 0;
  const sockets = new Set<WebSocket>();
  /** Connections whose upgrade is never answered. */
  const streams = new Set<Duplex>();
  const healthy = new WebSocketServer({ noServer: true });
  const dead = new WebSocketServer({ noServer: true, autoPong: false });

  function refuse(stream: Duplex, status: number, headers: Record<string, string> = {}, body = ''): void {
    const lines = Object.entries({
      'content-type': 'application/json',
      'content-length': `${Buffer.byteLength(body)}`,
      connection: 'close',
      ...headers,
    });
    stream.end(`HTTP/1.1 ${status} Refused\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`);
  }

  function misfortune(socket: WebSocket, mishap: Mishap): void {
    socket.on('message', (data: Buffer, binary) => {
      if (!binary) messages.push(JSON.parse(data.toString('utf8')) as Record<string, unknown>);
    });
    socket.once('message', (data: Buffer, binary) => {
      if (mishap === 'drop') socket.terminate();
      else if (mishap === 'garbage') socket.send('<html>not today</html>');
      else if (typeof mishap === 'object' && 'says' in mishap) {
        const { says } = mishap;
        const said = typeof says === 'function' ? says(binary ? {} : (JSON.parse(data.toString('utf8')) as Record<string, unknown>)) : says;
        for (const one of said) socket.send(JSON.stringify(one));
        if (mishap.thenCloses !== undefined) socket.close(mishap.thenCloses);
      } else if (typeof mishap === 'object' && 'closes' in mishap) socket.close(mishap.closes, mishap.reason);
    });
  }

  function serve(socket: WebSocket, request: SocketRequest): void {
    const conversation = converse(
      {
        send: (message) => socket.send(message instanceof Uint8Array ? message : JSON.stringify(message)),
        close: (code, reason) => socket.close(code, reason),
      },
      request,
    );
    socket.on('message', (data: Buffer, binary) => {
      if (binary) {
        bytes += data.length;
        return conversation.binary?.(data);
      }
      const message = JSON.parse(data.toString('utf8')) as Record<string, unknown>;
      messages.push(message);
      if (pace.answerMs > 0) setTimeout(() => conversation.text(message), pace.answerMs);
      else conversation.text(message);
    });
    socket.on('close', () => conversation.closed?.());
  }

  function arrived(incoming: IncomingMessage): { request: SocketRequest; mishap: Mishap | undefined } {
    const { pathname: path, searchParams: query } = new URL(incoming.url ?? '/', 'http://localhost');
    const request: SocketRequest = { path, query, headers: incoming.headers };
    requests.push(request);
    return { request, mishap: mishaps.shift() };
  }

  /** Piece by piece, in packets of their own, as over a network. */
  async function stream(pieces: Iterable<Buffer>, response: ServerResponse, fades: boolean): Promise<void> {
    for (const piece of pieces) {
      if (response.destroyed) return;
      response.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
      if (fades) return;
    }
    response.end();
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { request, mishap } = arrived(incoming);
    if (pace.answerMs > 0) await new Promise((resolve) => setTimeout(resolve, pace.answerMs));
    let sent = '';
    for await (const piece of incoming.setEncoding('utf8')) sent += piece;
    const carried = sent === '' ? {} : (JSON.parse(sent) as Record<string, unknown>);
    if (sent !== '') messages.push(carried);
    if (mishap === 'stall' || mishap === 'hang') return;
    if (mishap === 'drop') return void response.destroy();
    if (mishap === 'garbage') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>not today</html>');
    const refused = typeof mishap === 'object' && 'refuse' in mishap ? { ...mishap, status: mishap.refuse } : null;
    const { status, headers, body } = refused ?? answers(request, carried) ?? { status: 404, body: '' };
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) response.end(body ?? '');
    else void stream(body, response, mishap === 'fade');
  }

  const server = createServer((incoming, response) => void answer(incoming, response).catch(() => response.destroy()));
  server.on('upgrade', (incoming, stream, head) => {
    if (pace.openMs > 0) setTimeout(() => upgrade(incoming, stream, head), pace.openMs);
    else upgrade(incoming, stream, head);
  });
  function upgrade(incoming: IncomingMessage, stream: Duplex, head: Buffer): void {
    const { request, mishap } = arrived(incoming);
    if (mishap === 'hang') return void streams.add(stream);
    if (typeof mishap === 'object' && 'refuse' in mishap) return void refuse(stream, mishap.refuse, mishap.headers, mishap.body);
    const refusal = refuses(request);
    if (refusal) return void refuse(stream, refusal.status, refusal.headers, refusal.body);
    (mishap === 'stall' ? dead : healthy).handleUpgrade(incoming, stream, head, (socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.terminate());
      socket.on('close', () => sockets.delete(socket));
      if (mishap) misfortune(socket, mishap);
      else serve(socket, request);
    });
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dropAll = () => {
    for (const socket of sockets) socket.terminate();
    for (const stream of streams) stream.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    messages,
    get bytes() {
      return bytes;
    },
    get open() {
      return sockets.size;
    },
    befalls: (...more) => void mishaps.push(...more),
    takes(next) {
      pace = next;
    },
    tell(message) {
      for (const socket of sockets) socket.send(JSON.stringify(message));
    },
    dropAll,
    async stop() {
      dropAll();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
