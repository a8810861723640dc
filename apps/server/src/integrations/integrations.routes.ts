import { checkProvider, listProviders, setProviders } from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { sameAccount } from '../http/caller.ts';
import { serve } from '../http/serve.ts';
import type { VendorKeys } from './vendor-keys.ts';

export interface IntegrationRoutes {
  vendorKeys: VendorKeys;
}

export function integrationRoutes(app: FastifyInstance, { vendorKeys }: IntegrationRoutes): void {
  serve(app, listProviders, ({ caller, query }) => vendorKeys.list(caller, query));
  serve(app, setProviders, ({ caller, body }) => vendorKeys.set(caller, body));
  serve(app, checkProvider, async ({ caller, params, body }) => {
    sameAccount(caller, body);
    return { check: await vendorKeys.check(caller, params.provider) };
  });
}
