import type { BodyOf, CustomField, createCustomField, listCustomFields, QueryOf, updateCustomField } from '@talkturo/contract';
import { isId } from '@talkturo/contract';
import { and, count, desc, eq, sql } from 'drizzle-orm';
import { type Database, databaseErrorCode, type Queryable } from '../database/connect.ts';
import { newId, teamIdOf } from '../database/ids.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import type { Caller } from '../http/caller.ts';
import { audit } from '../identity/audit.ts';
import { invalidFields, keyTaken, tooManyCustomFields } from './crm.errors.ts';
import { customFields } from './custom-fields.table.ts';
import type { Definition } from './custom-values.ts';
import { fold } from './search.ts';

const MOST_OF_A_KIND = 100;
/** Rows a statement takes a deleted field's values from: long enough to be quick, short enough not to hold writers up. */
const CLEAR_BATCH = 5_000;

export type CustomFields = ReturnType<typeof createCustomFields>;

/** What can be done with an account's definitions of own fields. */
export function createCustomFields(db: Database) {
  return {
    async create(caller: Caller, wanted: Omit<BodyOf<typeof createCustomField>, 'teamId'>): Promise<Definition> {
      const key = wanted.key ?? keyFrom(wanted.name);
      const options = checkedOptions(wanted.type, wanted.options);
      try {
        return await db.transaction(async (tx) => {
          // The lock makes counting and adding one step.
          await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`custom-fields ${caller.accountId}`}, 0))`);
          const ofKind = and(eq(customFields.accountId, caller.accountId), eq(customFields.entity, wanted.entity));
          const [there] = await tx.select({ n: count() }).from(customFields).where(ofKind);
          if ((there?.n ?? 0) >= MOST_OF_A_KIND) throw tooManyCustomFields(MOST_OF_A_KIND);
          const [row] = await tx
            .insert(customFields)
            .values({
              id: newId('cf'),
              accountId: caller.accountId,
              entity: wanted.entity,
              name: wanted.name,
              key,
              type: wanted.type,
              options,
            })
            .returning();
          if (!row) throw new Error('the custom field was not stored');
          await audit(tx, caller, 'custom_field.created', row.id, { key: { to: key } });
          return row;
        });
      } catch (error) {
        if (databaseErrorCode(error) === '23505') throw keyTaken(key);
        throw error;
      }
    },

    async list(caller: Caller, filter: QueryOf<typeof listCustomFields>): Promise<{ rows: Definition[]; count: number }> {
      const where = and(eq(customFields.accountId, caller.accountId), filter.entity ? eq(customFields.entity, filter.entity) : undefined);
      const rows = await db
        .select()
        .from(customFields)
        .where(where)
        .orderBy(desc(customFields.createdAt), desc(customFields.id))
        .limit(filter.limit)
        .offset(filter.offset);
      const [total] = await db.select({ n: count() }).from(customFields).where(where);
      return { rows, count: total?.n ?? 0 };
    },

    async change(caller: Caller, id: string, changes: BodyOf<typeof updateCustomField>): Promise<Definition> {
      return db.transaction(async (tx) => {
        const before = await own(tx, caller, id, true);
        const options = changes.options === undefined ? before.options : checkedOptions(before.type, changes.options);
        const [row] = await tx
          .update(customFields)
          .set({ name: changes.name ?? before.name, options, updatedAt: sql`now()` })
          .where(eq(customFields.id, id))
          .returning();
        if (!row) throw notFound('custom field');
        await audit(tx, caller, 'custom_field.updated', id, { name: { from: before.name, to: row.name } });
        return row;
      });
    },

    /**
     * Deletes a definition and its values everywhere. Most values go before the definition, in batches; if that is cut
     * short the definition is still there and the call can be repeated.
     */
    async remove(caller: Caller, id: string): Promise<void> {
      const field = await own(db, caller, id);
      for (let after = ''; ; ) {
        const last = await clear(db, field, after);
        if (last === null) break;
        after = last;
      }
      await db.transaction(async (tx) => {
        await own(tx, caller, id, true);
        for (let after: string | null = ''; after !== null; ) after = await clear(tx, field, after);
        await tx.delete(customFields).where(eq(customFields.id, id));
        await audit(tx, caller, 'custom_field.deleted', id, { key: { from: field.key } });
      });
    },
  };
}

/** Takes the field's values from the next records after an id. @returns the last id looked at, null when there were none. */
async function clear(on: Queryable, field: Definition, after: string): Promise<string | null> {
  const table = sql.raw(field.entity === 'contact' ? 'contacts' : 'companies');
  const { rows } = await on.execute<{ last: string | null }>(sql`
    with next as (
      select id from ${table} where account_id = ${field.accountId} and custom_fields ? ${field.key} and id > ${after}
      order by id limit ${CLEAR_BATCH} for update
    ), cleared as (
      update ${table} set custom_fields = custom_fields - ${field.key}::text where id in (select id from next)
    )
    select max(id) as last from next`);
  return rows[0]?.last ?? null;
}

/** `Lead score (2026)` → `lead_score_2026`. */
function keyFrom(name: string): string {
  const key = fold(name)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 50);
  if (key === '') throw invalidFields([{ path: 'key', message: 'is required, since none can be made from this name' }]);
  return key;
}

function checkedOptions(type: string, options: readonly string[] | undefined): string[] {
  const unique = [...new Set(options ?? [])];
  if (type === 'select' && unique.length === 0)
    throw invalidFields([{ path: 'options', message: 'must hold at least one value for a select field' }]);
  if (type !== 'select' && unique.length > 0) throw invalidFields([{ path: 'options', message: 'are only for select fields' }]);
  return unique;
}

async function own(on: Queryable, caller: Caller, id: string, lock = false): Promise<Definition> {
  if (!isId('cf', id)) throw notFound('custom field');
  const query = on.select().from(customFields).where(eq(customFields.id, id)).limit(1);
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw notFound('custom field');
  if (row.accountId !== caller.accountId) throw forbidden();
  return row;
}

/** The record as the API shows it. */
export const toRecord = (row: Definition): CustomField => ({
  id: row.id,
  team_id: teamIdOf(row.accountId),
  entity: row.entity,
  name: row.name,
  key: row.key,
  type: row.type,
  options: row.options,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});
