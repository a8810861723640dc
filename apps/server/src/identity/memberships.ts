import type { AccountRecord, MemberRecord, Role } from '@talkturo/contract';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database, Queryable, Transaction } from '../database/connect.ts';
import { teamIdOf } from '../database/ids.ts';
import { badRequest, conflict, forbidden, notFound } from '../http/app-error.ts';
import type { Caller, SignedIn } from '../http/caller.ts';
import { accounts } from './accounts.table.ts';
import type { Account } from './accounts.ts';
import { audit } from './audit.ts';
import type { Beliefs } from './beliefs.ts';
import { memberships } from './memberships.table.ts';
import { users } from './users.table.ts';

export interface Belonging {
  accountId: string;
  slug: string;
  role: Role;
}

export type Memberships = ReturnType<typeof createMemberships>;

/** Who belongs to which account, and as what. An account always keeps an owner. */
export function createMemberships(db: Database, beliefs: Beliefs) {
  const believed = beliefs.of<readonly Belonging[]>('memberships');
  const { forget } = believed;

  const look = (userId: string): Promise<readonly Belonging[]> =>
    db
      .select({ accountId: accounts.id, slug: accounts.slug, role: memberships.role })
      .from(memberships)
      .innerJoin(accounts, eq(accounts.id, memberships.accountId))
      .where(eq(memberships.userId, userId))
      .orderBy(asc(memberships.createdAt), asc(accounts.id));

  return {
    /**
     * The caller a signed-in person is within the account a request names by slug, team or account id. Where it names none, the only
     * account of the person is meant.
     * @throws AppError 403 for an account that is not the person's; 400 when there are several to choose from
     */
    async callerIn(person: SignedIn, named: string | undefined): Promise<Caller> {
      const all = (await believed.about(person.userId, () => look(person.userId))) ?? [];
      if (named === undefined && all.length > 1) {
        throw badRequest('You belong to several workspaces: say which one in the header x-account-slug.');
      }
      const chosen = all.find((one) => named === undefined || [one.slug, one.accountId, teamIdOf(one.accountId)].includes(named));
      if (!chosen) throw forbidden();
      return {
        accountId: chosen.accountId,
        teamId: teamIdOf(chosen.accountId),
        accountSlug: chosen.slug,
        keyId: null,
        userId: person.userId,
        via: 'session',
        role: chosen.role,
        scopes: ['*'],
      };
    },

    /** The accounts of a person, in the order they were joined. */
    async accountsOf(userId: string): Promise<AccountRecord[]> {
      const rows = await db
        .select({ account: accounts, role: memberships.role })
        .from(memberships)
        .innerJoin(accounts, eq(accounts.id, memberships.accountId))
        .where(eq(memberships.userId, userId))
        .orderBy(asc(memberships.createdAt), asc(accounts.id));
      return rows.map((row) => accountRecord(row.account, row.role));
    },

    /** The members of an account, oldest first. */
    async list(caller: Caller): Promise<MemberRecord[]> {
      const rows = await db
        .select({ membership: memberships, user: users })
        .from(memberships)
        .innerJoin(users, eq(users.id, memberships.userId))
        .where(eq(memberships.accountId, caller.accountId))
        .orderBy(asc(memberships.createdAt), asc(memberships.userId));
      return rows.map(memberRecord);
    },

    /** Only an owner makes or unmakes owners, and never the last one. */
    async change(caller: Caller, userId: string, role: Role): Promise<MemberRecord> {
      const changed = await db.transaction(async (tx) => {
        const before = await locked(tx, caller, userId);
        if ((role === 'owner' || before.membership.role === 'owner') && caller.role !== 'owner') {
          throw forbidden('Only an owner may make or unmake owners.');
        }
        if (before.membership.role === 'owner' && role !== 'owner') await requireAnotherOwner(tx, caller.accountId);
        await tx.update(memberships).set({ role }).where(mine(caller, userId));
        await audit(tx, caller, 'member.updated', userId, { role: { from: before.membership.role, to: role } });
        return memberRecord({ ...before, membership: { ...before.membership, role } });
      });
      forget();
      return changed;
    },

    /** Owners and admins remove others; anybody may go. */
    async remove(caller: Caller, userId: string): Promise<void> {
      await db.transaction(async (tx) => {
        if (userId !== caller.userId && caller.role === 'member') throw forbidden('Only an owner or admin may remove others.');
        const { membership } = await locked(tx, caller, userId);
        if (membership.role === 'owner') {
          if (caller.role !== 'owner') throw forbidden('Only an owner may make or unmake owners.');
          await requireAnotherOwner(tx, caller.accountId);
        }
        await tx.delete(memberships).where(mine(caller, userId));
        await audit(tx, caller, 'member.removed', userId, { role: { from: membership.role } });
      });
      forget();
    },

    /** Forgets what this node believes, at once after a change here. */
    forget,
  };
}

/** Makes a person a member. A person who is one already keeps the role they have. */
export async function addMembership(on: Queryable, membership: { accountId: string; userId: string; role: Role }): Promise<boolean> {
  const added = await on.insert(memberships).values(membership).onConflictDoNothing().returning();
  return added.length > 0;
}

const mine = (caller: Caller, userId: string) => and(eq(memberships.accountId, caller.accountId), eq(memberships.userId, userId));

async function locked(tx: Transaction, caller: Caller, userId: string) {
  // One change of an account's members at a time: two owners must not unmake each other.
  await tx.execute(sql`select 1 from accounts where id = ${caller.accountId} for update`);
  const [row] = await tx
    .select({ membership: memberships, user: users })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(mine(caller, userId));
  if (row) return row;
  // Whoever exists and belongs elsewhere is not ours to change; who does not exist is nobody.
  const [elsewhere] = await tx.select({ id: users.id }).from(users).where(eq(users.id, userId));
  throw elsewhere ? forbidden() : notFound('member');
}

async function requireAnotherOwner(tx: Transaction, accountId: string): Promise<void> {
  const owners = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.accountId, accountId), eq(memberships.role, 'owner')));
  if (owners.length < 2) throw conflict('last_owner', 'A workspace needs an owner: make somebody else owner first.');
}

export function accountRecord(account: Account, role: Role): AccountRecord {
  return {
    id: account.id,
    team_id: teamIdOf(account.id),
    slug: account.slug,
    name: account.name,
    plan: account.plan,
    role,
    created_at: account.createdAt.toISOString(),
  };
}

function memberRecord({
  membership,
  user,
}: {
  membership: typeof memberships.$inferSelect;
  user: typeof users.$inferSelect;
}): MemberRecord {
  return {
    user_id: user.id,
    name: user.name,
    email: user.email,
    role: membership.role,
    two_factor_enabled: user.twoFactorEnabled,
    created_at: membership.createdAt.toISOString(),
  };
}
