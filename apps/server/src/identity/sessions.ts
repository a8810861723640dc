import type { SessionRecord, UserRecord } from '@talkturo/contract';
import { and, desc, eq, gt, ne, sql } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../database/connect.ts';
import { notFound } from '../http/app-error.ts';
import type { SignedIn } from '../http/caller.ts';
import { headersOf, passCookies } from './auth-headers.ts';
import type { AuthLibrary } from './auth-library.ts';
import type { Beliefs } from './beliefs.ts';
import { sessions, users } from './users.table.ts';

export type Sessions = ReturnType<typeof createSessions>;

/** Who is signed in, by the session cookie. */
export function createSessions(db: Database, library: AuthLibrary, beliefs: Beliefs) {
  const believed = beliefs.of<SignedIn>('sessions');
  const { forget } = believed;

  return {
    /** The person a request comes from, or null. Refreshes the cookie when it is due. */
    async find(request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | null> {
      const cookie = request.headers.cookie;
      if (!cookie?.includes('session_token=')) return null;
      return believed.about(cookie, async () => {
        const { headers, response } = await library.api.getSession({ headers: headersOf(request), returnHeaders: true });
        passCookies(headers, reply);
        if (!response) return null;
        const { user, session } = response;
        return { userId: user.id, sessionId: session.id, email: user.email, name: user.name };
      });
    },

    /** The live sessions of a person, newest first. */
    async list(person: SignedIn): Promise<SessionRecord[]> {
      const rows = await db
        .select()
        .from(sessions)
        .where(and(eq(sessions.userId, person.userId), gt(sessions.expiresAt, sql`now()`)))
        .orderBy(desc(sessions.createdAt), desc(sessions.id));
      return rows.map((row) => sessionRecord(row, person.sessionId));
    },

    async revoke(person: SignedIn, id: string): Promise<void> {
      const gone = await db
        .delete(sessions)
        .where(and(eq(sessions.id, id), eq(sessions.userId, person.userId)))
        .returning({ id: sessions.id });
      forget();
      if (gone.length === 0) throw notFound('session');
    },

    /** Ends all but the one the person is asking with. @returns how many */
    async revokeOthers(person: SignedIn): Promise<number> {
      const gone = await db
        .delete(sessions)
        .where(and(eq(sessions.userId, person.userId), ne(sessions.id, person.sessionId)))
        .returning({ id: sessions.id });
      forget();
      return gone.length;
    },

    async get(person: SignedIn): Promise<{ user: UserRecord; session: SessionRecord } | null> {
      const [row] = await db
        .select({ user: users, session: sessions })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(eq(sessions.id, person.sessionId));
      return row ? { user: userRecord(row.user), session: sessionRecord(row.session, person.sessionId) } : null;
    },

    /** Forgets what this node believes, at once after a change here. */
    forget,
  };
}

function sessionRecord(row: typeof sessions.$inferSelect, current: string): SessionRecord {
  return {
    id: row.id,
    current: row.id === current,
    ip_address: row.ipAddress || null,
    user_agent: row.userAgent || null,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
  };
}

/** A person as the API shows them. */
export function userRecord(row: Pick<typeof users.$inferSelect, 'id' | 'name' | 'email' | 'twoFactorEnabled' | 'createdAt'>): UserRecord {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    two_factor_enabled: row.twoFactorEnabled,
    created_at: row.createdAt.toISOString(),
  };
}
