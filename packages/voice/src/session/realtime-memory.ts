import type { Message, ToolCall, ToolResult } from '../ports/index.ts';

/** A place in the memory whose text becomes known, or shorter, later. */
export interface Remembered {
  text: string;
}

/**
 * What was said in a call that a realtime model leads, in the order in which it began: for whoever has to go on from
 * there. The caller's words often come after the answer to them.
 */
export interface RealtimeMemory {
  caller(text?: string): Remembered;
  assistant(): Remembered;
  tools(calls: readonly ToolCall[], results: readonly ToolResult[]): void;
  /** As a model takes them; places without text are left out, the caller's neighbours joined. */
  readonly messages: readonly Message[];
  /** The same without one place. */
  messagesWithout(place: Remembered | null): readonly Message[];
}

type Entry =
  | { role: 'user' | 'assistant'; place: Remembered }
  | { role: 'tools'; calls: readonly ToolCall[]; results: readonly ToolResult[] };

export function createRealtimeMemory(): RealtimeMemory {
  const entries: Entry[] = [];
  const place = (role: 'user' | 'assistant', text: string): Remembered => {
    const remembered = { text };
    entries.push({ role, place: remembered });
    return remembered;
  };

  function add(messages: Message[], entry: Entry): void {
    if (entry.role === 'tools') {
      messages.push({ role: 'assistant', content: '', toolCalls: entry.calls });
      for (const result of entry.results) messages.push({ role: 'tool', ...result });
      return;
    }
    const content = entry.place.text.trim();
    const last = messages.at(-1);
    if (content === '') return;
    if (entry.role === 'user' && last?.role === 'user') last.content = `${last.content} ${content}`;
    else messages.push({ role: entry.role, content });
  }

  function messagesWithout(place: Remembered | null): Message[] {
    const messages: Message[] = [];
    for (const entry of entries) if (entry.role === 'tools' || entry.place !== place) add(messages, entry);
    return messages;
  }

  return {
    caller: (text = '') => place('user', text),
    assistant: () => place('assistant', ''),
    tools: (calls, results) => void entries.push({ role: 'tools', calls, results }),
    get messages() {
      return messagesWithout(null);
    },
    messagesWithout,
  };
}
