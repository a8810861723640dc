import type { startWebCall as startWebCallEndpoint } from '@talkturo/contract';
import {
  afterMessage,
  type Conversation,
  emptyConversation,
  type LineState,
  NoMicrophone,
  type ServerMessage,
  startWebCall,
  type WebCall,
} from '@talkturo/web-call';
import workletUrl from '@talkturo/web-call/worklet?worker&url';
import { useEffect, useRef, useState } from 'react';
import { request } from '../api.ts';

interface BrowserCall {
  state: 'idle' | LineState;
  callId: string | null;
  conversation: Conversation;
  /** Who is just speaking. */
  speaking: 'caller' | 'assistant' | null;
  interruptions: number;
  /** Keys pressed so far. */
  keys: string;
  error: string | null;
  /** The connection broke and could not be taken up again; nobody hung up. */
  lost: boolean;
}

const NOTHING: BrowserCall = {
  state: 'idle',
  callId: null,
  conversation: emptyConversation,
  speaking: null,
  interruptions: 0,
  keys: '',
  error: null,
  lost: false,
};
const SILENT = { microphone: 0, assistant: 0 };

/** A call from this page: its line, its growing transcript, and what can be done with it. Leaving the page hangs up. */
export function useBrowserCall() {
  const [call, setCall] = useState(NOTHING);
  const [levels, setLevels] = useState(SILENT);
  const [roundTripMs, setRoundTripMs] = useState<number | null>(null);
  const [muted, setMuted] = useState(false);
  const line = useRef<WebCall | null>(null);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      line.current?.hangUp();
    };
  }, []);

  const start = async (assistantId: string, contactId?: string) => {
    setCall({ ...NOTHING, state: 'connecting' });
    setMuted(false);
    setRoundTripMs(null);
    const url = async () => {
      const body = { assistantId, format: 'pcm_16000' as const, ...(contactId ? { contactId } : {}) };
      const placed = await request<typeof startWebCallEndpoint>('POST', '/api/calls/web', { body });
      setCall((before) => ({ ...before, callId: placed.call.id }));
      return placed.url;
    };
    try {
      line.current = await startWebCall({
        url,
        workletUrl,
        onState: (state) => setCall((before) => ({ ...before, state })),
        onMessage: (message) => setCall((before) => after(before, message)),
        onLevels: setLevels,
        onRoundTrip: setRoundTripMs,
        onOver: ({ how, message }) =>
          setCall((before) => ({
            ...before,
            state: 'over',
            speaking: null,
            lost: how === 'lost',
            error: how === 'refused' ? message : null,
          })),
      });
      if (gone.current) line.current.hangUp();
    } catch (error) {
      const reason = error instanceof NoMicrophone ? 'no microphone' : error instanceof Error ? error.message : String(error);
      setCall({ ...NOTHING, error: reason });
    }
  };

  return {
    ...call,
    levels: call.state === 'live' ? levels : SILENT,
    roundTripMs,
    muted,
    start,
    hangUp: () => line.current?.hangUp(),
    toggleMute: () => {
      line.current?.setMuted(!muted);
      setMuted(!muted);
    },
    press: (key: string) => {
      line.current?.press(key);
      setCall((before) => ({ ...before, keys: before.keys + key }));
    },
  };
}

/** The call after one more message of the server. */
function after(call: BrowserCall, message: ServerMessage): BrowserCall {
  const next = { ...call, conversation: afterMessage(call.conversation, message) };
  if (message.type === 'speaking') return { ...next, speaking: message.speaker };
  if (message.type === 'interrupted') return { ...next, interruptions: call.interruptions + 1 };
  if (message.type === 'transcript' && message.final) return { ...next, speaking: null };
  return next;
}
