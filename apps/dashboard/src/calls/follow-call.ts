import { readEvents } from '../event-stream.ts';

/** One thing that happened in a call, as the server sends it. */
export interface FollowedEvent {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the data of an event depends on its type
  data: any;
}

/**
 * Follows a call's server-sent events until it ends or `signal` aborts.
 */
export async function followCall(callId: string, onEvent: (event: FollowedEvent) => void, signal: AbortSignal): Promise<void> {
  for await (const { type, data } of readEvents(`/api/calls/${callId}/events`, signal)) onEvent({ type, data: data.data });
}
