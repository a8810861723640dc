import type { EndpointShape } from '@talkturo/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { forbidden, unauthorized } from '../http/app-error.ts';
import { type Caller, covers, type SignedIn } from '../http/caller.ts';
import type { ApiKeys } from './api-keys.ts';
import type { KeyUsage } from './key-usage.ts';
import type { Memberships } from './memberships.ts';
import { requireSameSite } from './same-site.ts';
import type { Sessions } from './sessions.ts';

interface Parts {
  apiKeys: ApiKeys;
  usage: KeyUsage;
  sessions: Sessions;
  memberships: Memberships;
  publicUrl: string | undefined;
}

/**
 * Decides who asks and whether they may: 401 without a valid token or session, 403 without the right, 429 past a key's limit.
 * A token wins over a session cookie; a wrong token is never forgiven because of a cookie.
 */
export function createAuthorize({ apiKeys, usage, sessions, memberships, publicUrl }: Parts) {
  const byKey = async (request: FastifyRequest, reply: FastifyReply, access: EndpointShape['access']): Promise<Caller> => {
    const token = /^Bearer +([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const known = token ? await apiKeys.find(token) : null;
    if (!known?.caller.keyId) throw unauthorized();
    await usage.count(known.caller.keyId, known.rateLimitPerHour, reply);
    if (access === 'session' || access === 'member') throw forbidden('Only a signed-in person may do this.');
    if (access === 'admin') throw forbidden('Only a signed-in owner or admin may do this.');
    if (access !== 'token' && !covers(known.caller.scopes, access)) throw forbidden(`This token lacks the scope ${access}.`);
    return known.caller;
  };

  return async (request: FastifyRequest, reply: FastifyReply, { access }: EndpointShape): Promise<Caller | SignedIn | null> => {
    if (access === 'public') {
      if (request.headers.cookie !== undefined || request.headers.origin !== undefined) requireSameSite(request, publicUrl);
      return null;
    }
    if (request.headers.authorization !== undefined) return byKey(request, reply, access);
    const person = await sessions.find(request, reply);
    if (!person) throw unauthorized();
    requireSameSite(request, publicUrl);
    if (access === 'session') return person;
    const caller = await memberships.callerIn(person, namedAccount(request));
    if (access === 'admin' && caller.role === 'member') throw forbidden('Only a signed-in owner or admin may do this.');
    return caller;
  };
}

/** The account a request names: in the header x-account-slug, else in its query or body. */
function namedAccount(request: FastifyRequest): string | undefined {
  const sources: unknown[] = [{ accountSlug: request.headers['x-account-slug'] }, request.query, request.body];
  for (const source of sources) {
    if (typeof source !== 'object' || source === null) continue;
    for (const field of ['accountSlug', 'teamId', 'accountId']) {
      const value = (source as Record<string, unknown>)[field];
      if (typeof value === 'string') return value;
    }
  }
  return undefined;
}
