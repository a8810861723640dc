import type { AssistantRecord, BodyOf, createAssistant, listAssistants, QueryOf, updateAssistant } from '@talkturo/contract';
import { isId } from '@talkturo/contract';
import { and, count, desc, eq, ilike, isNull, sql } from 'drizzle-orm';
import type { Database, Queryable, Transaction } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import { likePart } from '../database/like.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import type { Caller } from '../http/caller.ts';
import { type IfMatch, requireMatch } from '../http/etag.ts';
import { audit, changesBetween } from '../identity/audit.ts';
import { assistants } from './assistants.table.ts';
import { templateSettings } from './templates.ts';

export type Assistant = typeof assistants.$inferSelect;
export type Assistants = ReturnType<typeof createAssistants>;

type NewAssistant = BodyOf<typeof createAssistant>;
type Changes = Omit<BodyOf<typeof updateAssistant>, 'accountSlug'>;
type Filter = QueryOf<typeof listAssistants>;

/** Runs in the transaction that deletes an assistant, e.g. to free its phone numbers. */
type OnRemoved = (tx: Transaction, assistantId: string) => Promise<void>;

/** What can be done with assistants. Every method refuses what is not the caller's: 404 when it does not exist, 403 when it is another's. */
export function createAssistants(db: Database) {
  const onRemoved: OnRemoved[] = [];
  // The most frequent question: built and planned once.
  const byId = db
    .select()
    .from(assistants)
    .where(and(eq(assistants.id, sql.placeholder('id')), isNull(assistants.deletedAt)))
    .prepare('assistant_by_id');

  return {
    async create(caller: Caller, wanted: NewAssistant): Promise<Assistant> {
      return db.transaction(async (tx) => {
        const row = await insert(tx, caller, { ...templateSettings(wanted.templateId), type: wanted.templateId, name: wanted.name });
        await audit(tx, caller, 'assistant.created', row.id, { name: { to: row.name } });
        return row;
      });
    },

    async get(caller: Caller, id: string): Promise<Assistant> {
      if (!isId('asst', id)) throw notFound('assistant');
      const [row] = await byId.execute({ id });
      return required(row, caller);
    },

    /** The assistant whoever owns it, deleted or not; for features that already know it is theirs to see. */
    async find(id: string, on: Queryable = db): Promise<Assistant | undefined> {
      const [row] = await on.select().from(assistants).where(eq(assistants.id, id)).limit(1);
      return row;
    },

    async list(caller: Caller, filter: Filter): Promise<{ rows: Assistant[]; count: number }> {
      const where = and(
        eq(assistants.accountId, caller.accountId),
        isNull(assistants.deletedAt),
        filter.search ? ilike(assistants.name, likePart(filter.search)) : undefined,
        filter.type ? eq(assistants.type, filter.type) : undefined,
      );
      const [rows, [total]] = await Promise.all([
        db
          .select()
          .from(assistants)
          .where(where)
          .orderBy(desc(assistants.createdAt), desc(assistants.id))
          .limit(filter.limit)
          .offset(filter.offset),
        db.select({ count: count() }).from(assistants).where(where),
      ]);
      return { rows, count: total?.count ?? 0 };
    },

    /** @throws AppError 412 when `ifMatch` names another version than the stored one. */
    async change(caller: Caller, id: string, changes: Changes, ifMatch: IfMatch): Promise<Assistant> {
      return db.transaction(async (tx) => {
        const before = await own(tx, caller, id, 'update');
        requireMatch(ifMatch, etagOf(before));
        const set = columnsOf(changes);
        if (Object.keys(set).length === 0) return before;
        const [row] = await tx
          .update(assistants)
          .set({ ...set, version: before.version + 1, updatedAt: sql`now()` })
          .where(eq(assistants.id, id))
          .returning();
        if (!row) throw notFound('assistant');
        await audit(tx, caller, 'assistant.updated', id, changesBetween(toRecord(before), toRecord(row), ['updated_at']));
        return row;
      });
    },

    /** Hides it from now on; calls that name it keep doing so. */
    async remove(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
      await db.transaction(async (tx) => {
        const before = await own(tx, caller, id, 'update');
        requireMatch(ifMatch, etagOf(before));
        await tx
          .update(assistants)
          .set({ deletedAt: sql`now()`, version: before.version + 1 })
          .where(eq(assistants.id, id));
        for (const run of onRemoved) await run(tx, id);
        await audit(tx, caller, 'assistant.deleted', id, { name: { from: before.name } });
      });
    },

    async clone(caller: Caller, id: string, name: string | undefined): Promise<Assistant> {
      return db.transaction(async (tx) => {
        const { id: _id, accountId: _account, createdAt: _created, updatedAt: _updated, ...same } = await own(tx, caller, id);
        const row = await insert(tx, caller, { ...same, version: 1, name: name ?? copyName(same.name) });
        await audit(tx, caller, 'assistant.created', row.id, { name: { to: row.name }, cloned_from: { to: id } });
        return row;
      });
    },

    /** Registers what else has to happen, in the same transaction, when an assistant is deleted. */
    whenRemoved(run: OnRemoved): void {
      onRemoved.push(run);
    },
  };
}

