import type { FastifyInstance } from 'fastify';
import { accountRoutes } from './accounts.routes.ts';
import { apiKeyRoutes } from './api-keys.routes.ts';
import { authRoutes } from './auth.routes.ts';
import type { Identity } from './identity.ts';

export function identityRoutes(app: FastifyInstance, { identity }: { identity: Identity }): void {
  const { settings } = identity;
  apiKeyRoutes(app, { apiKeys: identity.apiKeys, production: settings.production });
  authRoutes(app, { ...identity, openSignUp: settings.openSignUp });
  accountRoutes(app, { ...identity, publicUrl: settings.publicUrl });
}
