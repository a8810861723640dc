import type { BodyOf, createCampaign, updateCampaign } from '@talkturo/contract';
import { messageMissing } from './campaigns.errors.ts';
import type { CampaignRow } from './campaigns.table.ts';

/** Minutes until a retry where nothing else is said. */
const DEFAULT_DELAYS = { noAnswer: 5, busy: 10, error: 60 };

type Wanted = Omit<BodyOf<typeof updateCampaign>, 'name' | 'description'>;
type Columns = Partial<CampaignRow>;

/** What differs in name between request and row. */
const RENAMED = { useContactTimezoneForCallWindow: 'useContactTimezone' } as const;

/** The columns of a new campaign's settings; the contract has filled in the plain defaults. */
export function newSettings(body: BodyOf<typeof createCampaign>) {
  const { teamId: _, name, description, audience: __, contactIds: ___, companyId, ...settings } = body;
  const general = settings.retryDelayMinutes ?? null;
  const { scheduledStartAt, useContactTimezoneForCallWindow, ...rest } = settings;
  const columns = {
    ...rest,
    companyId,
    name,
    description: description ?? null,
    useContactTimezone: useContactTimezoneForCallWindow,
    scheduledStartAt: scheduledStartAt ? new Date(scheduledStartAt) : null,
    retryDelayMinutes: general,
    retryDelayNoAnswerMinutes: settings.retryDelayNoAnswerMinutes ?? general ?? DEFAULT_DELAYS.noAnswer,
    retryDelayBusyMinutes: settings.retryDelayBusyMinutes ?? general ?? DEFAULT_DELAYS.busy,
    retryDelayErrorMinutes: settings.retryDelayErrorMinutes ?? general ?? DEFAULT_DELAYS.error,
    voicemailMessage: settings.voicemailMessage || null,
  };
  checkVoicemail(columns);
  return columns;
}

/** The columns that change. A general retry delay sets those of the outcomes that are not given with it. */
export function changedSettings(wanted: Wanted, before: CampaignRow): Columns {
  const { scheduledStartAt, retryDelayMinutes: general, ...rest } = wanted;
  const columns: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(rest)) {
    if (value !== undefined) columns[RENAMED[field as keyof typeof RENAMED] ?? field] = value;
  }
  if (scheduledStartAt !== undefined) columns.scheduledStartAt = scheduledStartAt === null ? null : new Date(scheduledStartAt);
  if (general !== undefined) columns.retryDelayMinutes = general;
  if (general) {
    for (const field of ['retryDelayNoAnswerMinutes', 'retryDelayBusyMinutes', 'retryDelayErrorMinutes']) columns[field] ??= general;
  }
  if (columns.voicemailMessage === '') columns.voicemailMessage = null;
  checkVoicemail({ ...before, ...columns });
  return columns;
}

function checkVoicemail({ voicemailAction, voicemailMessage }: Pick<CampaignRow, 'voicemailAction' | 'voicemailMessage'>): void {
  if (voicemailAction === 'leave_message' && !voicemailMessage) throw messageMissing();
}