/** The assistant if it exists and is the caller's. */
async function own(on: Queryable, caller: Caller, id: string, lock?: 'update'): Promise<Assistant> {
  if (!isId('asst', id)) throw notFound('assistant');
  const query = on
    .select()
    .from(assistants)
    .where(and(eq(assistants.id, id), isNull(assistants.deletedAt)))
    .limit(1);
  const [row] = await (lock ? query.for(lock) : query);
  return required(row, caller);
}

function required(row: Assistant | undefined, caller: Caller): Assistant {
  if (!row) throw notFound('assistant');
  if (row.accountId !== caller.accountId) throw forbidden();
  return row;
}

async function insert(on: Queryable, caller: Caller, values: Omit<typeof assistants.$inferInsert, 'id' | 'accountId'>): Promise<Assistant> {
  const [row] = await on
    .insert(assistants)
    .values({ ...values, id: newId('asst'), accountId: caller.accountId })
    .returning();
  if (!row) throw new Error('the assistant was not stored');
  return row;
}

/** `Sales Agent` → `Sales Agent (copy)`, within the bound of names. */
const copyName = (name: string): string => `${name.slice(0, 193)} (copy)`;

export const etagOf = (row: Assistant): string => `"${row.version}"`;

/** The columns of a row that are settings, by the name the API gives them. */
const COLUMNS = {
  name: 'name',
  first_message: 'firstMessage',
  system_prompt: 'systemPrompt',
  provider: 'provider',
  model: 'model',
  temperature: 'temperature',
  max_tokens: 'maxTokens',
  voice_provider: 'voiceProvider',
  voice_model: 'voiceModel',
  voice_id: 'voiceId',
  voice_name: 'voiceName',
  transcriptor_provider: 'transcriptorProvider',
  transcriptor_model: 'transcriptorModel',
  transcriptor_language: 'transcriptorLanguage',
  transcriptor_keyterms: 'transcriptorKeyterms',
  fallback_llm_provider: 'fallbackLlmProvider',
  fallback_llm_model: 'fallbackLlmModel',
  fallback_voice_provider: 'fallbackVoiceProvider',
  fallback_voice_model: 'fallbackVoiceModel',
  fallback_voice_id: 'fallbackVoiceId',
  fallback_transcriptor_provider: 'fallbackTranscriptorProvider',
  fallback_transcriptor_model: 'fallbackTranscriptorModel',
  transfer_destinations: 'transferDestinations',
  mode: 'mode',
  realtime_provider: 'realtimeProvider',
  realtime_model: 'realtimeModel',
  realtime_voice: 'realtimeVoice',
  recording_enabled: 'recordingEnabled',
  inbound_enabled: 'inboundEnabled',
  outbound_enabled: 'outboundEnabled',
} as const satisfies Record<keyof Changes, keyof Assistant>;

function columnsOf(changes: Changes): Partial<Assistant> {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([field, value]) => [COLUMNS[field as keyof Changes], value]));
}

/** The record as the API shows it. */
export function toRecord(row: Assistant): AssistantRecord {
  return {
    id: row.id,
    account_id: row.accountId,
    name: row.name,
    type: row.type as AssistantRecord['type'],
    model: row.model,
    provider: row.provider as AssistantRecord['provider'],
    temperature: row.temperature,
    max_tokens: row.maxTokens,
    first_message: row.firstMessage,
    system_prompt: row.systemPrompt,
    voice_provider: row.voiceProvider as AssistantRecord['voice_provider'],
    voice_model: row.voiceModel,
    voice_id: row.voiceId,
    voice_name: row.voiceName,
    transcriptor_provider: row.transcriptorProvider as AssistantRecord['transcriptor_provider'],
    transcriptor_model: row.transcriptorModel,
    transcriptor_language: row.transcriptorLanguage,
    ...whereSet(row),
    mode: row.mode as AssistantRecord['mode'],
    realtime_provider: row.realtimeProvider as AssistantRecord['realtime_provider'],
    realtime_model: row.realtimeModel,
    realtime_voice: row.realtimeVoice,
    recording_enabled: row.recordingEnabled,
    inbound_enabled: row.inboundEnabled,
    outbound_enabled: row.outboundEnabled,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

/** Optional settings: shown where they are set. */
function whereSet(row: Assistant): Partial<AssistantRecord> {
  const optional = {
    transcriptor_keyterms: row.transcriptorKeyterms?.length ? row.transcriptorKeyterms : null,
    fallback_llm_provider: row.fallbackLlmProvider,
    fallback_llm_model: row.fallbackLlmModel,
    fallback_voice_provider: row.fallbackVoiceProvider,
    fallback_voice_model: row.fallbackVoiceModel,
    fallback_voice_id: row.fallbackVoiceId,
    fallback_transcriptor_provider: row.fallbackTranscriptorProvider,
    fallback_transcriptor_model: row.fallbackTranscriptorModel,
    transfer_destinations: row.transferDestinations?.length ? row.transferDestinations : null,
  };
  return Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null));
}
