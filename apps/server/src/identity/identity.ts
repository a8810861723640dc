import type { Logger } from 'pino';
import type { Database } from '../database/connect.ts';
import { createApiKeys } from './api-keys.ts';
import { createAuditLog } from './audit.ts';
import { createAuthLibrary } from './auth-library.ts';
import { createAuthorize } from './authorize.ts';
import { createBeliefs } from './beliefs.ts';
import { createInvitations } from './invitations.ts';
import { createKeyUsage } from './key-usage.ts';
import { createMemberships } from './memberships.ts';
import { createSessions } from './sessions.ts';
import { createSignIn } from './sign-in.ts';
import { createThrottle } from './throttle.ts';
import { createWorkspaces } from './workspaces.ts';

export interface IdentitySettings {
  /** Signs session cookies and encrypts second factors. */
  secret: string;
  /** Where browsers reach us; undefined: wherever they say they do. */
  publicUrl: string | undefined;
  /** Plan of a new account. */
  plan: string;
  /** Whether anybody may sign up; else only who was invited. */
  openSignUp: boolean;
  /** Whether new keys are tk_live_… */
  production: boolean;
}

export type Identity = ReturnType<typeof createIdentity>;

/** Accounts, people, sessions and keys: who may ask, and for whom. */
export function createIdentity(db: Database, databaseUrl: string, settings: IdentitySettings, logger: Logger) {
  const beliefs = createBeliefs(databaseUrl);
  const library = createAuthLibrary(db, { secret: settings.secret, publicUrl: settings.publicUrl ?? 'http://localhost' }, logger);
  const throttle = createThrottle(db);
  const apiKeys = createApiKeys(db, beliefs);
  const usage = createKeyUsage(db, logger);
  const sessions = createSessions(db, library, beliefs);
  const memberships = createMemberships(db, beliefs);
  return {
    settings,
    apiKeys,
    usage,
    throttle,
    sessions,
    memberships,
    invitations: createInvitations(db, memberships),
    workspaces: createWorkspaces(db, { plan: settings.plan }),
    signIn: createSignIn(db, { library, sessions, throttle }),
    auditLog: createAuditLog(db),
    authorize: createAuthorize({ apiKeys, usage, sessions, memberships, publicUrl: settings.publicUrl }),
    /** Begins to hear of changes made on other nodes. */
    start: beliefs.start,
    /** Stores what is counted in memory; awaited at the end of a node. */
    close: async () => {
      await beliefs.stop();
      await usage.close();
    },
  };
}
