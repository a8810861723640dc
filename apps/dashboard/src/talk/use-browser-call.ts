import type { startNetworkCall } from '@talkturo/contract';
import { useEffect, useRef, useState } from 'react';
import { request } from '../api.ts';
import { type FollowedEvent, followCall } from '../calls/follow-call.ts';
import type { Line } from './conversation.tsx';
import { openMicrophone, openPhoneLine, type PhoneLine } from './phone-line.ts';

interface BrowserCall {
  state: 'idle' | 'connecting' | 'live' | 'over';
  callId: string | null;
  lines: Line[];
  growing: string;
  error: string | null;
  /** The connection broke; nobody hung up. */
  lost: boolean;
}

const NOTHING: BrowserCall = { state: 'idle', callId: null, lines: [], growing: '', error: null, lost: false };

/** A call from this page: its line, its growing transcript, and what can be done with it. Leaving the page hangs up. */
export function useBrowserCall() {
  const [call, setCall] = useState(NOTHING);
  const [level, setLevel] = useState(0);
  const [muted, setMuted] = useState(false);
  const line = useRef<PhoneLine | null>(null);
  const following = useRef(new AbortController());
  useEffect(
    () => () => {
      following.current.abort();
      line.current?.hangUp();
    },
    [],
  );

  const start = async (assistantId: string) => {
    setCall({ ...NOTHING, state: 'connecting' });
    setMuted(false);
    following.current.abort();
    following.current = new AbortController();
    try {
      const microphone = await openMicrophone();
      const placed = await request<typeof startNetworkCall>('POST', '/api/network/calls', { body: { assistantId } });
      setCall((before) => ({ ...before, callId: placed.call.id }));
      line.current = await openPhoneLine(microphone, {
        mediaUrl: placed.mediaUrl,
        onLevel: setLevel,
        onClosed: (how) => setCall((before) => ({ ...before, state: 'over', growing: '', lost: how === 'lost' })),
      });
      setCall((before) => (before.state === 'connecting' ? { ...before, state: 'live' } : before));
      followCall(placed.call.id, (event) => setCall((before) => after(before, event)), following.current.signal).catch(() => {
        // The sound goes on without the transcript; the call's page has all of it afterwards.
      });
    } catch (error) {
      setCall({ ...NOTHING, error: error instanceof Error ? error.message : String(error) });
    }
  };

  return {
    ...call,
    level,
    muted,
    start,
    hangUp: () => line.current?.hangUp(),
    toggleMute: () => {
      line.current?.setMuted(!muted);
      setMuted(!muted);
    },
  };
}

/** The transcript after one more event of the call. */
function after(call: BrowserCall, { type, data }: FollowedEvent): BrowserCall {
  if (type === 'partial') return { ...call, growing: data.text ?? '' };
  if (type === 'turn') {
    const turn = data as Line;
    const lines = [...call.lines.filter((line) => line.index !== turn.index), turn].sort((a, b) => a.index - b.index);
    return { ...call, lines, growing: turn.speaker === 'caller' ? '' : call.growing };
  }
  if (type === 'latency') {
    const replyMs = data.first_sound_out - data.caller_stopped;
    return { ...call, lines: call.lines.map((line) => (line.index === data.turn && replyMs > 0 ? { ...line, replyMs } : line)) };
  }
  return call;
}
