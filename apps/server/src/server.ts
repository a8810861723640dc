import type { FastifyInstance } from 'fastify';
import { assistantRoutes } from './assistants/assistants.routes.ts';
import { callRoutes } from './calls/calls.routes.ts';
import { carrierRoutes } from './calls/carriers.routes.ts';
import { textChatRoutes } from './calls/text-chat.routes.ts';
import { campaignRoutes } from './campaigns/campaigns.routes.ts';
import { companyRoutes } from './crm/companies.routes.ts';
import { contactRoutes } from './crm/contacts.routes.ts';
import { customFieldRoutes } from './crm/custom-fields.routes.ts';
import { importRoutes } from './crm/import/import.routes.ts';
import { opportunityRoutes } from './crm/opportunities.routes.ts';
import { AppError } from './http/app-error.ts';
import { dashboardFiles } from './http/dashboard-files.ts';
import { healthRoutes } from './http/health.routes.ts';
import { referenceRoutes } from './http/reference/reference.routes.ts';
import { createServerFrame } from './http/server-frame.ts';
import { identityRoutes } from './identity/identity.routes.ts';
import { integrationRoutes } from './integrations/integrations.routes.ts';
import { phoneNumberRoutes } from './phone-numbers/phone-numbers.routes.ts';
import type { Platform } from './platform.ts';
import { webhookRoutes } from './webhooks/webhooks.routes.ts';

export interface ServerOptions {
  /** Tests refuse answers that do not fit their schema. */
  strictAnswers?: boolean;
  /** True while the speech models are being loaded: the API answers 503 until then. */
  starting?: () => boolean;
}

/** Fastify with every route module, listed by hand. Not yet listening. */
export function createServer(platform: Platform, options: ServerOptions = {}): FastifyInstance {
  const starting = options.starting ?? (() => false);
  const app = createServerFrame({
    logger: platform.logger,
    strictAnswers: options.strictAnswers ?? false,
    trustedProxies: platform.config.TALKTURO_TRUSTED_PROXIES,
    https: platform.config.PUBLIC_URL?.startsWith('https:') ?? false,
  });
  app.decorate('authorize', platform.authorize);
  app.decorate('idempotency', platform.idempotency);
  dashboardFiles(app);
  app.addHook('onRequest', (request, _reply, done) => {
    const refused = starting() && request.url.startsWith('/api/');
    done(
      refused
        ? new AppError('starting', 503, 'The server is starting; try again in a moment.', { headers: { 'retry-after': '2' } })
        : undefined,
    );
  });
  healthRoutes(app, async () => (starting() ? 'The server is starting.' : platform.notReady()));
  referenceRoutes(app, { publicUrl: platform.config.PUBLIC_URL });
  identityRoutes(app, platform);
  assistantRoutes(app, platform);
  phoneNumberRoutes(app, platform);
  callRoutes(app, platform);
  textChatRoutes(app, platform);
  carrierRoutes(app, [...new Set([...platform.carriers.values(), platform.network])]);
  webhookRoutes(app, platform);
  integrationRoutes(app, platform);
  companyRoutes(app, platform);
  contactRoutes(app, platform);
  importRoutes(app, platform);
  customFieldRoutes(app, platform);
  opportunityRoutes(app, platform);
  campaignRoutes(app, platform);
  return app;
}
