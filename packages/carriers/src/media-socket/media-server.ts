import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Carrier } from '../carrier.ts';
import { MAX_MESSAGE_BYTES } from './media-message.ts';

const refuse = (socket: Duplex, status: '401 Unauthorized' | '404 Not Found') =>
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);

/**
 * Takes the upgrade of the carriers' media sockets on an HTTP server. A wrong token gets 401; a path that is no carrier's gets 404 when
 * `exclusive`, else it is left to others who listen. Returns a function that stops it.
 */
export const serveMedia = (server: Server, carriers: readonly Carrier[], { exclusive }: { exclusive: boolean }): (() => void) => {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_MESSAGE_BYTES });
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = request.url?.split('?', 1)[0];
    const carrier = carriers.find(({ media }) => media.path === path || (media.ofAccounts && path?.startsWith(`${media.path}/`)));
    // A socket that breaks before it is a WebSocket concerns nobody else.
    socket.on('error', () => socket.destroy());
    if (!carrier) return exclusive ? refuse(socket, '404 Not Found') : undefined;
    if (!carrier.media.allows(request)) return refuse(socket, '401 Unauthorized');
    sockets.handleUpgrade(request, socket, head, (media) => carrier.media.accept(media, request));
  };
  server.on('upgrade', onUpgrade);
  return () => {
    server.off('upgrade', onUpgrade);
    sockets.close();
  };
};
