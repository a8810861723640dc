import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Queryable, Transaction } from '../../database/connect.ts';
import { newId } from '../../database/ids.ts';
import { companies } from '../companies.table.ts';
import { searchTextOf } from '../search.ts';
import type { ImportRow } from './import-row.ts';

interface ImportCompany {
  id: string;
  country: string | null;
  /** Set for one that is not stored yet. */
  name?: string;
}

export type ImportCompanies = Awaited<ReturnType<typeof findCompanies>>;

/** The companies the rows name, by id or by name; case and accents of a name do not matter, the oldest of several counts. */
export async function findCompanies(on: Queryable, accountId: string, rows: readonly ImportRow[]) {
  const ids = [...new Set(rows.flatMap((row) => row.companyId ?? []))];
  const keys = [...new Set(rows.flatMap((row) => (row.companyName === undefined ? [] : searchTextOf(row.companyName))))];
  const columns = { id: companies.id, country: companies.country, key: companies.searchText };
  const ours = eq(companies.accountId, accountId);
  const byId = new Map<string, ImportCompany>();
  const byName = new Map<string, ImportCompany>();
  if (ids.length > 0)
    for (const row of await on
      .select(columns)
      .from(companies)
      .where(and(ours, inArray(companies.id, ids))))
      byId.set(row.id, row);
  if (keys.length > 0) {
    const found = await on
      .select(columns)
      .from(companies)
      .where(and(ours, inArray(companies.searchText, keys)))
      .orderBy(asc(companies.createdAt), asc(companies.id));
    for (const row of found) if (!byName.has(row.key)) byName.set(row.key, row);
  }
  const wanted = new Set<ImportCompany>();

  return {
    /** The company a row names; a name that is not there gives one that `store` will make once a row needs it. */
    of(row: ImportRow): ImportCompany | undefined {
      if (row.companyId !== undefined) return byId.get(row.companyId);
      if (row.companyName === undefined) return undefined;
      const key = searchTextOf(row.companyName);
      const known = byName.get(key) ?? { id: newId('comp'), country: null, name: row.companyName };
      byName.set(key, known);
      return known;
    },
    need(company: ImportCompany): void {
      if (company.name !== undefined) wanted.add(company);
    },
    /** @returns how many were made */
    async store(tx: Transaction): Promise<number> {
      if (wanted.size === 0) return 0;
      await tx.insert(companies).values([...wanted].map(({ id, name = '' }) => ({ id, accountId, name, searchText: searchTextOf(name) })));
      return wanted.size;
    },
  };
}
