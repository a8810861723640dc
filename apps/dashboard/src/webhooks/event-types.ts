import type { EventType } from '@talkturo/contract';

export type { EventType };
export const EVENT_TYPES = [
  'call.initiated',
  'call.answered',
  'call.machine_detection.ended',
  'call.transferred',
  'call.hangup',
  'call.completed',
  'call.transcribed',
  'campaign.completed',
] as const satisfies readonly EventType[];
