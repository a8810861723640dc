import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { type Database, databaseErrorCode, type Queryable } from '../database/connect.ts';
import { conflict } from '../http/app-error.ts';
import type { Caller } from '../http/caller.ts';
import { accounts } from './accounts.table.ts';
import { type Account, accountBySlug, addAccount } from './accounts.ts';
import { audit } from './audit.ts';
import { addMembership } from './memberships.ts';

const UNIQUE_VIOLATION = '23505';
/** Slugs that would read like a page of the dashboard or promise something. */
const RESERVED = new Set(['new', 'settings', 'admin', 'api', 'auth', 'docs', 'home', 'sign-in', 'sign-up', 'invitations']);

export type Workspaces = ReturnType<typeof createWorkspaces>;

/** Accounts as people make and name them. */
export function createWorkspaces(db: Database, settings: { plan: string }) {
  return {
    /**
     * Makes a workspace whose owner is this person. Without a slug one is made from the name and, if taken, numbered.
     * @throws AppError 409 when the wanted slug is taken
     */
    async create(userId: string, wanted: { name: string; slug?: string | undefined }): Promise<Account> {
      for (let tries = 0; ; tries++) {
        const slug = wanted.slug ?? slugFrom(wanted.name, tries);
        try {
          return await db.transaction((tx) => found(tx, userId, { slug, name: wanted.name, plan: settings.plan }));
        } catch (error) {
          if (databaseErrorCode(error) !== UNIQUE_VIOLATION) throw error;
          if (wanted.slug !== undefined || tries > 20) throw slugTaken(slug);
        }
      }
    },

    async rename(caller: Caller, name: string): Promise<Account> {
      return db.transaction(async (tx) => {
        const before = await accountBySlug(tx, caller.accountSlug);
        const [row] = await tx.update(accounts).set({ name }).where(eq(accounts.id, caller.accountId)).returning();
        if (!row) throw new Error('the account of a caller is gone');
        await audit(tx, caller, 'account.updated', row.id, { name: { from: before?.name, to: name } });
        return row;
      });
    },
  };
}

async function found(on: Queryable, userId: string, account: { slug: string; name: string; plan: string }): Promise<Account> {
  if (RESERVED.has(account.slug)) throw slugTaken(account.slug);
  const row = await addAccount(on, account);
  await addMembership(on, { accountId: row.id, userId, role: 'owner' });
  await audit(on, { accountId: row.id, userId, keyId: null }, 'account.created', row.id, { name: { to: row.name } });
  return row;
}

/** `Ärzte & Söhne` → `arzte-sohne`; from the second try on a number is added, from the tenth a long one. */
function slugFrom(name: string, tries: number): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  const base = plain === '' || RESERVED.has(plain) ? `${plain || 'team'}-workspace`.replace(/^team-workspace$/, 'team') : plain;
  if (tries === 0) return base;
  return `${base}-${tries < 10 ? tries + 1 : randomInt(100_000, 1_000_000)}`;
}

const slugTaken = (slug: string) => conflict('slug_taken', `The slug ${slug} is taken: choose another one.`);
