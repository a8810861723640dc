import { importContacts } from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { sameAccount } from '../../http/caller.ts';
import { serve } from '../../http/serve.ts';
import type { ContactImport } from './contact-import.ts';

export function importRoutes(app: FastifyInstance, { contactImport }: { contactImport: ContactImport }): void {
  serve(app, importContacts, async ({ caller, query, body, stream, request }) => {
    sameAccount(caller, query);
    if (!stream) return contactImport.fromList(caller, query, body.contacts);
    const charset = /;\s*charset="?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    return contactImport.fromCsv(caller, query, stream, charset);
  });
}
