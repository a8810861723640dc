import { ABORTED, ProviderError, type SpeechSessionEvent, type ToolCall } from '../ports/index.ts';
import type { ToolRunner } from '../thinking/index.ts';
import type { EngineGround } from './conversation-engine.ts';
import type { RealtimeLine } from './realtime-line.ts';
import type { RealtimeMemory } from './realtime-memory.ts';
import { beginTurn, type RealtimeReply, type RealtimeTurn } from './realtime-turn.ts';
import { createTimers } from './timers.ts';
import type { Marks } from './transcript.ts';
import { createWordsHeard } from './words-heard.ts';

/** Realtime models begin to speak within a second; the caller has heard a filler by then. */
const REPLY_DEADLINE_MS = 4000;
/** A vendor that has not noticed by then that the caller spoke is told to reply. */
const ASK_AFTER_MS = 1000;
/** A fixed text that the vendor has not begun by then is said by the assistant's standard voice. */
const SAY_DEADLINE_MS = 1800;
/** A reply whose sound stops in the middle is given up after this much silence. */
const NEXT_SOUND_MS = 2000;
/** The fastest anybody speaks: a text that took less was not said to its end. */
const LEAST_MS_PER_CHARACTER = 35;

export interface RealtimeAssistantOptions {
  ground: EngineGround;
  memory: RealtimeMemory;
  tools: ToolRunner;
  tell: RealtimeLine['tell'];
  /** A reply comes that nobody waits for: the machine decides whether it is wanted. */
  unasked(): void;
  /** The vendor has told of what the caller last said. */
  confirmed(): boolean;
  /** The assistant's first sound of the call was sent. */
  sounded(): void;
  /** A reply was cut off of which the caller has heard only a part. */
  halfHeard(): void;
  /** The vendor owes sound. */
  stalled(error: ProviderError): void;
}

type ReplyEvent = Extract<SpeechSessionEvent, { reply: string }>;

/** What is left to do for whoever takes the call over. */
export type Unfinished = { type: 'nothing' } | { type: 'say'; text: string } | { type: 'answer' };

/** The assistant's side of a realtime call: the vendor's replies become one speech a turn, paced and known as heard. */
export interface RealtimeAssistant {
  say(text: string): void;
  /** Waits for the vendor's answer; with `ask` it is told to give one. */
  think(marks: Marks, ask: boolean): void;
  fill(text: string): void;
  pause(): void;
  resume(): void;
  /** Over at once; the vendor forgets what was not heard. */
  cut(): void;
  heard(event: ReplyEvent): void;
  /** The caller has begun to speak: what comes after that is another turn. */
  callerStarted(): void;
  /** An answer is awaited and has not begun. */
  readonly waiting: boolean;
  /** A turn is under way, be it that what is left of it is only played. */
  readonly speaking: boolean;
  /** The vendor's part of the turn is unfinished. */
  readonly busy: boolean;
  /** A new session took the old one's place: replies of the old one are over. */
  sessionChanged(): void;
  /** The vendor is gone. Resolves with what it left undone, once the tools that run have ended. */
  leave(): Promise<Unfinished>;
  close(): void;
}

