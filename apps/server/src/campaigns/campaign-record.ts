import type { Campaign } from '@talkturo/contract';
import { and, asc, eq, inArray, or } from 'drizzle-orm';
import type { Queryable } from '../database/connect.ts';
import { teamIdOf } from '../database/ids.ts';
import { phoneNumbers } from '../phone-numbers/phone-numbers.table.ts';
import { figuresOf } from './campaign-figures.ts';
import type { CampaignRow } from './campaigns.table.ts';

export const etagOf = (row: Pick<CampaignRow, 'version'>): string => `"${row.version}"`;

/** Rows as the API shows them, with their figures and numbers. */
export async function recordsOf(on: Queryable, rows: readonly CampaignRow[]): Promise<Campaign[]> {
  if (rows.length === 0) return [];
  const figures = await figuresOf(
    on,
    rows.map((row) => row.id),
  );
  const firstNumber = await firstNumbers(on, rows);
  return rows.map((row): Campaign => {
    const of = figures.get(row.id)!;
    return {
      id: row.id,
      team_id: teamIdOf(row.accountId),
      assistant_id: row.assistantId,
      company_id: row.companyId,
      name: row.name,
      description: row.description,
      from_number: firstNumber(row),
      from_number_ids: row.fromNumberIds,
      status: row.status,
      scheduled_start_at: row.scheduledStartAt?.toISOString() ?? null,
      call_window_start: row.callWindowStart,
      call_window_end: row.callWindowEnd,
      call_window_timezone: row.callWindowTimezone,
      use_contact_timezone_for_call_window: row.useContactTimezone,
      max_concurrent_calls: row.maxConcurrentCalls,
      max_attempts_per_contact: row.maxAttemptsPerContact,
      retry_delay_minutes: row.retryDelayMinutes,
      retry_delay_no_answer_minutes: row.retryDelayNoAnswerMinutes,
      retry_delay_busy_minutes: row.retryDelayBusyMinutes,
      retry_delay_error_minutes: row.retryDelayErrorMinutes,
      retry_on_error: row.retryOnError,
      retry_backoff_mode: row.retryBackoffMode,
      retry_backoff_multiplier: row.retryBackoffMultiplier,
      retry_backoff_max_minutes: row.retryBackoffMaxMinutes,
      voicemail_action: row.voicemailAction,
      voicemail_message: row.voicemailMessage,
      no_auto_complete: row.noAutoComplete,
      enrolling: row.enrollingAfter !== null,
      total_contacts: of.total,
      contacts_called: of.called,
      contacts_completed: of.statuses.completed,
      contacts_answered: of.outcomes.answered,
      problem: row.status === 'running' ? row.problem : null,
      started_at: row.startedAt?.toISOString() ?? null,
      completed_at: row.completedAt?.toISOString() ?? null,
      deleted_at: row.deletedAt?.toISOString() ?? null,
      created_at: row.createdAt.toISOString(),
      updated_at: row.updatedAt.toISOString(),
    };
  });
}

/** The first number of each campaign: of those it names, else of its assistant's. */
async function firstNumbers(on: Queryable, rows: readonly CampaignRow[]): Promise<(row: CampaignRow) => string | null> {
  const named = rows.flatMap((row) => row.fromNumberIds.slice(0, 1));
  const assistants = rows.filter((row) => row.fromNumberIds.length === 0).map((row) => row.assistantId);
  const found = await on
    .select({ id: phoneNumbers.id, phoneNumber: phoneNumbers.phoneNumber, assistantId: phoneNumbers.assistantId })
    .from(phoneNumbers)
    .where(
      or(
        named.length > 0 ? inArray(phoneNumbers.id, named) : undefined,
        assistants.length > 0 ? and(inArray(phoneNumbers.assistantId, assistants), eq(phoneNumbers.status, 'active')) : undefined,
      ),
    )
    .orderBy(asc(phoneNumbers.assistantPosition), asc(phoneNumbers.id));
  return (row) => {
    const [first] = row.fromNumberIds;
    const number = first ? found.find(({ id }) => id === first) : found.find(({ assistantId }) => assistantId === row.assistantId);
    return number?.phoneNumber ?? null;
  };
}
