import type { CampaignOutcome, SkipReason } from '@talkturo/contract';
import type { CampaignContactRow } from './campaign-contacts.table.ts';
import type { CampaignRow } from './campaigns.table.ts';

/** How a call of a campaign ended, as calls tell it. */
export interface CallResult {
  outcome: string | null;
  /** Why, e.g. `node_lost`. */
  endedReason: string | null;
  endedAt: Date;
}

/** What becomes of the contact. */
export interface NextStep {
  status: CampaignContactRow['status'];
  outcome: CampaignOutcome;
  skipReason: SkipReason | null;
  nextAttemptAt: Date | null;
}

type RetryRules = Pick<
  CampaignRow,
  | 'status'
  | 'maxAttemptsPerContact'
  | 'retryDelayNoAnswerMinutes'
  | 'retryDelayBusyMinutes'
  | 'retryDelayErrorMinutes'
  | 'retryOnError'
  | 'retryBackoffMode'
  | 'retryBackoffMultiplier'
  | 'retryBackoffMaxMinutes'
>;

/** A call that we ended ourselves, by a restart, is tried again whatever the campaign says about errors. */
const OUR_OWN_DOING: readonly string[] = ['shutdown', 'no_capacity'];
/** Nobody knows whether these calls took place: whatever the campaign says, they are not placed again. */
const IN_DOUBT: readonly string[] = ['node_lost', 'unconfirmed'];

const OUTCOMES: Readonly<Record<string, CampaignOutcome>> = {
  answered: 'answered',
  voicemail: 'voicemail',
  no_answer: 'no_answer',
  busy: 'busy',
  declined: 'declined',
  invalid_number: 'invalid_number',
  do_not_call: 'do_not_call',
};

/**
 * What becomes of a contact after a call: called again later, or one final state.
 * @param attempts calls to it so far, this one included.
 */
export function nextStep(result: CallResult, campaign: RetryRules, attempts: number, doNotCall: boolean): NextStep {
  const outcome = OUTCOMES[result.outcome ?? ''] ?? 'error';
  const final = (status: NextStep['status'], skipReason: SkipReason | null = null, as: CampaignOutcome = outcome): NextStep => ({
    status,
    outcome: as,
    skipReason,
    nextAttemptAt: null,
  });
  if (doNotCall) return outcome === 'answered' ? final('completed', null, 'do_not_call') : final('skipped', 'do_not_call', 'do_not_call');
  if (outcome === 'answered' || outcome === 'voicemail' || outcome === 'declined' || outcome === 'do_not_call') return final('completed');
  if (outcome === 'invalid_number') return final('failed');
  if (outcome === 'error' && IN_DOUBT.includes(result.endedReason ?? '')) return final('failed');
  const ours = OUR_OWN_DOING.includes(result.endedReason ?? '');
  if (outcome === 'error' && !campaign.retryOnError && !ours) return final('failed');
  if (attempts >= campaign.maxAttemptsPerContact) return final('failed');
  if (campaign.status === 'cancelled' || campaign.status === 'completed') return final('skipped', 'campaign_stopped');
  const nextAttemptAt = new Date(result.endedAt.getTime() + delayMinutes(outcome, campaign, attempts) * 60_000);
  return { status: 'pending', outcome, skipReason: null, nextAttemptAt };
}

/** Minutes until the next call: fixed, or growing by the multiplier with each call, up to the cap. */
export function delayMinutes(outcome: CampaignOutcome, campaign: RetryRules, attempts: number): number {
  const first =
    outcome === 'no_answer'
      ? campaign.retryDelayNoAnswerMinutes
      : outcome === 'busy'
        ? campaign.retryDelayBusyMinutes
        : campaign.retryDelayErrorMinutes;
  if (campaign.retryBackoffMode === 'fixed') return first;
  return Math.min(first * campaign.retryBackoffMultiplier ** (attempts - 1), Math.max(first, campaign.retryBackoffMaxMinutes));
}
