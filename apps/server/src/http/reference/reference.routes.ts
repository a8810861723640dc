import { germanReferencePage, type OpenApiDocument, openApi, openApiDocument, referencePage } from '@talkturo/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { serve } from '../serve.ts';
import { PAGE_POLICY, referencePageOf } from './page.ts';
import type { Language } from './words.ts';

/** Stands for the server's address in what is made once for all requests. */
const HERE = 'https://talkturo.invalid';

/** The contract as a document and as pages. Made on first need, the same for everybody but for the address of the server. */
export function referenceRoutes(app: FastifyInstance, { publicUrl }: { publicUrl: string | undefined }): void {
  let document: OpenApiDocument | undefined;
  let json: string | undefined;
  const pages = new Map<Language, string>();
  const made = () => {
    document ??= openApiDocument(HERE);
    return document;
  };
  const page = (language: Language, request: FastifyRequest, reply: FastifyReply) => {
    const text = pages.get(language) ?? referencePageOf(made(), language);
    pages.set(language, text);
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', PAGE_POLICY)
      .header('cache-control', 'no-cache')
      .send(text.replaceAll(HERE, addressOf(request, publicUrl)));
  };

  serve(app, openApi, ({ request, reply }) => {
    json ??= JSON.stringify(made());
    return reply.type('application/json; charset=utf-8').send(json.replaceAll(HERE, addressOf(request, publicUrl)));
  });
  serve(app, referencePage, ({ request, reply }) => page('en', request, reply));
  serve(app, germanReferencePage, ({ request, reply }) => page('de', request, reply));
}

/** Where this request reached us. What the client says of it is believed only as far as it looks like an address. */
function addressOf(request: FastifyRequest, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  return /^[\w.:[\]-]{1,255}$/.test(request.host) ? `${request.protocol}://${request.host}` : 'http://localhost';
}
