import { FRAME_MS } from '../audio/index.ts';
import { createListener, defaultTurnPolicies, expectedAnswer, type Heard } from '../listening/index.ts';
import { ABORTED, type LegCloseReason, ProviderError, type Timer } from '../ports/index.ts';
import { createSpeaker, createVoicing } from '../speaking/index.ts';
import { createConversation, createResponder, createToolRunner, endCallTool } from '../thinking/index.ts';
import { type AssistantNews, createAssistant } from './assistant.ts';
import { type CallState, type Command, initialState, type MachineEvent, type Phrase, step, type TimerName } from './call-machine.ts';
import { createIntake } from './intake.ts';
import { type Phrases, phrasesOf } from './phrases.ts';
import { createRecorder } from './recorder.ts';
import { FIXED } from './settings.ts';
import { createTimers } from './timers.ts';
import { createMarks, createTranscript } from './transcript.ts';
import type { CallEvent, CallSession, CallSessionOptions, EndedReason, StageName } from './types.ts';

const CLOSE_REASONS: Record<LegCloseReason, EndedReason> = {
  hangup: 'caller_hung_up',
  lost: 'connection_lost',
  local: 'assistant_hung_up',
  protocol: 'protocol_error',
};
/** Echo is compared with this much of what the assistant said last. */
const ECHO_TEXT_LENGTH = 400;

