import type { startWebCall as startWebCallEndpoint } from '@talkturo/contract';
import {
  afterMessage,
  type Conversation,
  emptyConversation,
  type LineState,
  type MicrophoneTrouble,
  NoMicrophone,
  NoSound,
  type ServerMessage,
  startWebCall,
  type WebCall,
} from '@talkturo/web-call';
import workletUrl from '@talkturo/web-call/worklet?worker&url';
import { useEffect, useRef, useState } from 'react';
import { request } from '../api.ts';

/** Why a call did not come about, or broke off; `said`: in the words of the server. */
export type CallTrouble = 'lost' | 'refused' | 'noSound' | { microphone: MicrophoneTrouble } | { said: string };

interface BrowserCall {
  state: 'idle' | LineState;
  callId: string | null;
  conversation: Conversation;
  /** Who is just speaking. */
  speaking: 'caller' | 'assistant' | null;
  interruptions: number;
  /** Keys pressed so far. */
  keys: string;
  trouble: CallTrouble | null;
  /** The call's `ended_reason`, where the server told it. */
  reason: string | null;
  /** The microphone was pulled out or taken away, and there is no other. */
  microphoneGone: boolean;
}

const NOTHING: BrowserCall = {
  state: 'idle',
  callId: null,
  conversation: emptyConversation,
  speaking: null,
  interruptions: 0,
  keys: '',
  trouble: null,
  reason: null,
  microphoneGone: false,
};
const SILENT = { microphone: 0, assistant: 0 };

/** A call from this page: its line, its growing transcript, and what can be done with it. Leaving the page hangs up. */
export function useBrowserCall() {
  const [call, setCall] = useState(NOTHING);
  const [levels, setLevels] = useState(SILENT);
  const [roundTripMs, setRoundTripMs] = useState<number | null>(null);
  const [muted, setMuted] = useState(false);
  const line = useRef<WebCall | null>(null);
  const wantsMute = useRef(false);
  const giveUp = useRef(new AbortController());
  useEffect(() => () => giveUp.current.abort(), []);

  const start = async (assistantId: string, contactId?: string) => {
    const mine = new AbortController();
    giveUp.current = mine;
    line.current = null;
    wantsMute.current = false;
    setCall({ ...NOTHING, state: 'connecting' });
    setMuted(false);
    setRoundTripMs(null);
    const url = async () => {
      const body = { assistantId, format: 'pcm_16000' as const, ...(contactId ? { contactId } : {}) };
      const placed = await request<typeof startWebCallEndpoint>('POST', '/api/calls/web', { body });
      if (!mine.signal.aborted) setCall((before) => ({ ...before, callId: placed.call.id }));
      return placed.url;
    };
    try {
      line.current = await startWebCall({
        url,
        workletUrl,
        signal: mine.signal,
        onState: (state) => setCall((before) => ({ ...before, state })),
        onMessage: (message) => setCall((before) => after(before, message)),
        onLevels: setLevels,
        onRoundTrip: setRoundTripMs,
        onMicrophone: (there) => setCall((before) => ({ ...before, microphoneGone: !there })),
        onOver: ({ how, reason }) =>
          setCall((before) => ({
            ...before,
            state: 'over',
            speaking: null,
            microphoneGone: false,
            trouble: how === 'lost' || how === 'refused' ? how : null,
            reason: how === 'ended' ? reason : null,
          })),
      });
      line.current.setMuted(wantsMute.current);
    } catch (error) {
      // Given up meanwhile: the page shows that already, or the next call.
      if (!mine.signal.aborted) setCall({ ...NOTHING, trouble: troubleOf(error) });
    }
  };

  return {
    ...call,
    levels: call.state === 'live' ? levels : SILENT,
    roundTripMs,
    muted,
    start,
    hangUp: () => {
      giveUp.current.abort();
      if (!line.current) setCall(NOTHING);
    },
    toggleMute: () => {
      wantsMute.current = !muted;
      line.current?.setMuted(!muted);
      setMuted(!muted);
    },
    press: (key: string) => {
      line.current?.press(key);
      setCall((before) => ({ ...before, keys: before.keys + key }));
    },
  };
}

function troubleOf(error: unknown): CallTrouble {
  if (error instanceof NoMicrophone) return { microphone: error.why };
  if (error instanceof NoSound) return 'noSound';
  return { said: error instanceof Error ? error.message : String(error) };
}

/** The call after one more message of the server. */
function after(call: BrowserCall, message: ServerMessage): BrowserCall {
  const next = { ...call, conversation: afterMessage(call.conversation, message) };
  if (message.type === 'speaking') return { ...next, speaking: message.speaker };
  if (message.type === 'interrupted') return { ...next, interruptions: call.interruptions + 1 };
  if (message.type === 'transcript' && message.final) return { ...next, speaking: null };
  return next;
}
