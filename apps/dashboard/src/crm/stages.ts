import type { OpportunityStage } from '@talkturo/contract';

export type Stage = OpportunityStage;
export const STAGES = ['new', 'contacted', 'proposal', 'custom', 'closed-won', 'closed-lost'] as const satisfies readonly Stage[];
