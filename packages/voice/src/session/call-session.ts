import { ABORTED, type LegCloseReason, ProviderError, type TextToSpeech } from '../ports/index.ts';
import { createKeptPhrases, createSpeaker, createVoicing, startRingback } from '../speaking/index.ts';
import { type CallEffect, createConversation, type TransferPlan } from '../thinking/index.ts';
import { createAnswering } from './answering.ts';
import { type CallState, type Command, initialState, type MachineEvent, type Phrase, step, type TimerName } from './call-machine.ts';
import type { EngineGround } from './conversation-engine.ts';
import { createFallbackEngine } from './fallback-engine.ts';
import { createIntake } from './intake.ts';
import { fillerOf, phrasesOf, phrasesToKeep } from './phrases.ts';
import { createPipelineEngine } from './pipeline-engine.ts';
import { closeInTime, createRecorder } from './recorder.ts';
import { timerMs } from './settings.ts';
import { createTimers } from './timers.ts';
import { createMarks, createTranscript } from './transcript.ts';
import type { CallEvent, CallSession, CallSessionOptions, EndedReason, StageName } from './types.ts';
import { createUsageLedger } from './usage-ledger.ts';

const CLOSE_REASONS: Record<LegCloseReason, EndedReason> = {
  hangup: 'caller_hung_up',
  lost: 'connection_lost',
  local: 'assistant_hung_up',
  protocol: 'protocol_error',
  transferred: 'transferred',
};

