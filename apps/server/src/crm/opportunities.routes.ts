import { createOpportunity, deleteOpportunity, getOpportunity, listOpportunities, updateOpportunity } from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { sameAccount } from '../http/caller.ts';
import { serve } from '../http/serve.ts';
import { type Opportunities, toRecord } from './opportunities.ts';

export function opportunityRoutes(app: FastifyInstance, { opportunities }: { opportunities: Opportunities }): void {
  serve(app, createOpportunity, async ({ caller, body }) => {
    sameAccount(caller, body);
    return { opportunity: toRecord(await opportunities.create(caller, body)) };
  });

  serve(app, listOpportunities, async ({ caller, query }) => {
    sameAccount(caller, query);
    const { rows, count, amount } = await opportunities.list(caller, query);
    return { opportunities: rows.map(toRecord), count, limit: query.limit, offset: query.offset, amount };
  });

  serve(app, getOpportunity, async ({ caller, params }) => ({
    opportunity: toRecord(await opportunities.get(caller, params.opportunityId)),
  }));

  serve(app, updateOpportunity, async ({ caller, params, body }) => ({
    opportunity: toRecord(await opportunities.change(caller, params.opportunityId, body)),
  }));

  serve(app, deleteOpportunity, async ({ caller, params }) => {
    await opportunities.remove(caller, params.opportunityId);
    return { id: params.opportunityId };
  });
}
