import { createCustomField, deleteCustomField, listCustomFields, updateCustomField } from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { sameAccount } from '../http/caller.ts';
import { serve } from '../http/serve.ts';
import { type CustomFields, toRecord } from './custom-fields.ts';

export function customFieldRoutes(app: FastifyInstance, { customFields }: { customFields: CustomFields }): void {
  serve(app, createCustomField, async ({ caller, body }) => {
    sameAccount(caller, body);
    return { customField: toRecord(await customFields.create(caller, body)) };
  });

  serve(app, listCustomFields, async ({ caller, query }) => {
    sameAccount(caller, query);
    const { rows, count } = await customFields.list(caller, query);
    return { customFields: rows.map(toRecord), count, limit: query.limit, offset: query.offset };
  });

  serve(app, updateCustomField, async ({ caller, params, body }) => ({
    customField: toRecord(await customFields.change(caller, params.customFieldId, body)),
  }));

  serve(app, deleteCustomField, async ({ caller, params }) => {
    await customFields.remove(caller, params.customFieldId);
    return { id: params.customFieldId };
  });
}
