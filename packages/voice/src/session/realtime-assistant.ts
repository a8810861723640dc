import { ABORTED, ProviderError } from '../ports/index.ts';
import type { ToolRunner } from '../thinking/index.ts';
import type { EngineGround } from './conversation-engine.ts';
import type { RealtimeLine } from './realtime-line.ts';
import type { RealtimeMemory } from './realtime-memory.ts';
import { createRealtimeReplies, type ReplyEvent } from './realtime-replies.ts';
import { createRealtimeTools } from './realtime-tools.ts';
import { beginTurn, endReplies, type RealtimeTurn, type TurnTimer } from './realtime-turn.ts';
import { createTimers } from './timers.ts';
import type { Marks } from './transcript.ts';
import { createWordsHeard } from './words-heard.ts';

/** Realtime models begin to speak within a second; the caller has heard a filler by then. */
const REPLY_DEADLINE_MS = 4000;
/** A vendor that has not noticed by then that the caller spoke is told to reply. */
const ASK_AFTER_MS = 1000;
/** A fixed text that the vendor has not begun by then is said by the assistant's standard voice. */
const SAY_DEADLINE_MS = 1800;
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
  /** The caller has heard something else than the vendor has made: a part of a reply, or a text in the standard voice. */
  differs(): void;
  /** The vendor owes sound. */
  stalled(error: ProviderError): void;
}

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
  /** Tools are running that the vendor has called. */
  readonly acting: boolean;
  /** A new session took the old one's place: replies of the old one are over. */
  sessionChanged(): void;
  /** The vendor is gone. Resolves with what it left undone, once the tools that run have ended. */
  leave(): Promise<Unfinished>;
  close(): void;
}

export function createRealtimeAssistant(options: RealtimeAssistantOptions): RealtimeAssistant {
  const { ground, memory, tell } = options;
  const { clock, speaker, transcript, callTime, now, dispatch, stages } = ground;
  const provider = stages.speechToSpeech?.id ?? '';
  const hasVoice = stages.textToSpeech.length > 0;
  const wordsHeard = createWordsHeard(clock, (index, words) => ground.announce({ type: 'saying', atMs: now(), turn: index, text: words }));
  let current: RealtimeTurn | null = null;
  let gone = false;
  let sessions = 1;
  const timers = createTimers<TurnTimer>(clock, (name) => {
    const turn = current;
    if (!turn) return;
    if (name === 'ask') askAgain(turn);
    else if (name === 'say') sayOurselves(turn);
    else if (name === 'reply') options.stalled(new ProviderError(provider, 'timeout', 'The realtime model did not answer in time.'));
    else replies.checkSound(turn);
  });
  const replies = createRealtimeReplies({
    provider,
    memory,
    tools: createRealtimeTools({
      ground,
      memory,
      tools: options.tools,
      tell,
      gone: () => gone,
      sessions: () => sessions,
      goesOn: (turn) => awaitReply(turn, REPLY_DEADLINE_MS),
    }),
    timers,
    tell,
    now,
    current: () => current,
    unasked: options.unasked,
    over: finish,
    stalled: options.stalled,
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
    let differs = false;
    for (const [id, { sound, ended }] of turn.replies) {
      const { heardMs, receivedMs } = sound;
      if (ended && heardMs >= receivedMs) continue;
      differs = true;
      tell((session) => session.interrupt(id, Math.round(heardMs)));
    }
    turn.speech.cut();
    if (heard.trim() !== '') {
      turn.remembered ??= memory.assistant();
      turn.remembered.text = heard;
      if (turn.own) {
        differs = true;
        tell((session) => session.remember({ role: 'assistant', content: heard.trim() }));
      }
    }
    const { span } = turn.speech;
    // A tone is no turn.
    if (turn.index !== null && span && heardAll.trim() !== '') {
      transcript.assistantEnds(turn.index, heardAll, { startMs: callTime(span.startMs), endMs: callTime(span.endMs) }, interrupted);
    }
    turn.marks?.done();
    if (differs && !gone) options.differs();
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
    if (turn.awaiting && !gone) replies.giveUp();
    turn.awaiting = false;
    turn.own = true;
    for (const [id, { ended }] of turn.replies) if (!ended) tell((session) => session.interrupt(id, 0));
    endReplies(turn);
    timers.cancelAll();
    turn.speech.say(text);
  }

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
      current?.speech.fill(words);
    },
    pause: () => current?.speech.pause(),
    resume: () => current?.speech.resume(),
    cut: () => close(true),
    heard: replies.heard,
    callerStarted() {
      replies.forgetGivenUp();
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
    get acting() {
      return current?.running != null;
    },
    sessionChanged() {
      sessions++;
      replies.sessionChanged();
      const turn = current;
      if (!turn) return;
      endReplies(turn);
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
      endReplies(turn);
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