/** Builds a call over a leg. Nothing happens before `start`. */
export function createCallSession(options: CallSessionOptions): CallSession {
  const { leg, clock, stages, briefing, timings } = options;
  const phrases = phrasesOf(briefing.language);
  const callEnd = new AbortController();
  const usage = createUsageLedger();
  const queue: MachineEvent[] = [];
  let state: CallState = initialState({ greets: Boolean(briefing.firstMessage?.trim()), maxNudges: timings.maxNudges });
  /** Events wait while one is being taken, and until all is built. */
  let busy = true;
  let broken = false;
  let started = false;
  let answered = false;
  /** Sound has come from the caller's side. */
  let soundFlows = false;
  let originMs = clock.now();
  let fillers = 0;
  /** Said before a transfer, where not the usual sentence. */
  let announcement: string | undefined;
  let stopRinging = () => {};
  let settleDone: (outcome: { reason: EndedReason; durationMs: number }) => void = () => {};
  const done = new Promise<{ reason: EndedReason; durationMs: number }>((resolve) => {
    settleDone = resolve;
  });

  const callTime = (clockMs: number) => clockMs - originMs;
  const now = () => Math.round((clock.now() - originMs) * 10) / 10;
  const announce = (event: CallEvent) => {
    answering?.announced(event);
    options.onEvent(event);
  };
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

  /** A voice was given so many characters; of one that refused them they are taken back. */
  const spoken = (voice: TextToSpeech, characters: number) => {
    const model = voice.modelFor?.(briefing.voice) ?? briefing.voice.model;
    usage.add({ stage: 'text-to-speech', provider: voice.id, model, characters });
  };

  const recorder = options.recording ? createRecorder(options.recording, leg.sampleRate) : null;
  const timers = createTimers<TimerName>(clock, (name) => dispatch({ type: 'timer', name }));
  const limit = createTimers<'max-call'>(clock, () => dispatch({ type: 'end', reason: 'max_duration' }));

  /** Where sound goes out to the caller. */
  const mouth = {
    send: guarded((pcm: Int16Array, playsAtMs: number) => {
      leg.send(pcm);
      recorder?.assistant(pcm, callTime(playsAtMs));
    }),
    clear: guarded(() => {
      leg.clear();
      recorder?.clear(callTime(clock.now()));
    }),
  };
  const kept = createKeptPhrases(options.phrases ?? null, {
    clock,
    voices: stages.textToSpeech,
    voice: briefing.voice,
    sampleRate: leg.sampleRate,
    language: briefing.language,
  });
  const speaker = createSpeaker({
    clock,
    kept,
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
      used: spoken,
    }),
    ...mouth,
  });
  const answering = options.answering
    ? createAnswering({ plan: options.answering, clock, sampleRate: leg.sampleRate, announce: options.onEvent, dispatch, now })
    : null;
  const ground: EngineGround = {
    ...options,
    sampleRate: leg.sampleRate,
    speaker,
    conversation: createConversation(),
    transcript: createTranscript(announce, now),
    callSignal: callEnd.signal,
    callTime,
    now,
    announce,
    dispatch: (event) => (answering ? answering.hear(event) : dispatch(event)),
    audible: () => state.saying?.audible ?? false,
    marks: (callerStoppedMs) => createMarks(callerStoppedMs, (marks) => announce({ type: 'marks', atMs: now(), marks })),
    effect,
    failed: stageFailed,
    used: usage.add,
  };
  const { speechToSpeech } = options.stages;
  const engine = speechToSpeech ? createFallbackEngine(ground, speechToSpeech) : createPipelineEngine(ground);
  const intake = createIntake({
    clock,
    sampleRate: leg.sampleRate,
    frame: guarded((pcm: Int16Array, endedAtMs: number, filled: boolean) => {
      const endMs = callTime(endedAtMs);
      if (filled) recorder?.pass(endMs);
      else recorder?.caller(pcm, endMs);
      engine.frame(pcm, endMs);
      answering?.frame(pcm);
    }),
    flooded: () => dispatch({ type: 'end', reason: 'protocol_error' }),
  });
  busy = false;

  /** A tool wants the call changed. */
  function effect(wanted: CallEffect): void {
    if (wanted.type === 'end-call') dispatch({ type: 'end-call' });
    else if (wanted.type === 'transfer') transfer(wanted.plan, 'reply');
    else leg.sendDigits?.(wanted.digits);
  }

  /** Where the carrier cannot do it nothing happens. @returns whether it is decided. */
  function transfer(plan: TransferPlan, after: 'reply' | 'phrase' | 'nothing'): boolean {
    if (!options.transfer || !answered || state.transfer) return false;
    dispatch({ type: 'transfer', plan, after });
    return state.transfer !== null;
  }

  /** Something was heard to its end: the voice is well and at rest, and speaks what is heard where it stalls. */
  function keepPhrases(): void {
    void kept.keep(phrasesToKeep(phrases), callEnd.signal, spoken);
  }

  /** Events are taken one after the other, also those that commands bring about. */
  function dispatch(event: MachineEvent): void {
    if (event.type === 'heard-out') keepPhrases();
    queue.push(event);
    if (busy) return;
    busy = true;
    try {
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (next.type === 'audible' && state.saying && !state.saying.audible) announce({ type: 'assistant-speaking', atMs: now() });
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
    quietly(() => engine.cut());
    quietly(() => leg.hangup());
    void finish(ending);
  }

  function obey(command: Command): void {
    switch (command.type) {
      case 'say':
        newWait();
        engine.say(textOf(command.phrase));
        return;
      case 'think':
        newWait();
        engine.think();
        return;
      case 'remember':
        engine.remember(command.text, command.keyed);
        return;
      case 'pause':
        engine.pause();
        return;
      case 'resume':
        engine.resume();
        return;
      case 'cut':
        if (command.bargeIn) announce({ type: 'barge-in', atMs: now() });
        engine.cut();
        return;
      case 'wait':
        fillers = 0;
        engine.wait(fillerOf(phrases, fillers++));
        return;
      case 'fill':
        engine.fill(fillerOf(phrases, fillers++));
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
      case 'transfer':
        connect(command.plan);
        return;
      case 'release':
        stopRinging();
        if (leg.release) leg.release();
        else leg.hangup();
        return;
      case 'hang-up':
        leg.hangup();
        return;
      case 'finish':
        return void finish(command.reason);
    }
  }

  /** Until it is known what comes of it the caller hears it ringing: of a blind transfer the carrier sees to that. */
  function connect(plan: TransferPlan): void {
    announce({ type: 'transfer', atMs: now(), to: plan.to, mode: plan.mode });
    if (plan.mode === 'attended') stopRinging = startRingback({ clock, sampleRate: leg.sampleRate, leadMs: timings.leadMs, ...mouth });
    options.transfer?.(plan);
  }

  /** Where a filler has bridged the wait for the caller's words, the next one is another. */
  function newWait(): void {
    if (!state.saying?.audible) fillers = 0;
  }

  function textOf(phrase: Phrase): string {
    const { voicemail, introduction = '' } = options.answering ?? {};
    if (phrase === 'greeting') return briefing.firstMessage ?? '';
    if (phrase === 'introduction') return introduction;
    if (phrase === 'message') return voicemail?.action === 'leave_message' ? voicemail.message : '';
    if (phrase === 'transfer') return announcement ?? phrases.transfer;
    return phrases[phrase];
  }

  function setTimer(name: TimerName): void {
    const ms = timerMs(name, timings, {
      saying: state.saying?.kind,
      fillers,
      silentMs: now() - engine.callerStoppedMs,
      kept: kept.find(fillerOf(phrases, fillers)) !== undefined,
    });
    // 0 switches a timer off.
    if (ms > 0) timers.set(name, ms);
  }

  async function finish(reason: EndedReason): Promise<void> {
    timers.cancelAll();
    limit.cancelAll();
    stopRinging();
    answering?.close();
    callEnd.abort(ABORTED);
    intake.close();
    const durationMs = now();
    engine.close();
    const lost = await (recorder && closeInTime(recorder, durationMs, clock));
    try {
      if (lost) announce({ type: 'fault', atMs: durationMs, part: 'recording', message: sentence(lost) });
      announce({ type: 'usage', atMs: durationMs, ...usage.totals, uses: usage.uses });
      announce({ type: 'ended', atMs: durationMs, reason });
    } finally {
      settleDone({ reason, durationMs });
    }
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
      answering?.start();
      dispatch({ type: 'answered' });
      intake.open();
      answered = true;
      if (soundFlows) dispatch({ type: 'sound-flows' });
    },
    carrierClue: (clue) => answering?.carrier(clue),
    transfer(plan, words) {
      const spoken = words?.trim();
      const before = announcement;
      announcement = spoken;
      const decided = transfer(plan, spoken === '' ? 'nothing' : 'phrase');
      if (!decided) announcement = before;
      return decided;
    },
    transferred: () => dispatch({ type: 'transferred' }),
    transferFailed() {
      announcement = undefined;
      stopRinging();
      dispatch({ type: 'transfer-failed' });
    },
    end: (reason) => dispatch({ type: 'end', reason }),
    done,
  };
}
