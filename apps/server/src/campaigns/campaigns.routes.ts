import * as contract from '@talkturo/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Database } from '../database/connect.ts';
import { ifMatchOf } from '../http/etag.ts';
import { serve } from '../http/serve.ts';
import type { CampaignContacts } from './campaign-contacts.ts';
import { etagOf, recordsOf } from './campaign-record.ts';
import type { CampaignStreams } from './campaign-stream.ts';
import type { CampaignRow } from './campaigns.table.ts';
import type { Campaigns } from './campaigns.ts';
import { dashboardOf } from './dashboard.ts';
import { outboundAssistants } from './outbound-assistants.ts';
import { preflightOf } from './preflight.ts';

export interface CampaignRoutes {
  db: Database;
  campaigns: Campaigns;
  campaignContacts: CampaignContacts;
  campaignStreams: CampaignStreams;
  lendsNumbers: boolean;
}

export function campaignRoutes(
  app: FastifyInstance,
  { db, campaigns, campaignContacts, campaignStreams, lendsNumbers }: CampaignRoutes,
): void {
  const record = async (row: CampaignRow) => ({ campaign: (await recordsOf(db, [row]))[0]! });
  const answer = (reply: FastifyReply, row: CampaignRow) => {
    reply.header('etag', etagOf(row));
    return record(row);
  };

  serve(app, contract.createCampaign, async ({ caller, body, reply }) => answer(reply, await campaigns.create(caller, body)));
  serve(app, contract.listCampaigns, async ({ caller, query }) => {
    const { rows, count } = await campaigns.list(caller, query);
    return { campaigns: await recordsOf(db, rows), count, limit: query.limit, offset: query.offset };
  });
  serve(app, contract.getCampaign, async ({ caller, params, reply }) => answer(reply, await campaigns.get(caller, params.campaignId)));
  serve(app, contract.updateCampaign, async ({ caller, params, body, request, reply }) =>
    answer(reply, await campaigns.change(caller, params.campaignId, body, ifMatchOf(request))),
  );
  serve(app, contract.deleteCampaign, async ({ caller, params, request }) => {
    await campaigns.remove(caller, params.campaignId, ifMatchOf(request));
    return {};
  });
  serve(app, contract.runCampaign, async ({ caller, params, body, reply }) =>
    answer(reply, await campaigns.run(caller, params.campaignId, body.action)),
  );

  serve(app, contract.listCampaignContacts, ({ caller, params, query }) => campaignContacts.list(caller, params.campaignId, query));
  serve(app, contract.addCampaignContacts, async ({ caller, params, body }) => {
    const { row, ...enrolled } = await campaignContacts.add(caller, params.campaignId, body);
    return { ...enrolled, ...(await record(row)) };
  });
  serve(app, contract.removeCampaignContacts, async ({ caller, params, body }) => {
    const { row, ...counts } = await campaignContacts.remove(caller, params.campaignId, body.contactIds);
    return { ...counts, ...(await record(row)) };
  });

  serve(app, contract.getCampaignDashboard, async ({ caller, params }) => ({
    dashboard: await dashboardOf(db, await campaigns.get(caller, params.campaignId), new Date()),
  }));
  serve(app, contract.followCampaign, async ({ caller, params, reply }) => {
    const { id } = await campaigns.get(caller, params.campaignId);
    const figures = async () => dashboardOf(db, await campaigns.get(caller, id), new Date());
    await campaignStreams.follow(reply, id, figures);
    return reply;
  });
  app.addHook('preClose', async () => campaignStreams.close());
  serve(app, contract.preflightCampaign, async ({ caller, params }) => ({
    preflight: await preflightOf(db, await campaigns.get(caller, params.campaignId), new Date(), lendsNumbers),
  }));
  serve(app, contract.listOutboundAssistants, ({ caller, query }) => outboundAssistants(db, caller, query));
}
