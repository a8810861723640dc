import {
  changePassword,
  disableTwoFactor,
  enableTwoFactor,
  getSession,
  listSessions,
  renewBackupCodes,
  revokeOtherSessions,
  revokeSession,
  signIn,
  signOut,
  signUp,
  updateProfile,
  verifyBackupCode,
  verifyTotp,
} from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { forbidden } from '../http/app-error.ts';
import { serve } from '../http/serve.ts';
import type { Invitations } from './invitations.ts';
import type { Sessions } from './sessions.ts';
import type { SignIn } from './sign-in.ts';
import type { Workspaces } from './workspaces.ts';

interface Parts {
  signIn: SignIn;
  sessions: Sessions;
  workspaces: Workspaces;
  invitations: Invitations;
  /** Whether anybody may sign up; else only who was invited. */
  openSignUp: boolean;
}

export function authRoutes(app: FastifyInstance, parts: Parts): void {
  const { sessions, workspaces, invitations } = parts;

  serve(app, signUp, async ({ body, request, reply }) => {
    const { invitationToken } = body;
    if (invitationToken === undefined && !parts.openSignUp) throw forbidden('Signing up is by invitation only here.');
    if (invitationToken !== undefined) {
      const { email } = await invitations.read(invitationToken);
      if (email !== body.email) throw forbidden('This invitation was made for another e-mail address.');
    }
    const user = await parts.signIn.signUp({ request, reply }, body);
    if (invitationToken === undefined) await workspaces.create(user.id, { name: body.workspaceName ?? `${body.name}’s team` });
    else await invitations.accept({ userId: user.id, email: user.email }, invitationToken);
    return { user };
  });
  serve(app, signIn, async ({ body, request, reply }) => {
    const user = await parts.signIn.signIn({ request, reply }, body);
    return { twoFactorRedirect: user === null, user };
  });
  serve(app, signOut, async ({ request, reply }) => {
    await parts.signIn.signOut({ request, reply });
    return {};
  });
  serve(app, getSession, async ({ request, reply }) => {
    const person = await sessions.find(request, reply);
    return (person && (await sessions.get(person))) ?? { user: null, session: null };
  });
  serve(app, listSessions, async ({ caller }) => ({ sessions: await sessions.list(caller) }));
  serve(app, revokeSession, async ({ caller, params }) => {
    await sessions.revoke(caller, params.sessionId);
    return {};
  });
  serve(app, revokeOtherSessions, async ({ caller }) => ({ ended: await sessions.revokeOthers(caller) }));
  serve(app, updateProfile, async ({ caller, body }) => ({ user: await parts.signIn.rename(caller, body.name) }));
  serve(app, changePassword, async ({ caller, body, request, reply }) => {
    await parts.signIn.changePassword({ request, reply }, caller, body);
    return {};
  });
  serve(app, enableTwoFactor, ({ caller, body, request, reply }) =>
    parts.signIn.enableTwoFactor({ request, reply }, caller, body.password),
  );
  serve(app, disableTwoFactor, async ({ caller, body, request, reply }) => {
    await parts.signIn.disableTwoFactor({ request, reply }, caller, body.password);
    return {};
  });
  serve(app, renewBackupCodes, async ({ caller, body, request, reply }) => ({
    backupCodes: await parts.signIn.renewBackupCodes({ request, reply }, caller, body.password),
  }));
  serve(app, verifyTotp, async ({ body, request, reply }) => ({ user: await parts.signIn.verifyTotp({ request, reply }, body) }));
  serve(app, verifyBackupCode, async ({ body, request, reply }) => ({
    user: await parts.signIn.verifyBackupCode({ request, reply }, body),
  }));
}
