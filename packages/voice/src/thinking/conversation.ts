import type { Message, ToolCall, ToolResult } from '../ports/index.ts';

/** One reply of the assistant while it comes into being. */
export interface ReplyDraft {
  /** Text that was handed to the voice since the last round of tools. */
  say(text: string): void;
  /** Tools were called after the text so far, and answered. */
  tools(calls: readonly ToolCall[], results: readonly ToolResult[]): void;
  /** The reply is over; of its whole text only `heard` reached the caller, and only that is remembered. */
  close(heard: string): void;
  /** All text of the reply so far. */
  readonly text: string;
  /** Text since the last round of tools. */
  readonly tail: string;
}

/** What both sides know was said: the memory of a call, with only what was heard. */
export interface Conversation {
  /** The caller's words. They join the caller's last message as long as nothing was answered to it. */
  caller(text: string): void;
  /** Something the assistant said outside a reply (greeting, question after silence), as far as it was heard. */
  assistant(heard: string): void;
  reply(): ReplyDraft;
  /** A model's request: what was said, and the open reply's rounds of tools. */
  readonly messages: readonly Message[];
}

/** Begins with what was said `before`, where somebody else led the call until now. */
export function createConversation(before: readonly Message[] = []): Conversation {
  const messages: Message[] = [...before];

  function draft(): ReplyDraft {
    /** Where in `messages` this reply's rounds stand, in order. */
    const rounds: { at: number; text: string; calls: readonly ToolCall[] }[] = [];
    let tail = '';
    let closed = false;
    const before = () => rounds.reduce((all, round) => all + round.text, '');
    return {
      say(text) {
        if (!closed) tail += text;
      },
      tools(calls, results) {
        rounds.push({ at: messages.length, text: tail, calls });
        messages.push({ role: 'assistant', content: tail, toolCalls: calls });
        for (const result of results) messages.push({ role: 'tool', ...result });
        tail = '';
      },
      close(heard) {
        if (closed) return;
        closed = true;
        let rest = heard;
        for (const { at, text, calls } of rounds) {
          messages[at] = { role: 'assistant', content: rest.slice(0, text.length), toolCalls: calls };
          rest = rest.slice(text.length);
        }
        if (rest.trim() !== '') messages.push({ role: 'assistant', content: rest });
      },
      get text() {
        return before() + tail;
      },
      get tail() {
        return tail;
      },
    };
  }

  return {
    caller(text) {
      const last = messages.at(-1);
      if (last?.role === 'user') messages[messages.length - 1] = { role: 'user', content: `${last.content} ${text}` };
      else messages.push({ role: 'user', content: text });
    },
    assistant(heard) {
      if (heard.trim() !== '') messages.push({ role: 'assistant', content: heard });
    },
    reply: draft,
    messages,
  };
}
