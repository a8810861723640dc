import type { Role } from '@talkturo/contract';

export type { Role };
export const ROLES = ['owner', 'admin', 'member'] as const satisfies readonly Role[];
