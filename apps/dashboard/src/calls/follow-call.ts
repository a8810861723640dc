import { currentWorkspace } from '../api.ts';

/** One thing that happened in a call, as the server sends it. */
export interface FollowedEvent {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the data of an event depends on its type
  data: any;
}

/**
 * Follows a call's server-sent events until it ends or `signal` aborts. (EventSource cannot name the workspace in a header.)
 */
export async function followCall(callId: string, onEvent: (event: FollowedEvent) => void, signal: AbortSignal): Promise<void> {
  const answer = await fetch(`/api/calls/${callId}/events`, {
    credentials: 'same-origin',
    headers: { 'x-account-slug': currentWorkspace(), accept: 'text/event-stream' },
    signal,
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  while (reader) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      const logged = field('data');
      if (logged) onEvent({ type: field('event') ?? 'message', data: JSON.parse(logged).data });
    }
  }
}
