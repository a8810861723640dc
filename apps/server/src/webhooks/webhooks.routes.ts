import * as contract from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { sameAccount } from '../http/caller.ts';
import { serve } from '../http/serve.ts';
import type { AccountKeys } from './account-keys.ts';
import type { Deliveries } from './deliveries.ts';
import type { Webhooks } from './webhooks.ts';

export interface WebhookRoutes {
  webhooks: Webhooks;
  deliveries: Deliveries;
  keys: AccountKeys;
}

export function webhookRoutes(app: FastifyInstance, { webhooks, deliveries, keys }: WebhookRoutes): void {
  serve(app, contract.listWebhooks, ({ caller, query }) => webhooks.list(caller, query));
  serve(app, contract.createWebhook, ({ caller, body }) => webhooks.create(caller, body));
  serve(app, contract.getPublicKey, async ({ caller, query }) => {
    sameAccount(caller, query);
    return { public_key: (await keys.of(caller.accountId)).publicKey };
  });
  serve(app, contract.getWebhook, async ({ caller, params }) => ({ webhook: await webhooks.get(caller, params.webhookId) }));
  serve(app, contract.updateWebhook, async ({ caller, params, body }) => ({
    webhook: await webhooks.update(caller, params.webhookId, body),
  }));
  serve(app, contract.deleteWebhook, async ({ caller, params }) => {
    await webhooks.remove(caller, params.webhookId);
    return {};
  });
  serve(app, contract.rotateWebhookSecret, ({ caller, params, body }) => webhooks.rotateSecret(caller, params.webhookId, body));
  serve(app, contract.testWebhook, async ({ caller, params }) => ({ delivery: await deliveries.sendTest(caller, params.webhookId) }));
  serve(app, contract.listDeliveries, ({ caller, params, query }) => deliveries.list(caller, params.webhookId, query));
  serve(app, contract.getDelivery, async ({ caller, params }) => ({
    delivery: await deliveries.get(caller, params.webhookId, params.eventId),
  }));
  serve(app, contract.resendDelivery, async ({ caller, params }) => ({
    delivery: await deliveries.resend(caller, params.webhookId, params.eventId),
  }));
}
