import type { BodyInputOf, createCampaign } from '@talkturo/contract';
import { browserTimeZone } from '../../time-zone.ts';

/** A campaign as it is being planned; texts of inputs stay texts until it is sent. */
export interface Plan {
  name: string;
  description: string;
  assistantId: string;
  companyId: string;
  audience: 'all' | 'selected';
  contactIds: string[];
  fromNumberIds: string[];
  callWindowStart: string;
  callWindowEnd: string;
  callWindowTimezone: string;
  useContactTimezoneForCallWindow: boolean;
  /** As an input of type datetime-local has it, in the browser's zone; empty: when it is started. */
  scheduledStart: string;
  maxConcurrentCalls: string;
  maxAttemptsPerContact: string;
  retryDelayNoAnswerMinutes: string;
  retryDelayBusyMinutes: string;
  retryDelayErrorMinutes: string;
  retryOnError: boolean;
  retryBackoffMode: 'fixed' | 'exponential';
  retryBackoffMultiplier: string;
  voicemailAction: 'hangup' | 'leave_message';
  voicemailMessage: string;
}

/** The defaults of the API, but for the zone. */
export const EMPTY_PLAN: Plan = {
  name: '',
  description: '',
  assistantId: '',
  companyId: '',
  audience: 'all',
  contactIds: [],
  fromNumberIds: [],
  callWindowStart: '09:00',
  callWindowEnd: '17:00',
  callWindowTimezone: browserTimeZone(),
  useContactTimezoneForCallWindow: true,
  scheduledStart: '',
  maxConcurrentCalls: '5',
  maxAttemptsPerContact: '3',
  retryDelayNoAnswerMinutes: '5',
  retryDelayBusyMinutes: '10',
  retryDelayErrorMinutes: '60',
  retryOnError: false,
  retryBackoffMode: 'fixed',
  retryBackoffMultiplier: '2',
  voicemailAction: 'hangup',
  voicemailMessage: '',
};

export const STEPS = ['basics', 'audience', 'numbers', 'windows', 'retries', 'review'] as const;
export type Step = (typeof STEPS)[number];

/** Whether a step has all it needs. */
export function isComplete(plan: Plan, step: Step): boolean {
  if (step === 'basics') return plan.name.trim() !== '' && plan.assistantId !== '';
  if (step === 'audience') return plan.companyId !== '' && (plan.audience === 'all' || plan.contactIds.length > 0);
  if (step === 'windows') return plan.callWindowStart !== '' && plan.callWindowEnd !== '' && plan.callWindowTimezone !== '';
  if (step === 'retries') return plan.voicemailAction === 'hangup' || plan.voicemailMessage.trim() !== '';
  return true;
}

/** The step a refused field stands on. */
export function stepOf(field: string): Step {
  if (/^(name|description|assistantId)/.test(field)) return 'basics';
  if (/^(companyId|audience|contactIds)/.test(field)) return 'audience';
  if (/^fromNumberIds/.test(field)) return 'numbers';
  if (/^(callWindow|useContact|scheduled)/.test(field)) return 'windows';
  return 'retries';
}

export function toBody(plan: Plan, teamId: string): BodyInputOf<typeof createCampaign> {
  return {
    teamId,
    name: plan.name,
    ...(plan.description ? { description: plan.description } : {}),
    assistantId: plan.assistantId,
    companyId: plan.companyId,
    audience: plan.audience,
    ...(plan.audience === 'selected' ? { contactIds: plan.contactIds } : {}),
    fromNumberIds: plan.fromNumberIds,
    callWindowStart: plan.callWindowStart,
    callWindowEnd: plan.callWindowEnd,
    callWindowTimezone: plan.callWindowTimezone,
    useContactTimezoneForCallWindow: plan.useContactTimezoneForCallWindow,
    ...(plan.scheduledStart ? { scheduledStartAt: new Date(plan.scheduledStart).toISOString() } : {}),
    maxConcurrentCalls: Number(plan.maxConcurrentCalls),
    maxAttemptsPerContact: Number(plan.maxAttemptsPerContact),
    retryDelayNoAnswerMinutes: Number(plan.retryDelayNoAnswerMinutes),
    retryDelayBusyMinutes: Number(plan.retryDelayBusyMinutes),
    retryDelayErrorMinutes: Number(plan.retryDelayErrorMinutes),
    retryOnError: plan.retryOnError,
    retryBackoffMode: plan.retryBackoffMode,
    ...(plan.retryBackoffMode === 'exponential' ? { retryBackoffMultiplier: Number(plan.retryBackoffMultiplier) } : {}),
    voicemailAction: plan.voicemailAction,
    ...(plan.voicemailAction === 'leave_message' ? { voicemailMessage: plan.voicemailMessage } : {}),
  };
}
