import { FRAME_MS } from '../audio/index.ts';
import { createSpeechWatch, type SpeechSeen } from '../listening/index.ts';
import type { Message, SpeechToSpeech } from '../ports/index.ts';
import { createToolRunner } from '../thinking/index.ts';
import { createCallerTurns } from './caller-turns.ts';
import type { ConversationEngine, EngineGround } from './conversation-engine.ts';
import { createRealtimeAssistant, type Unfinished } from './realtime-assistant.ts';
import { createRealtimeLine, type RealtimeLineOptions } from './realtime-line.ts';
import { createRealtimeMemory } from './realtime-memory.ts';
import { realtimeSettings, realtimeTools } from './realtime-settings.ts';
import type { Use } from './usage-ledger.ts';

/** Shorter sounds of which the vendor says nothing are coughs and clicks. */
const SPEECH_WORTH_ASKING_MS = 700;

/** What whoever takes over must know. */
export interface HandOver {
  messages: readonly Message[];
  unfinished: Unfinished;
  /** The caller's words that are to be answered are among the messages. */
  understood: boolean;
  /** When the caller last fell silent, ms of the call. */
  callerStoppedMs: number;
  /** The sound of the caller's present turn, in frames. */
  frames: readonly Int16Array[];
}

export interface RealtimeEngine extends ConversationEngine {
  /** Sound of a turn is being heard or awaited. */
  readonly speaking: boolean;
}

/**
 * The engine of one model that hears and speaks itself. It decides when turns begin and end; beside it our own ears
 * watch, so that a model that has fallen silent is noticed, and one that is slow to notice the caller is not waited for.
 */
