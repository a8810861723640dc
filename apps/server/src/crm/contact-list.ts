import { and, count, desc, eq, type Placeholder, type SQL, sql } from 'drizzle-orm';
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

/** Lists the contacts of an account. */
export type ListContacts = ReturnType<typeof createContactList>;

/**
 * A page of contacts, newest first, and how many match.
 *
 * Two ways, both with a cost that does not grow with the account: what the kept counts know (company, status, mark) is
 * read along an index that has the order, and counted by summing a few counter rows. What they do not know (search, tag,
 * campaign) is found by its own index first, all of it, so that page and count come from one pass whose cost is the number
 * of matches. Left to itself the planner would at times walk all contacts in order, hoping to meet fifty matches soon.
 */
export function createContactList(db: Database) {
  const prepared = new Map<string, ReturnType<typeof prepareKind>>();

  return async (accountId: string, filter: ContactFilter, page: Page): Promise<{ rows: NamedContact[]; count: number }> => {
    const found = foundBy(filter);
    if (found) return listFound(db, and(...kindOf({ accountId, ...filter }), ...found), page);
    const shape = shapeOf(filter);
    const queries = prepared.get(shape) ?? prepareKind(db, filter, shape);
    prepared.set(shape, queries);
    const values = { accountId, companyId: filter.companyId, leadStatus: filter.leadStatus, limit: page.limit, offset: page.offset };
    const [rows, [total]] = await Promise.all([queries.rows.execute(values), queries.count.execute(values)]);
    return { rows, count: total?.n ?? 0 };
  };
}

/** Which of the filters the counters know are set: lists of one shape differ in values only. */
const shapeOf = ({ companyId, leadStatus, doNotCall }: ContactFilter): string =>
  `${companyId === undefined ? '' : 'c'}${leadStatus === undefined ? '' : 's'}${doNotCall === undefined ? '' : doNotCall ? 'x' : 'o'}`;

/** The two queries of a shape, built and planned once: building them anew costs more than running them. */
function prepareKind(db: Database, { companyId, leadStatus, doNotCall }: ContactFilter, shape: string) {
  const is = {
    accountId: sql.placeholder('accountId'),
    companyId: companyId === undefined ? undefined : sql.placeholder('companyId'),
    leadStatus: leadStatus === undefined ? undefined : sql.placeholder('leadStatus'),
  };
  const ids = db
    .select({ id: contacts.id, createdAt: contacts.createdAt })
    .from(contacts)
    .where(and(...kindOf({ ...is, doNotCall })))
    .orderBy(desc(contacts.createdAt), desc(contacts.id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('offset'))
    .as('page');
  const rows = db
    .select({ row: contacts, companyName: companies.name })
    .from(ids)
    .innerJoin(contacts, eq(contacts.id, ids.id))
    .innerJoin(companies, eq(companies.id, contacts.companyId))
    .orderBy(desc(ids.createdAt), desc(ids.id));
  const count = db
    .select({ n: sql<number>`coalesce(sum(${contactCounts.n}), 0)::int` })
    .from(contactCounts)
    .where(
      and(
        eq(contactCounts.accountId, is.accountId),
        is.companyId && eq(contactCounts.companyId, is.companyId),
        is.leadStatus && eq(contactCounts.leadStatus, is.leadStatus),
        doNotCall === undefined ? undefined : eq(contactCounts.doNotCall, doNotCall),
      ),
    );
  return { rows: rows.prepare(`contacts_page_${shape}`), count: count.prepare(`contacts_count_${shape}`) };
}

/** What the counters tell apart. */
function kindOf(is: {
  accountId: string | Placeholder;
  companyId?: string | Placeholder | undefined;
  leadStatus?: string | Placeholder | undefined;
  doNotCall?: boolean | undefined;
}): SQL[] {
  return [
    eq(contacts.accountId, is.accountId),
    ...(is.companyId === undefined ? [] : [eq(contacts.companyId, is.companyId)]),
    ...(is.leadStatus === undefined ? [] : [eq(contacts.leadStatus, is.leadStatus)]),
    // Written so that the partial index of marked contacts is seen to serve.
    ...(is.doNotCall === undefined ? [] : [is.doNotCall ? sql`${contacts.doNotCall}` : sql`not ${contacts.doNotCall}`]),
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
