import { cloneAssistant, createAssistant, deleteAssistant, getAssistant, listAssistants, updateAssistant } from '@talkturo/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sameAccount } from '../http/caller.ts';
import { ifMatchOf } from '../http/etag.ts';
import { serve } from '../http/serve.ts';
import { type Assistant, type Assistants, etagOf, toRecord } from './assistants.ts';

export function assistantRoutes(app: FastifyInstance, { assistants }: { assistants: Assistants }): void {
  serve(app, createAssistant, async ({ caller, body, reply }) => {
    sameAccount(caller, body);
    return answer(reply, await assistants.create(caller, body));
  });

  serve(app, getAssistant, async ({ caller, params, reply }) => answer(reply, await assistants.get(caller, params.assistantId)));

  serve(app, listAssistants, async ({ caller, query }) => {
    sameAccount(caller, query);
    const { rows, count } = await assistants.list(caller, query);
    return { assistants: rows.map(toRecord), count, limit: query.limit, offset: query.offset };
  });

  serve(app, updateAssistant, async ({ caller, params, body, request, reply }) => {
    sameAccount(caller, body);
    const { accountSlug: _, ...changes } = body;
    return answer(reply, await assistants.change(caller, params.assistantId, changes, ifMatchOf(request)));
  });

  serve(app, deleteAssistant, async ({ caller, params, query, request }) => {
    sameAccount(caller, query);
    await assistants.remove(caller, params.assistantId, ifMatchOf(request));
    return {};
  });

  serve(app, cloneAssistant, async ({ caller, params, body, reply }) => {
    sameAccount(caller, body);
    return answer(reply, await assistants.clone(caller, params.assistantId, body.name));
  });
}

function answer(reply: FastifyReply, row: Assistant) {
  reply.header('etag', etagOf(row));
  return { assistant: toRecord(row) };
}
