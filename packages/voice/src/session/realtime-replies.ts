import { ProviderError, type SpeechSessionEvent, type ToolCall } from '../ports/index.ts';
import type { RealtimeLine } from './realtime-line.ts';
import type { RealtimeMemory } from './realtime-memory.ts';
import type { RealtimeTools } from './realtime-tools.ts';
import type { RealtimeReply, RealtimeTurn, TurnTimer } from './realtime-turn.ts';
import type { Timers } from './timers.ts';

/** A reply whose sound stops in the middle is given up after this much silence. */
const NEXT_SOUND_MS = 2000;

export type ReplyEvent = Extract<SpeechSessionEvent, { reply: string }>;

export interface RealtimeRepliesOptions {
  /** The vendor's name, for what goes wrong. */
  provider: string;
  memory: RealtimeMemory;
  tools: RealtimeTools;
  timers: Timers<TurnTimer>;
  tell: RealtimeLine['tell'];
  now(): number;
  /** The turn that is under way. */
  current(): RealtimeTurn | null;
  /** A reply comes that nobody waits for: who is told may begin a turn for it. */
  unasked(): void;
  /** A reply of the turn is over, and it has called no tools. `interrupted`: the vendor broke it off. */
  over(turn: RealtimeTurn, interrupted: boolean): void;
  /** The vendor owes sound. */
  stalled(error: ProviderError): void;
}

/** What the vendor sends, given to the turn it belongs to. */
export interface RealtimeReplies {
  heard(event: ReplyEvent): void;
  /** A reply was asked for that is not wanted any more: it is not heard when it comes. */
  giveUp(): void;
  /** What was given up will not come any more. */
  forgetGivenUp(): void;
  /** Another session took the place of the one whose replies these were. */
  sessionChanged(): void;
  /** No sound came for a while: gives the vendor up, unless what is there still plays. */
  checkSound(turn: RealtimeTurn): void;
}

export function createRealtimeReplies(options: RealtimeRepliesOptions): RealtimeReplies {
  const { memory, tools, timers, tell, now, current } = options;
  /** Calls of replies that belong to no turn any more. */
  const strays = new Map<string, ToolCall[]>();
  /** Texts the vendor was asked to say and that were said without it. */
  let givenUp = 0;

  const turnOf = (id: string): { turn: RealtimeTurn; reply: RealtimeReply } | null => {
    const turn = current();
    const reply = turn?.replies.get(id);
    return turn && reply ? { turn, reply } : null;
  };

  /** Whether the vendor's next reply belongs to the turn that is under way. */
  const takes = (turn: RealtimeTurn | null): turn is RealtimeTurn =>
    turn !== null && !turn.own && !turn.broken && (turn.awaiting || (turn.kind === 'reply' && !turn.callerSince));

  function started(id: string): void {
    if (givenUp > 0) {
      givenUp--;
      tell((session) => session.interrupt(id, 0));
      return;
    }
    if (!takes(current())) options.unasked();
    const turn = current();
    if (!takes(turn)) {
      tell((session) => session.interrupt(id, 0));
      return;
    }
    turn.awaiting = false;
    turn.remembered ??= memory.assistant();
    timers.cancel('ask');
    turn.replies.set(id, { sound: turn.speech.spoken(), calls: [], ended: false });
  }

  function sound(id: string, pcm: Int16Array, sampleRate: number): void {
    const found = turnOf(id);
    if (!found || found.reply.ended || pcm.length === 0) return;
    const { turn, reply } = found;
    turn.marks?.set('firstToken', now());
    turn.spoken = true;
    timers.cancel('reply');
    timers.cancel('say');
    reply.sound.sound({ pcm, sampleRate });
    timers.set('sound', Math.max(0, reply.sound.receivedMs - reply.sound.heardMs) + NEXT_SOUND_MS);
  }

  function text(id: string, piece: string): void {
    const found = turnOf(id);
    if (!found) return;
    found.turn.marks?.set('firstToken', now());
    found.reply.sound.text(piece);
  }

  function called(id: string, call: ToolCall): void {
    const found = turnOf(id);
    if (found) found.reply.calls.push(call);
    else strays.set(id, [...(strays.get(id) ?? []), call]);
  }

  function ended(id: string, interrupted: boolean): void {
    const calls = strays.get(id);
    strays.delete(id);
    if (calls) tools.refuse(calls);
    const found = turnOf(id);
    if (!found || found.reply.ended) return;
    const { turn, reply } = found;
    reply.ended = true;
    reply.sound.end();
    timers.cancel('sound');
    timers.cancel('reply');
    if (reply.calls.length > 0 && !interrupted) turn.running = tools.run(turn, reply.calls);
    else options.over(turn, interrupted);
  }

  return {
    heard(event) {
      switch (event.type) {
        case 'reply-started':
          return started(event.reply);
        case 'sound':
          return sound(event.reply, event.pcm, event.sampleRate);
        case 'text':
          return text(event.reply, event.text);
        case 'tool-call':
          return called(event.reply, event.call);
        case 'reply-ended':
          return ended(event.reply, event.interrupted);
      }
    },
    giveUp: () => void givenUp++,
    forgetGivenUp() {
      givenUp = 0;
    },
    sessionChanged() {
      givenUp = 0;
      strays.clear();
    },
    checkSound(turn) {
      for (const { sound, ended } of turn.replies.values()) {
        if (ended) continue;
        const waitingMs = sound.receivedMs - sound.heardMs;
        if (waitingMs > 0) timers.set('sound', waitingMs + NEXT_SOUND_MS);
        else options.stalled(new ProviderError(options.provider, 'timeout', 'The reply of the realtime model stopped in the middle.'));
        return;
      }
    },
  };
}