export function createRealtimeAssistant(options: RealtimeAssistantOptions): RealtimeAssistant {
  const { ground, memory, tools, tell } = options;
  const { clock, speaker, transcript, callTime, now, dispatch, stages } = ground;
  const provider = stages.speechToSpeech?.id ?? '';
  const hasVoice = stages.textToSpeech.length > 0;
  /** Calls of replies that belong to no turn any more. */
  const strays = new Map<string, ToolCall[]>();
  const wordsHeard = createWordsHeard(clock, (index, words) => ground.announce({ type: 'saying', atMs: now(), turn: index, text: words }));
  let current: RealtimeTurn | null = null;
  /** Texts the vendor was asked to say and that were said without it. */
  let givenUp = 0;
  let gone = false;
  const timers = createTimers<'ask' | 'reply' | 'say' | 'sound'>(clock, (name) => {
    const turn = current;
    if (!turn) return;
    if (name === 'ask') askAgain(turn);
    else if (name === 'say') sayOurselves(turn);
    else if (name === 'reply') options.stalled(new ProviderError(provider, 'timeout', 'The realtime model did not answer in time.'));
    else checkSound(turn);
  });

  function begin(kind: RealtimeTurn['kind'], text: string, marks: Marks | null): RealtimeTurn {
    close(true);
    const speech = speaker.begin({
      audible(filler) {
        if (turn.index === null) {
          turn.index = transcript.assistantBegins();
          wordsHeard.follow(turn.index, speech);
        }
        marks?.belongsTo(turn.index);
        if (!filler) marks?.set('firstSoundOut', now());
        options.sounded();
        dispatch({ type: 'audible', filler });
      },
      arrived: () => marks?.set('firstAudio', now()),
      dry: () => dispatch({ type: 'ran-dry' }),
      over(outcome) {
        if (turn.over) return;
        close(false);
        if (turn.broken && turn.kind === 'reply') dispatch({ type: 'model-failed' });
        else dispatch({ type: outcome === 'heard' ? 'heard-out' : 'voice-failed' });
      },
    });
    const turn = beginTurn(kind, text, speech, marks);
    current = turn;
    return turn;
  }

  /** The turn is over: memory, transcript and vendor get what was really heard. */
  function close(interrupted: boolean): void {
    const turn = current;
    if (!turn) return;
    current = null;
    turn.over = true;
    wordsHeard.stop();
    timers.cancelAll();
    turn.abort.abort(ABORTED);
    const heard = turn.speech.heard();
    const heardAll = turn.speech.heardAll();
    let halfHeard = false;
    for (const [id, { sound, ended }] of turn.replies) {
      const { heardMs, receivedMs } = sound;
      if (ended && heardMs >= receivedMs) continue;
      halfHeard = true;
      tell((session) => session.interrupt(id, Math.round(heardMs)));
    }
    turn.speech.cut();
    if (heard.trim() !== '') {
      turn.remembered ??= memory.assistant();
      turn.remembered.text = heard;
      if (turn.own) tell((session) => session.remember({ role: 'assistant', content: heard.trim() }));
    }
    const { span } = turn.speech;
    // A tone is no turn.
    if (turn.index !== null && span && heardAll.trim() !== '') {
      transcript.assistantEnds(turn.index, heardAll, { startMs: callTime(span.startMs), endMs: callTime(span.endMs) }, interrupted);
    }
    turn.marks?.done();
    if (halfHeard && !gone) options.halfHeard();
  }

  function awaitReply(turn: RealtimeTurn, patienceMs: number): void {
    turn.awaiting = true;
    timers.set('reply', patienceMs);
  }

  function askAgain(turn: RealtimeTurn): void {
    if (turn.awaiting && !options.confirmed()) tell((session) => session.reply());
  }

  /** The vendor is late with a fixed text, or was interrupted in it. */
  function sayOurselves(turn: RealtimeTurn, text = turn.text): void {
    if (turn.over || turn.own) return;
    if (turn.awaiting && !gone) givenUp++;
    turn.awaiting = false;
    turn.own = true;
    for (const [id, reply] of turn.replies) {
      if (!reply.ended) tell((session) => session.interrupt(id, 0));
      reply.ended = true;
      reply.sound.end();
    }
    timers.cancelAll();
    if (turn.speech.say(text)) ground.used({ spokenCharacters: text.length });
  }

  function checkSound(turn: RealtimeTurn): void {
    for (const { sound, ended } of turn.replies.values()) {
      if (ended) continue;
      const waitingMs = sound.receivedMs - sound.heardMs;
      if (waitingMs > 0) timers.set('sound', waitingMs + NEXT_SOUND_MS);
      else options.stalled(new ProviderError(provider, 'timeout', 'The reply of the realtime model stopped in the middle.'));
      return;
    }
  }

  const turnOf = (id: string): { turn: RealtimeTurn; reply: RealtimeReply } | null => {
    const reply = current?.replies.get(id);
    return current && reply ? { turn: current, reply } : null;
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
    if (!takes(current)) options.unasked();
    const turn = current;
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
    if (calls) refuse(calls);
    const found = turnOf(id);
    if (!found || found.reply.ended) return;
    const { turn, reply } = found;
    reply.ended = true;
    reply.sound.end();
    timers.cancel('sound');
    timers.cancel('reply');
    if (reply.calls.length > 0 && !interrupted) turn.running = runTools(turn, reply.calls);
    else finish(turn, interrupted);
  }

  /** The vendor waits for answers to calls that nobody wants any more. */
  const refuse = (calls: readonly ToolCall[]) =>
    tell((session) =>
      session.toolResults(
        calls.map(({ id, name }) => ({ callId: id, name, content: 'Not done: the caller spoke meanwhile.' })),
        false,
      ),
    );

  function finish(turn: RealtimeTurn, interrupted: boolean): void {
    if (turn.over || turn.awaiting) return;
    // Nobody here has cut it off: a fixed text that the vendor broke off is said all the same.
    const saidMs = [...turn.replies.values()].reduce((ms, { sound }) => ms + sound.receivedMs, 0);
    if (turn.kind === 'said' && hasVoice && saidMs < turn.text.length * (interrupted ? LEAST_MS_PER_CHARACTER : 1)) {
      sayOurselves(turn);
      return;
    }
    if (turn.kind === 'reply' && !turn.spoken && !interrupted) dispatch({ type: 'thought-nothing' });
    if (!turn.over) turn.speech.end();
  }

  async function runTools(turn: RealtimeTurn, calls: readonly ToolCall[]): Promise<void> {
    if (tools.changesTheWorld(calls)) dispatch({ type: 'committed' });
    let ends = false;
    const results = await tools.run(calls, turn.abort.signal, (run) => {
      ends ||= run.effect?.type === 'end-call';
      ground.announce({ type: 'tool', atMs: now(), name: run.name, ok: run.ok, durationMs: run.durationMs });
      if (run.effect) ground.effect(run.effect);
    });
    turn.running = null;
    memory.tools(calls, results);
    const goesOn = !turn.over && !(ends && turn.spoken);
    if (gone) return;
    if (goesOn) awaitReply(turn, REPLY_DEADLINE_MS);
    tell((session) => session.toolResults(results, goesOn));
    if (!goesOn && !turn.over) turn.speech.end();
  }

  return {
    say(words) {
      const turn = begin('said', words, null);
      if (gone) return sayOurselves(turn);
      tell((session) => {
        if (!turn.over && turn.awaiting && !turn.own) session.say(words);
      });
      timers.set('say', hasVoice ? SAY_DEADLINE_MS : ground.timings.firstAudioDeadlineMs);
    },
    think(marks, ask) {
      const turn = begin('reply', '', marks);
      awaitReply(turn, REPLY_DEADLINE_MS);
      if (ask) tell((session) => !turn.over && session.reply());
      else timers.set('ask', ASK_AFTER_MS);
    },
    fill(words) {
      if (current?.speech.fill(words)) ground.used({ spokenCharacters: words.length });
    },
    pause: () => current?.speech.pause(),
    resume: () => current?.speech.resume(),
    cut: () => close(true),
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
    callerStarted() {
      givenUp = 0;
      if (current) current.callerSince = true;
    },
    get waiting() {
      return current !== null && current.kind === 'reply' && current.awaiting && !current.callerSince;
    },
    get speaking() {
      return current !== null;
    },
    get busy() {
      if (!current) return false;
      return current.awaiting || current.running !== null || [...current.replies.values()].some(({ ended }) => !ended);
    },
    sessionChanged() {
      givenUp = 0;
      strays.clear();
      const turn = current;
      if (!turn) return;
      for (const reply of turn.replies.values()) {
        if (reply.ended) continue;
        reply.ended = true;
        reply.sound.end();
      }
      timers.cancel('sound');
      if (turn.awaiting) tell((session) => (turn.kind === 'said' ? session.say(turn.text) : undefined));
      else if (!turn.running && !turn.own) turn.speech.end();
    },
    async leave() {
      gone = true;
      timers.cancelAll();
      await current?.running;
      const turn = current;
      if (!turn || turn.own) return { type: 'nothing' };
      const unfinished = this.busy;
      for (const reply of turn.replies.values()) {
        reply.ended = true;
        reply.sound.end();
      }
      if (turn.spoken) {
        turn.broken = unfinished;
        turn.awaiting = false;
        turn.speech.end();
        return { type: 'nothing' };
      }
      close(true);
      return turn.kind === 'said' ? { type: 'say', text: turn.text } : { type: 'answer' };
    },
    close() {
      gone = true;
      wordsHeard.stop();
      timers.cancelAll();
    },
  };
}
