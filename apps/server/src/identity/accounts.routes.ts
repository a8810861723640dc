import {
  acceptInvitation,
  createAccount,
  createInvitation,
  listAccounts,
  listAuditLog,
  listInvitations,
  listMembers,
  readInvitation,
  removeMember,
  revokeInvitation,
  updateAccount,
  updateMember,
} from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../http/serve.ts';
import type { AuditLog } from './audit.ts';
import type { Invitations } from './invitations.ts';
import { accountRecord, type Memberships } from './memberships.ts';
import type { Throttle } from './throttle.ts';
import type { Workspaces } from './workspaces.ts';

interface Parts {
  workspaces: Workspaces;
  memberships: Memberships;
  invitations: Invitations;
  auditLog: AuditLog;
  throttle: Throttle;
  /** Where browsers reach us, if known. */
  publicUrl: string | undefined;
}

export function accountRoutes(app: FastifyInstance, { workspaces, memberships, invitations, auditLog, throttle, publicUrl }: Parts): void {
  serve(app, listAccounts, async ({ caller }) => ({ accounts: await memberships.accountsOf(caller.userId) }));
  serve(app, createAccount, async ({ caller, body }) => {
    const account = await workspaces.create(caller.userId, body);
    memberships.forget();
    return { account: accountRecord(account, 'owner') };
  });
  serve(app, updateAccount, async ({ caller, body }) => ({
    account: accountRecord(await workspaces.rename(caller, body.name), caller.role ?? 'member'),
  }));

  serve(app, listMembers, async ({ caller }) => ({ members: await memberships.list(caller) }));
  serve(app, updateMember, async ({ caller, params, body }) => ({ member: await memberships.change(caller, params.userId, body.role) }));
  serve(app, removeMember, async ({ caller, params }) => {
    await memberships.remove(caller, params.userId);
    return {};
  });

  serve(app, listInvitations, async ({ caller }) => ({ invitations: await invitations.list(caller) }));
  serve(app, createInvitation, async ({ caller, body, request }) => {
    const { invitation, token } = await invitations.create(caller, { email: body.email, role: body.role });
    return { invitation, url: `${publicUrl ?? `${request.protocol}://${request.host}`}/invitation/${token}` };
  });
  serve(app, revokeInvitation, async ({ caller, params }) => {
    await invitations.revoke(caller, params.invitationId);
    return {};
  });
  serve(app, readInvitation, async ({ body, request }) => {
    await throttle.pass(`invitation:${request.ip}`, { times: 60, seconds: 600 });
    return { invitation: await invitations.read(body.token) };
  });
  serve(app, acceptInvitation, async ({ caller, body }) => {
    const { account, role } = await invitations.accept(caller, body.token);
    return { account: accountRecord(account, role) };
  });

  serve(app, listAuditLog, async ({ caller, query }) => {
    const { entries, count } = await auditLog.list(caller, query);
    return { entries, count, limit: query.limit, offset: query.offset };
  });
}
