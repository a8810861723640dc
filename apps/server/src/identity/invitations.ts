import { createHash, randomBytes } from 'node:crypto';
import type { InvitationRecord, Role } from '@talkturo/contract';
import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { Database } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import { conflict, forbidden, notFound } from '../http/app-error.ts';
import type { Caller, SignedIn } from '../http/caller.ts';
import { accounts } from './accounts.table.ts';
import type { Account } from './accounts.ts';
import { audit } from './audit.ts';
import { invitations, memberships } from './memberships.table.ts';
import { addMembership, type Memberships } from './memberships.ts';
import { users } from './users.table.ts';

const HOLDS_DAYS = 7;

type Row = typeof invitations.$inferSelect;
export type Invitations = ReturnType<typeof createInvitations>;

/** Places kept for people who have a link. We send no mail: the inviter passes the link on. */
export function createInvitations(db: Database, belonging: Memberships) {
  const open = async (token: string): Promise<{ invitation: Row; account: Account }> => {
    const [row] = await db
      .select({ invitation: invitations, account: accounts })
      .from(invitations)
      .innerJoin(accounts, eq(accounts.id, invitations.accountId))
      .where(and(eq(invitations.tokenHash, hash(token)), gt(invitations.expiresAt, sql`now()`)));
    if (!row) throw notFound('invitation: it was withdrawn, used or is over seven days old');
    return row;
  };

  return {
    async list(caller: Caller): Promise<InvitationRecord[]> {
      const rows = await db
        .select()
        .from(invitations)
        .where(and(eq(invitations.accountId, caller.accountId), gt(invitations.expiresAt, sql`now()`)))
        .orderBy(desc(invitations.createdAt), desc(invitations.id));
      return rows.map(toRecord);
    },

    /** Invites, or replaces the link of somebody invited before. @returns the link's token, which is not stored */
    async create(caller: Caller, wanted: { email: string; role: Role }): Promise<{ invitation: InvitationRecord; token: string }> {
      if (wanted.role === 'owner' && caller.role !== 'owner') throw forbidden('Only an owner may make or unmake owners.');
      const token = randomBytes(24).toString('base64url');
      return db.transaction(async (tx) => {
        const [member] = await tx
          .select({ id: users.id })
          .from(memberships)
          .innerJoin(users, eq(users.id, memberships.userId))
          .where(and(eq(memberships.accountId, caller.accountId), eq(users.email, wanted.email)));
        if (member) throw conflict('already_member', 'This person is a member already.');
        const fresh = {
          role: wanted.role,
          tokenHash: hash(token),
          invitedBy: caller.userId,
          createdAt: new Date(),
          expiresAt: new Date(Date.now() + HOLDS_DAYS * 86_400_000),
        };
        const [row] = await tx
          .insert(invitations)
          .values({ id: newId('inv'), accountId: caller.accountId, email: wanted.email, ...fresh })
          .onConflictDoUpdate({ target: [invitations.accountId, invitations.email], set: fresh })
          .returning();
        if (!row) throw new Error('the invitation was not stored');
        await audit(tx, caller, 'invitation.created', row.id, { email: { to: wanted.email }, role: { to: wanted.role } });
        return { invitation: toRecord(row), token };
      });
    },

    async revoke(caller: Caller, id: string): Promise<void> {
      await db.transaction(async (tx) => {
        const [row] = await tx.select().from(invitations).where(eq(invitations.id, id));
        if (!row) throw notFound('invitation');
        if (row.accountId !== caller.accountId) throw forbidden();
        await tx.delete(invitations).where(eq(invitations.id, id));
        await audit(tx, caller, 'invitation.revoked', id, { email: { from: row.email } });
      });
    },

    /** What a link is for. @throws AppError 404 when it leads nowhere (any more) */
    async read(token: string) {
      const { invitation, account } = await open(token);
      return {
        email: invitation.email,
        role: invitation.role,
        account_name: account.name,
        expires_at: invitation.expiresAt.toISOString(),
      };
    },

    /** Uses a link up. @throws AppError 403 when it was made for another address */
    async accept(person: Pick<SignedIn, 'userId' | 'email'>, token: string): Promise<{ account: Account; role: Role }> {
      const { invitation, account } = await open(token);
      if (invitation.email !== person.email) throw forbidden('This invitation was made for another e-mail address: sign in with that one.');
      await db.transaction(async (tx) => {
        const used = await tx.delete(invitations).where(eq(invitations.id, invitation.id)).returning();
        if (used.length === 0) throw notFound('invitation: it was withdrawn, used or is over seven days old');
        const added = await addMembership(tx, { accountId: account.id, userId: person.userId, role: invitation.role });
        if (!added) throw conflict('already_member', 'You are a member of this workspace already.');
        const caller = { accountId: account.id, userId: person.userId, keyId: null };
        await audit(tx, caller, 'member.added', person.userId, { role: { to: invitation.role } });
      });
      belonging.forget();
      return { account, role: invitation.role };
    },
  };
}

const hash = (token: string): string => createHash('sha256').update(token).digest('hex');

const toRecord = (row: Row): InvitationRecord => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invited_by: row.invitedBy,
  created_at: row.createdAt.toISOString(),
  expires_at: row.expiresAt.toISOString(),
});
