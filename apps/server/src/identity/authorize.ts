import type { EndpointShape } from '@talkturo/contract';
import type { FastifyRequest } from 'fastify';
import { forbidden, unauthorized } from '../http/app-error.ts';
import { type Caller, covers } from '../http/caller.ts';
import type { ApiKeys } from './api-keys.ts';

/** Decides who asks and whether they may: 401 without a valid token, 403 without the scope. */
export function createAuthorize(apiKeys: ApiKeys) {
  return async (request: FastifyRequest, _reply: unknown, endpoint: EndpointShape): Promise<Caller | null> => {
    const { access } = endpoint;
    if (access === 'public') return null;
    const known = await bearer(request, apiKeys);
    if (!known) throw unauthorized();
    if (access === 'admin') throw forbidden('Only a signed-in owner or admin may do this.');
    if (access !== 'token' && !covers(known.caller.scopes, access)) throw forbidden(`This token lacks the scope ${access}.`);
    return known.caller;
  };
}

function bearer(request: FastifyRequest, apiKeys: ApiKeys) {
  const header = request.headers.authorization;
  const token = /^Bearer +([^\s]+)$/i.exec(header ?? '')?.[1];
  return token ? apiKeys.find(token) : null;
}
