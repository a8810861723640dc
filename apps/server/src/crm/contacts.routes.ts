import { createContact, deleteContact, eraseContact, getContact, listContacts, updateContact } from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { sameAccount } from '../http/caller.ts';
import { serve } from '../http/serve.ts';
import { toRecord } from './contact-record.ts';
import type { Contacts } from './contacts.ts';

export function contactRoutes(app: FastifyInstance, { contacts }: { contacts: Contacts }): void {
  serve(app, createContact, async ({ caller, body }) => {
    sameAccount(caller, body);
    return { contact: toRecord(await contacts.create(caller, body)) };
  });

  serve(app, listContacts, async ({ caller, query }) => {
    sameAccount(caller, query);
    const { rows, count } = await contacts.list(caller, query);
    return { contacts: rows.map(toRecord), count, limit: query.limit, offset: query.offset };
  });

  serve(app, getContact, async ({ caller, params }) => ({ contact: toRecord(await contacts.get(caller, params.contactId)) }));

  serve(app, updateContact, async ({ caller, params, body }) => ({
    contact: toRecord(await contacts.change(caller, params.contactId, body)),
  }));

  serve(app, deleteContact, async ({ caller, params }) => {
    await contacts.remove(caller, params.contactId);
    return { id: params.contactId };
  });

  serve(app, eraseContact, async ({ caller, params }) => ({
    id: params.contactId,
    erased: { calls: await contacts.erase(caller, params.contactId) },
  }));
}
