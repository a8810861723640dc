import type { FastifyReply, FastifyRequest } from 'fastify';

/** What better-auth reads of a request: cookies, browser and address. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  // The address is the socket's, or a trusted proxy's word for it; never what the client says of itself.
  headers.set('x-client-address', request.ip);
  return headers;
}

/** Hands the cookies better-auth set on to the browser. */
export function passCookies(from: Headers, reply: FastifyReply): void {
  const cookies = from.getSetCookie();
  if (cookies.length > 0) reply.header('set-cookie', cookies);
}