/** Builds a call over a leg. Nothing happens before `start`. */
export function createCallSession(options: CallSessionOptions): CallSession {
  const { leg, clock, stages, briefing, timings } = options;
  const phrases = phrasesOf(briefing.language);
  const callEnd = new AbortController();
  const totals = { inputTokens: 0, outputTokens: 0, spokenCharacters: 0 };
  const queue: MachineEvent[] = [];
  let state: CallState = initialState({ greets: Boolean(briefing.firstMessage?.trim()), maxNudges: timings.maxNudges });
  let busy = false;
  let broken = false;
  let started = false;
  let answered = false;
  /** Sound has come from the caller's side. */
  let soundFlows = false;
  let originMs = clock.now();
  let fillers = 0;
  /** For the machine that has answered. */
  let message = '';
  /** From the caller's stream time to the time of the call, as of the newest frame. */
  let streamOffsetMs = 0;
  let callerStoppedMs = 0;
  let firstSoundAt: number | null = null;
  let settleDone: (outcome: { reason: EndedReason; durationMs: number }) => void = () => {};
  const done = new Promise<{ reason: EndedReason; durationMs: number }>((resolve) => {
    settleDone = resolve;
  });

  const callTime = (clockMs: number) => clockMs - originMs;
  const now = () => Math.round((clock.now() - originMs) * 10) / 10;
  const announce = (event: CallEvent) => options.onEvent(event);
  const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));
  /** Others' code is called through this: what it throws ends this call and disturbs nobody else's. */
  const guarded =
    <Args extends unknown[]>(work: (...args: Args) => void) =>
    (...args: Args): void => {
      try {
        work(...args);
      } catch (error) {
        breakOff(error);
      }
    };
  const stageFailed = (stage: StageName, provider: string, error: unknown, next: string | null) => {
    const kind = error instanceof ProviderError ? error.kind : 'protocol';
    announce({ type: 'stage-failed', atMs: now(), stage, provider, kind, message: sentence(error) });
    if (next !== null && next !== provider) announce({ type: 'fallback', atMs: now(), stage, from: provider, to: next });
  };

  const recorder = options.recording ? createRecorder(options.recording, leg.sampleRate) : null;
  const transcript = createTranscript(announce, now);
  const conversation = createConversation();
  const timers = createTimers<TimerName>(clock, (name) => dispatch({ type: 'timer', name }));
  const limit = createTimers<'max-call'>(clock, () => dispatch({ type: 'end', reason: 'max_duration' }));

  const responder = createResponder({
    clock,
    models: stages.languageModel,
    request: {
      model: briefing.model,
      instructions: briefing.instructions,
      temperature: briefing.temperature,
      maxTokens: briefing.maxTokens,
      language: briefing.language,
    },
    tools: createToolRunner({
      clock,
      tools: [endCallTool, ...options.tools],
      deadlineMs: timings.toolDeadlineMs,
      callSignal: callEnd.signal,
    }),
    firstTokenDeadlineMs: timings.firstTokenDeadlineMs,
    nextTokenDeadlineMs: timings.nextTokenDeadlineMs,
    failed: (provider, error, next) => stageFailed('language-model', provider, error, next),
  });
  const speaker = createSpeaker({
    clock,
    sampleRate: leg.sampleRate,
    language: briefing.language,
    leadMs: timings.leadMs,
    voicing: createVoicing({
      clock,
      voices: stages.textToSpeech,
      voice: briefing.voice,
      sampleRate: leg.sampleRate,
      firstAudioDeadlineMs: timings.firstAudioDeadlineMs,
      nextAudioDeadlineMs: timings.nextAudioDeadlineMs,
      failed: (provider, error, next) => stageFailed('text-to-speech', provider, error, next),
    }),
    send: guarded((pcm: Int16Array, playsAtMs: number) => {
      leg.send(pcm);
      recorder?.assistant(pcm, callTime(playsAtMs));
    }),
    clear: guarded(() => {
      leg.clear();
      recorder?.clear(callTime(clock.now()));
    }),
  });
  const assistant = createAssistant({
    clock,
    conversation,
    responder,
    speaker,
    transcript,
    callTime,
    news: assistantNews,
    usage(used) {
      totals.inputTokens += used.inputTokens;
      totals.outputTokens += used.outputTokens;
      totals.spokenCharacters += used.spokenCharacters;
    },
  });
  const listener = createListener({
    clock,
    sampleRate: leg.sampleRate,
    voiceActivity: stages.voiceActivity,
    transcribers: stages.speechToText,
    model: briefing.transcriberModel,
    language: briefing.language,
    hints: briefing.hints,
    policies: options.turnPolicies ?? defaultTurnPolicies,
    turnEndModel: stages.turnEnd ?? null,
    settings: timings,
    heard: callerHeard,
    failed(stage, provider, error, next) {
      stageFailed(stage, provider, error, next);
      if (stage === 'speech-to-text' && next === null) dispatch({ type: 'hearing-failed' });
    },
  });
  const intake = createIntake({
    clock,
    sampleRate: leg.sampleRate,
    frame: guarded((pcm: Int16Array, endedAtMs: number, filled: boolean) => {
      const endMs = callTime(endedAtMs);
      if (filled) recorder?.pass(endMs);
      else recorder?.caller(pcm, endMs);
      if (listener.context.guarded) guard();
      streamOffsetMs = endMs - listener.streamMs - FRAME_MS;
      listener.frame(pcm);
    }),
    flooded: () => dispatch({ type: 'end', reason: 'protocol_error' }),
  });

  // The phone may still be ringing: what can be opened ahead is open when the caller answers.
  stages.textToSpeech[0]?.warm?.(briefing.voice);
  stages.languageModel[0]?.warm?.();

  /** In the first seconds of the assistant's sound its echo is feared. */
  function guard(): void {
    listener.context.guarded = firstSoundAt !== null && clock.now() - firstSoundAt < timings.echoGuardMs;
    listener.context.spoken = assistant.words.slice(-ECHO_TEXT_LENGTH);
  }

  /** A moment of the caller's stream as ms of the call. */
  const heardAt = (streamMs: number): number => streamMs + streamOffsetMs;

  function callerHeard(event: Heard): void {
    switch (event.type) {
      case 'speech-started':
        announce({ type: 'caller-speaking', atMs: now() });
        dispatch({ type: 'caller-speaks' });
        return;
      case 'insisting':
        dispatch({ type: 'caller-insists' });
        return;
      case 'taking-turn':
        dispatch({ type: 'caller-takes-turn' });
        return;
      case 'partial':
        announce({ type: 'partial', atMs: now(), text: event.text });
        return;
      case 'turn-ended':
        callerTurn(event, { type: 'caller-said', text: event.text, acknowledgement: event.acknowledgement });
        return;
      case 'late-words':
        callerTurn(event, { type: 'caller-said-more', text: event.text });
        return;
      case 'nothing-said':
        dispatch({ type: 'caller-said-nothing' });
        return;
      case 'not-understood':
        dispatch({ type: 'caller-not-understood' });
        return;
    }
  }

  /** The machine goes first: where it cuts the assistant off, that turn began earlier and is told first. */
  function callerTurn(said: { text: string; startMs: number; endMs: number; confidence?: number | undefined }, event: MachineEvent): void {
    if (state.saying?.audible && event.type === 'caller-said' && !event.acknowledgement) dispatch({ type: 'caller-takes-turn' });
    callerStoppedMs = heardAt(said.endMs);
    transcript.caller(said.text, heardAt(said.startMs), callerStoppedMs, said.confidence);
    dispatch(event);
  }

  function assistantNews(news: AssistantNews): void {
    switch (news.type) {
      case 'tool':
        announce({ type: 'tool', atMs: now(), name: news.run.name, ok: news.run.ok, durationMs: news.run.durationMs });
        return;
      case 'effect':
        if (news.effect.type === 'end-call') {
          dispatch({ type: 'end-call' });
          return;
        }
        leg.sendDigits?.(news.effect.digits);
        return;
      case 'audible':
        if (!state.saying?.audible) announce({ type: 'assistant-speaking', atMs: now() });
        if (firstSoundAt === null) {
          firstSoundAt = clock.now();
          listener.context.guarded = timings.echoGuardMs > 0;
        }
        dispatch(news);
        return;
      case 'heard-out':
        listener.context.expected = expectedAnswer(assistant.words);
        dispatch(news);
        return;
      default:
        dispatch(news);
        return;
    }
  }

  /** Events are taken one after the other, also those that commands bring about. */
  function dispatch(event: MachineEvent): void {
    queue.push(event);
    if (busy) return;
    busy = true;
    try {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [following, commands] = step(state, next);
        state = following;
        for (const command of commands) obey(command);
      }
    } catch (error) {
      breakOff(error);
    }
    busy = false;
  }

  /** Something threw that must not: the call ends here, whatever state it is in. */
  function breakOff(error: unknown): void {
    if (broken) return;
    broken = true;
    queue.length = 0;
    const ending = state.ending ?? 'provider_failed';
    state = { ...state, phase: 'over', saying: null, ending };
    const quietly = (work: () => void) => {
      try {
        work();
      } catch {
        // It is broken already, and the call's end must be reached.
      }
    };
    quietly(() => announce({ type: 'fault', atMs: now(), part: 'engine', message: sentence(error) }));
    quietly(() => assistant.cut());
    quietly(() => leg.hangup());
    void finish(ending);
  }

  function obey(command: Command): void {
    switch (command.type) {
      case 'say':
        assistant.say(textOf(command.phrase));
        return;
      case 'think':
        think();
        return;
      case 'remember':
        if (command.keyed) {
          callerStoppedMs = now();
          transcript.caller(command.text, callerStoppedMs, callerStoppedMs);
        }
        conversation.caller(command.text);
        return;
      case 'pause':
        assistant.pause();
        return;
      case 'resume':
        assistant.resume();
        return;
      case 'cut':
        if (command.bargeIn) announce({ type: 'barge-in', atMs: now() });
        listener.context.expected = expectedAnswer(assistant.words);
        assistant.cut();
        return;
      case 'fill':
        assistant.fill(nextFiller(phrases));
        return;
      case 'nudged':
        announce({ type: 'nudge', atMs: now(), count: command.count });
        return;
      case 'set-timer':
        setTimer(command.name);
        return;
      case 'cancel-timer':
        timers.cancel(command.name);
        return;
      case 'hang-up':
        leg.hangup();
        return;
      case 'finish':
        return void finish(command.reason);
    }
  }

  function textOf(phrase: Phrase): string {
    if (phrase === 'greeting') return briefing.firstMessage ?? '';
    return phrase === 'message' ? message : phrases[phrase];
  }

  function think(): void {
    fillers = 0;
    const marks = createMarks(callerStoppedMs, (value) => announce({ type: 'marks', atMs: now(), marks: value }));
    marks.set('turnDecided', now());
    assistant.think(marks);
  }

  const nextFiller = ({ fillers: list }: Phrases): string => list[Math.min(fillers++, list.length - 1)]!;

  function setTimer(name: TimerName): void {
    const ms: Record<TimerName, number> = {
      greet: FIXED.greetAnywayMs,
      filler: fillers === 0 ? timings.fillerAfterMs : FIXED.nextFillerMs,
      nudge: timings.nudgeAfterMs,
      digits: FIXED.digitsPauseMs,
      'hang-up': FIXED.hangUpTailMs,
      'goodbye-cap': FIXED.goodbyeCapMs,
      'pause-cap': FIXED.pauseCapMs,
      'close-cap': FIXED.closeCapMs,
      beep: FIXED.beepCapMs,
      'message-cap': FIXED.messageCapMs,
    };
    // 0 switches a timer off.
    if (ms[name] > 0) timers.set(name, ms[name]);
  }

  async function finish(reason: EndedReason): Promise<void> {
    timers.cancelAll();
    limit.cancelAll();
    callEnd.abort(ABORTED);
    intake.close();
    const durationMs = now();
    listener.close();
    const lost = await keepRecording(durationMs);
    try {
      if (lost) announce({ type: 'fault', atMs: durationMs, part: 'recording', message: sentence(lost) });
      announce({ type: 'usage', atMs: durationMs, ...totals, transcribedSeconds: Math.round(listener.streamMs) / 1000 });
      announce({ type: 'ended', atMs: durationMs, reason });
    } finally {
      settleDone({ reason, durationMs });
    }
  }

  /** A disk that hangs does not keep the call from ending. */
  async function keepRecording(durationMs: number): Promise<unknown> {
    if (!recorder) return null;
    let giveUp: Timer | null = null;
    const late = new Promise((resolve) => {
      giveUp = clock.setTimer(FIXED.recordingCapMs, () => resolve(new Error('The recording could not be written in time.')));
    });
    const lost = await Promise.race([recorder.close(durationMs), late]);
    (giveUp as Timer | null)?.cancel();
    return lost;
  }

  return {
    start() {
      if (started) return;
      started = true;
      leg.start({
        frame(pcm) {
          intake.push(pcm);
          if (soundFlows) return;
          soundFlows = true;
          if (answered) dispatch({ type: 'sound-flows' });
        },
        digit: guarded((digit: string) => {
          announce({ type: 'digit', atMs: now(), digit });
          dispatch({ type: 'digit', digit });
        }),
        closed: (reason) => dispatch({ type: 'closed', reason: CLOSE_REASONS[reason] }),
      });
      originMs = clock.now() - intake.earlyMs;
      announce({ type: 'started', atMs: now() });
      limit.set('max-call', timings.maxCallMs);
      dispatch({ type: 'answered' });
      intake.open();
      answered = true;
      if (soundFlows) dispatch({ type: 'sound-flows' });
    },
    machineAnswered(text) {
      message = text;
      dispatch({ type: 'machine-answered' });
    },
    beep() {
      if (message !== '') dispatch({ type: 'beep' });
    },
    end: (reason) => dispatch({ type: 'end', reason }),
    done,
  };
}
