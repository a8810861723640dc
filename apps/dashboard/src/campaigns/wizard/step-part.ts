import type { Plan } from './plan.ts';

/** What a step gets: the plan, a setter for some of it, and what the server found wrong. */
export interface StepPart {
  plan: Plan;
  change: (fields: Partial<Plan>) => void;
  errorOf: (field: string) => string | undefined;
}
