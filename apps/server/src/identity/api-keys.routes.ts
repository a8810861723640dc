import { createApiKey, listApiKeys, revokeApiKey, testApiKey, updateApiKey } from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { badRequest } from '../http/app-error.ts';
import { serve } from '../http/serve.ts';
import type { ApiKeys } from './api-keys.ts';

interface Parts {
  apiKeys: ApiKeys;
  /** Whether new keys are tk_live_… */
  production: boolean;
}

export function apiKeyRoutes(app: FastifyInstance, { apiKeys, production }: Parts): void {
  const known = scopesOf(app);

  serve(app, testApiKey, () => ({ message: 'The API key is valid.' }));
  serve(app, listApiKeys, async ({ caller }) => ({ apiKeys: await apiKeys.list(caller) }));
  serve(app, createApiKey, async ({ caller, body }) => {
    requireKnown(body.scopes, known);
    return apiKeys.create(caller, body, production);
  });
  serve(app, updateApiKey, async ({ caller, params, body }) => {
    if (body.scopes) requireKnown(body.scopes, known);
    const { accountSlug: _, ...changes } = body;
    return { apiKey: await apiKeys.change(caller, params.apiKeyId, changes) };
  });
  serve(app, revokeApiKey, async ({ caller, params }) => {
    await apiKeys.revoke(caller, params.apiKeyId);
    return {};
  });
}

/** Every scope an endpoint asks for, and for each resource all of it; filled while routes are added. */
function scopesOf(app: FastifyInstance): Set<string> {
  const scopes = new Set(['*']);
  app.addHook('onRoute', (route) => {
    const access = route.config?.endpoint?.access;
    if (!access?.includes(':')) return;
    scopes.add(access).add(`${access.slice(0, access.indexOf(':'))}:*`);
  });
  return scopes;
}

function requireKnown(scopes: readonly string[], known: ReadonlySet<string>): void {
  const details = scopes.flatMap((scope, at) =>
    known.has(scope) ? [] : [{ path: `scopes.${at}`, message: `must be one of ${[...known].sort().join(', ')}` }],
  );
  const [first] = details;
  if (first) throw badRequest(`${first.path}: ${first.message}`, details);
}