export function createRealtimeEngine(
  ground: EngineGround,
  model: SpeechToSpeech,
  lost: (error: unknown, handOver: Promise<HandOver>) => void,
): RealtimeEngine {
  const { clock, briefing, timings, stages, announce, dispatch, now } = ground;
  const memory = createRealtimeMemory();
  const tools = createToolRunner({
    clock,
    tools: realtimeTools(ground.tools),
    deadlineMs: timings.toolDeadlineMs,
    callSignal: ground.callSignal,
  });
  /** From the caller's stream time to the time of the call, as of the newest frame. */
  let streamOffsetMs = 0;
  let firstSoundAt: number | null = null;
  /** The vendor has told of the caller's last speech; it has decided that it is over. */
  let confirmed = false;
  let decided = false;
  /** Turns that were decided, and replies that were begun. */
  let progress = 0;
  /** A reply was begun whose tokens the vendor has not told yet. */
  let uncounted = false;
  /** Something was said or asked since the vendor last told its tokens. */
  let asked = false;
  /** A session was sent sound. */
  let reached = false;
  /** The caller has typed: the vendor must be told to answer. */
  let ask = false;

  const watch = createSpeechWatch({
    voiceActivity: stages.voiceActivity,
    sampleRate: ground.sampleRate,
    settings: timings,
    seen: callerSeen,
    failed: (provider, error, next) => ground.failed('voice-activity', provider, error, next),
  });
  const callers = createCallerTurns({
    ...ground,
    memory,
    speech() {
      const { speech } = watch;
      return speech && { open: speech.open, startMs: speech.startMs + streamOffsetMs, endMs: speech.endMs + streamOffsetMs };
    },
  });
  const line = createRealtimeLine({
    clock,
    model,
    settings: realtimeSettings(briefing, ground.tools, ground.sampleRate),
    history: () => memory.messagesWithout(decided ? null : callers.unfinished),
    progress: () => progress,
    idle: () => !assistant.speaking && !watch.speech?.open && (!confirmed || decided),
    acting: () => assistant.acting,
    heard: vendorSays,
    sent: (seconds) => used({ seconds }),
    changed(again) {
      giveUpCount();
      if (again && !decided) callers.heardAgain();
      assistant.sessionChanged();
    },
    lost: leave,
  });
  const assistant = createRealtimeAssistant({
    ground,
    memory,
    tools,
    tell: line.tell,
    unasked: () => dispatch({ type: 'caller-said', text: '', acknowledgement: false }),
    confirmed: () => confirmed,
    sounded() {
      firstSoundAt ??= clock.now();
    },
    differs() {
      if (!model.capabilities.forgets) line.renew();
    },
    stalled(error) {
      leave(error);
      line.close();
    },
  });

  function used(use: Omit<Use, 'stage' | 'provider' | 'model'>): void {
    const named = briefing.realtime?.model ?? null;
    ground.used({ stage: 'speech-to-speech', provider: model.id, model: model.modelFor?.(named) ?? named, ...use });
  }

  /** The session is over: what its last reply took nobody will tell. */
  function giveUpCount(): void {
    if (uncounted) used({ counted: false });
    uncounted = false;
  }

  function leave(error: unknown): void {
    // What owes an answer may have been at work on it.
    uncounted ||= asked && reached;
    giveUpCount();
    const frames = line.unanswered;
    const handOver = assistant.leave().then((unfinished) => ({
      messages: memory.messages,
      unfinished,
      understood: callers.understood,
      callerStoppedMs: callers.stoppedMs,
      frames,
    }));
    lost(error, handOver);
  }

  /** Both may notice first; the machine hears of a turn's end once. */
  function turnOver(): void {
    if (!assistant.waiting) dispatch({ type: 'caller-said', text: '', acknowledgement: false });
  }

  function callerSeen(event: SpeechSeen): void {
    switch (event.type) {
      case 'started':
        asked = true;
        confirmed = false;
        decided = false;
        line.keep(true);
        assistant.callerStarted();
        announce({ type: 'caller-speaking', atMs: now() });
        dispatch({ type: 'caller-speaks' });
        return;
      case 'insisting':
        dispatch({ type: 'caller-insists' });
        return;
      case 'taking-turn':
        dispatch({ type: 'caller-takes-turn' });
        return;
      case 'stopped':
        if (decided) return;
        if (!confirmed && (watch.guarded || event.endMs - event.startMs < SPEECH_WORTH_ASKING_MS)) {
          line.keep(false);
          dispatch({ type: 'caller-said-nothing' });
          return;
        }
        callers.heard(event.startMs + streamOffsetMs, event.endMs + streamOffsetMs);
        turnOver();
        return;
    }
  }

  function vendorSays(event: Parameters<RealtimeLineOptions['heard']>[0]): void {
    switch (event.type) {
      case 'caller-started':
        vendorHears(event.turn);
        return;
      case 'caller-stopped':
        callers.stopped(event.turn);
        decided = true;
        progress++;
        watch.endTurn();
        turnOver();
        return;
      case 'caller-text':
        confirmed = true;
        callers.text(event.turn, event.text, event.final);
        return;
      case 'usage':
        uncounted = false;
        asked = false;
        used({ inputTokens: event.inputTokens, outputTokens: event.outputTokens });
        return;
      case 'reply-started':
        progress++;
        uncounted = true;
        assistant.heard(event);
        return;
      case 'sound':
        // What the caller said is being answered: nobody else will have to hear it.
        if (!watch.speech?.open) line.keep(false);
        assistant.heard(event);
        return;
      default:
        assistant.heard(event);
        return;
    }
  }

  function vendorHears(turn: string): void {
    // Our ears were faster: it tells of a turn that is waiting for its answer already.
    const known = callers.unnamed && !watch.speech?.open;
    callers.started(turn);
    confirmed = true;
    if (known) return;
    decided = false;
    line.keep(true);
    assistant.callerStarted();
    if (!watch.speech?.open) {
      announce({ type: 'caller-speaking', atMs: now() });
      dispatch({ type: 'caller-speaks' });
    }
    dispatch({ type: 'caller-takes-turn' });
  }

  return {
    frame(pcm, endMs) {
      watch.guarded = firstSoundAt !== null && clock.now() - firstSoundAt < timings.echoGuardMs;
      streamOffsetMs = endMs - watch.streamMs - FRAME_MS;
      reached ||= line.open;
      line.write(pcm);
      watch.frame(pcm);
    },
    say: (text) => assistant.say(text),
    think() {
      asked = true;
      const marks = ground.marks(callers.stoppedMs);
      marks.set('turnDecided', now());
      assistant.think(marks, ask);
      ask = false;
    },
    remember(text, keyed) {
      // What was spoken the vendor has heard itself.
      if (!keyed || text === '') return;
      callers.keyed(text);
      line.tell((session) => session.remember({ role: 'user', content: text }));
      ask = true;
    },
    // It is told to think as soon as the caller has stopped: the words it hears itself.
    wait: (text) => assistant.fill(text),
    fill: (text) => assistant.fill(text),
    pause: () => assistant.pause(),
    resume: () => assistant.resume(),
    cut: () => assistant.cut(),
    get speaking() {
      return assistant.speaking;
    },
    get callerStoppedMs() {
      return callers.stoppedMs;
    },
    close() {
      giveUpCount();
      callers.close();
      assistant.close();
      line.close();
      watch.close();
    },
  };
}
