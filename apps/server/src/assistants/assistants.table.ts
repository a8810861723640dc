import type { TransferDestination } from '@talkturo/contract';
import { boolean, doublePrecision, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { accounts } from '../identity/accounts.table.ts';

/** Deleted assistants keep their row, so that past calls can still name them. */
export const assistants = pgTable(
  'assistants',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    type: text().notNull(),
    model: text().notNull(),
    provider: text().notNull(),
    temperature: doublePrecision().notNull(),
    maxTokens: integer('max_tokens').notNull(),
    firstMessage: text('first_message').notNull(),
    systemPrompt: text('system_prompt').notNull(),
    voiceProvider: text('voice_provider').notNull(),
    voiceModel: text('voice_model').notNull(),
    voiceId: text('voice_id').notNull(),
    voiceName: text('voice_name').notNull(),
    transcriptorProvider: text('transcriptor_provider').notNull(),
    transcriptorModel: text('transcriptor_model').notNull(),
    transcriptorLanguage: text('transcriptor_language').notNull(),
    /** Null: none. */
    transcriptorKeyterms: text('transcriptor_keyterms').array(),
    /** Who takes over in a call; null: the server's own choice. */
    fallbackLlmProvider: text('fallback_llm_provider'),
    fallbackLlmModel: text('fallback_llm_model'),
    fallbackVoiceProvider: text('fallback_voice_provider'),
    fallbackVoiceModel: text('fallback_voice_model'),
    fallbackVoiceId: text('fallback_voice_id'),
    fallbackTranscriptorProvider: text('fallback_transcriptor_provider'),
    fallbackTranscriptorModel: text('fallback_transcriptor_model'),
    /** Whom it may connect callers with; null: nobody. */
    transferDestinations: jsonb('transfer_destinations').$type<TransferDestination[]>(),
    mode: text().notNull().default('standard'),
    realtimeProvider: text('realtime_provider').notNull().default('openai-realtime'),
    realtimeModel: text('realtime_model').notNull().default('gpt-realtime'),
    realtimeVoice: text('realtime_voice').notNull().default('marin'),
    recordingEnabled: boolean('recording_enabled').notNull(),
    inboundEnabled: boolean('inbound_enabled').notNull(),
    outboundEnabled: boolean('outbound_enabled').notNull(),
    /** Counts the changes; the ETag. */
    version: integer().notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
  },
  (table) => [index('assistants_account').on(table.accountId, table.createdAt.desc(), table.id.desc())],
);
