import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where the built dashboard lies. */
const DIST = path.join(import.meta.dirname, '../../../dashboard/dist');
/** Pages are drawn in the browser: all of them are the same document. */
const PAGES = ['/', '/sign-in', '/invitation/*', '/home', '/home/*'];
/** Scripts and styles come from here alone; sound and sockets too. `blob:` is the recording in the player. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' blob:; connect-src 'self' ws: wss: blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** Serves the dashboard, if it has been built. Files carry a hash in their names and may be kept for good. */
export function dashboardFiles(app: FastifyInstance): void {
  if (!existsSync(path.join(DIST, 'index.html'))) return;
  app.register(fastifyStatic, {
    root: DIST,
    wildcard: false,
    index: false,
    cacheControl: false,
    // The build leaves .br and .gz beside each file.
    preCompressed: true,
    setHeaders: (reply, file) => {
      const kept = file.includes(`${path.sep}assets${path.sep}`);
      reply.header('cache-control', kept ? 'public, max-age=31536000, immutable' : 'no-cache');
      // Pages elsewhere may load the client of web calls from here.
      if (file.includes(`${path.sep}web-call${path.sep}`)) reply.header('access-control-allow-origin', '*');
    },
  });
  for (const url of PAGES) {
    app.get(url, (_request, reply) =>
      reply
        .header('content-security-policy', POLICY)
        .header('x-frame-options', 'DENY')
        .header('cache-control', 'no-cache')
        .sendFile('index.html'),
    );
  }
}
