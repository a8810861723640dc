import { and, count, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/connect.ts';
import { companies } from './companies.table.ts';
import { contactCounts } from './contact-counts.table.ts';
import type { NamedContact } from './contact-record.ts';
import { contacts } from './contacts.table.ts';
import { searchCondition } from './search.ts';

/** Which contacts of an account. */
export interface ContactFilter {
  companyId?: string | undefined;
  leadStatus?: string | undefined;
  doNotCall?: boolean | undefined;
  tag?: string | undefined;
  search?: string | undefined;
  /** A query of contact ids, e.g. those of a campaign. */
  among?: SQL | undefined;
}
export interface Page {
  limit: number;
  offset: number;
}

/**
 * A page of contacts, newest first, and how many match.
 *
 * Two ways, both with a cost that does not grow with the account: what the kept counts know (company, status, mark) is
 * read along an index that has the order, and counted by summing a few counter rows. What they do not know (search, tag,
 * campaign) is found by its own index first, all of it, so that page and count come from one pass whose cost is the number
 * of matches. Left to itself the planner would at times walk all contacts in order, hoping to meet fifty matches soon.
 */
export async function listContacts(
  db: Database,
  accountId: string,
  filter: ContactFilter,
  page: Page,
): Promise<{ rows: NamedContact[]; count: number }> {
  const found = foundBy(filter);
  if (found) return listFound(db, and(...kindOf(accountId, filter), ...found), page);
  const ids = db
    .select({ id: contacts.id, createdAt: contacts.createdAt })
    .from(contacts)
    .where(and(...kindOf(accountId, filter)))
    .orderBy(desc(contacts.createdAt), desc(contacts.id))
    .limit(page.limit)
    .offset(page.offset)
    .as('page');
  const [rows, total] = await Promise.all([
    db
      .select({ row: contacts, companyName: companies.name })
      .from(ids)
      .innerJoin(contacts, eq(contacts.id, ids.id))
      .innerJoin(companies, eq(companies.id, contacts.companyId))
      .orderBy(desc(ids.createdAt), desc(ids.id)),
    countKind(db, accountId, filter),
  ]);
  return { rows, count: total };
}

/** What the counters tell apart. */
function kindOf(accountId: string, filter: ContactFilter): SQL[] {
  return [
    eq(contacts.accountId, accountId),
    ...(filter.companyId === undefined ? [] : [eq(contacts.companyId, filter.companyId)]),
    ...(filter.leadStatus === undefined ? [] : [eq(contacts.leadStatus, filter.leadStatus)]),
    // Written so that the partial index of marked contacts is seen to serve.
    ...(filter.doNotCall === undefined ? [] : [filter.doNotCall ? sql`${contacts.doNotCall}` : sql`not ${contacts.doNotCall}`]),
  ];
}

/** What only the contacts themselves tell; null when nothing of it is asked. */
function foundBy(filter: ContactFilter): SQL[] | null {
  const conditions: (SQL | undefined)[] = [
    filter.tag === undefined ? undefined : sql`${contacts.tags} @> ${sql.param([filter.tag], contacts.tags)} and ${contacts.tags} <> '{}'`,
    filter.search ? searchCondition(contacts.searchText, filter.search) : undefined,
    filter.among ? sql`${contacts.id} in (${filter.among})` : undefined,
  ];
  const set = conditions.filter((condition) => condition !== undefined);
  return set.length > 0 ? set : null;
}

async function countKind(db: Database, accountId: string, filter: ContactFilter): Promise<number> {
  const [total] = await db
    .select({ n: sql<number>`coalesce(sum(${contactCounts.n}), 0)::int` })
    .from(contactCounts)
    .where(
      and(
        eq(contactCounts.accountId, accountId),
        filter.companyId === undefined ? undefined : eq(contactCounts.companyId, filter.companyId),
        filter.leadStatus === undefined ? undefined : eq(contactCounts.leadStatus, filter.leadStatus),
        filter.doNotCall === undefined ? undefined : eq(contactCounts.doNotCall, filter.doNotCall),
      ),
    );
  return total?.n ?? 0;
}

async function listFound(db: Database, where: SQL | undefined, { limit, offset }: Page): Promise<{ rows: NamedContact[]; count: number }> {
  const page = sql`(
    with matches as materialized (select ${contacts.id} as id, ${contacts.createdAt} as created_at from ${contacts} where ${where})
    select id, created_at, (select count(*)::int from matches) as total from matches
    order by created_at desc, id desc limit ${limit} offset ${offset}) as page`;
  const rows = await db
    .select({ row: contacts, companyName: companies.name, total: sql<number>`page.total` })
    .from(page)
    .innerJoin(contacts, sql`${contacts.id} = page.id`)
    .innerJoin(companies, eq(companies.id, contacts.companyId))
    .orderBy(sql`page.created_at desc, page.id desc`);
  if (rows[0]) return { rows, count: rows[0].total };
  if (offset === 0) return { rows: [], count: 0 };
  const [total] = await db.select({ n: count() }).from(contacts).where(where);
  return { rows: [], count: total?.n ?? 0 };
}
