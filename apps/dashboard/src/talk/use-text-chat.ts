import type { ChatReplyRecord } from '@talkturo/contract';
import { useEffect, useRef, useState } from 'react';
import { readEvents } from '../event-stream.ts';

/** Settings of an assistant that are not saved yet and are to be tried. */
export interface UnsavedSettings {
  first_message?: string;
  system_prompt?: string;
  provider?: string;
  model?: string;
  temperature?: number;
  max_tokens?: number;
}

export interface ChatTurn {
  id: number;
  role: 'user' | 'assistant';
  content: string;
  /** Of the assistant, once it is complete. */
  reply?: ChatReplyRecord;
}

interface ChatState {
  turns: readonly ChatTurn[];
  busy: boolean;
  error: string | null;
}

/** A conversation in writing with an assistant, as with that contact where one is given. Nothing of it is stored anywhere. */
export function useTextChat(assistantId: string, changes: UnsavedSettings | undefined, contactId?: string) {
  const [chat, setChat] = useState<ChatState>({ turns: [], busy: false, error: null });
  const reading = useRef(new AbortController());
  useEffect(() => () => reading.current.abort(), []);

  const grow = (id: number, change: (turn: ChatTurn) => ChatTurn) =>
    setChat((before) => {
      const known = before.turns.find((turn) => turn.id === id) ?? { id, role: 'assistant' as const, content: '' };
      return { ...before, turns: [...before.turns.filter((turn) => turn.id !== id), change(known)] };
    });

  const ask = async (turns: readonly ChatTurn[]) => {
    reading.current.abort();
    const mine = new AbortController();
    reading.current = mine;
    setChat({ turns, busy: true, error: null });
    const id = turns.length;
    const messages = turns.filter(({ content }) => content.trim() !== '').map(({ role, content }) => ({ role, content }));
    try {
      const body = { messages, ...(changes ? { changes } : {}), ...(contactId ? { contactId } : {}) };
      for await (const { type, data } of readEvents(`/api/assistants/${assistantId}/chat/stream`, mine.signal, body)) {
        if (type === 'text') grow(id, (turn) => ({ ...turn, content: turn.content + data.text }));
        else if (type === 'error') setChat((before) => ({ ...before, error: data.error }));
        else if (type === 'reply' && data.message) grow(id, (turn) => ({ ...turn, content: data.message.content, reply: data }));
      }
    } catch (error) {
      if (mine.signal.aborted) return;
      setChat((before) => ({ ...before, error: error instanceof Error ? error.message : String(error) }));
    }
    if (!mine.signal.aborted) setChat((before) => ({ ...before, busy: false }));
  };

  return {
    ...chat,
    /** From the beginning: the assistant says its first message. */
    begin: () => ask([]),
    say: (content: string) => ask([...chat.turns, { id: chat.turns.length, role: 'user', content }]),
    /** The last thing said is asked once more, with what the prompt is by now. */
    again: () => {
      const last = chat.turns.findLastIndex(({ role }) => role === 'user');
      return ask(chat.turns.slice(0, last + 1));
    },
  };
}
