import { FRAME_MS } from '../audio/index.ts';
import { createListener, defaultTurnPolicies, expectedAnswer, type Heard } from '../listening/index.ts';
import { createResponder, createToolRunner, endCallTool } from '../thinking/index.ts';
import { type AssistantNews, createAssistant } from './assistant.ts';
import type { MachineEvent } from './call-machine.ts';
import type { ConversationEngine, EngineGround } from './conversation-engine.ts';

/** Echo is compared with this much of what the assistant said last. */
const ECHO_TEXT_LENGTH = 400;

/**
 * The engine of three stages: a transcriber, a language model and a voice, each with its fallbacks. `callerStoppedMs`:
 * when the caller last fell silent, where somebody else led the call until now.
 */
export function createPipelineEngine(ground: EngineGround, callerStoppedMs = 0): ConversationEngine {
  const { clock, stages, briefing, timings, transcript, conversation, announce, dispatch, now } = ground;
  /** From the caller's stream time to the time of the call, as of the newest frame. */
  let streamOffsetMs = 0;
  let firstSoundAt: number | null = null;
  /** The number of the caller's turn whose words are still waited for. */
  let numbered: number | null = null;

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
      tools: [endCallTool, ...ground.tools],
      deadlineMs: timings.toolDeadlineMs,
      callSignal: ground.callSignal,
    }),
    firstTokenDeadlineMs: timings.firstTokenDeadlineMs,
    nextTokenDeadlineMs: timings.nextTokenDeadlineMs,
    failed: (provider, error, next) => ground.failed('language-model', provider, error, next),
    used: (tokens) => ground.used({ stage: 'language-model', ...tokens }),
  });
  const assistant = createAssistant({
    clock,
    conversation,
    responder,
    speaker: ground.speaker,
    transcript,
    callTime: ground.callTime,
    news: assistantNews,
  });
  const listener = createListener({
    clock,
    sampleRate: ground.sampleRate,
    voiceActivity: stages.voiceActivity,
    transcribers: stages.speechToText,
    model: briefing.transcriberModel,
    language: briefing.language,
    hints: briefing.hints,
    policies: ground.turnPolicies ?? defaultTurnPolicies,
    turnEndModel: stages.turnEnd ?? null,
    settings: timings,
    heard: callerHeard,
    used: (heard) => ground.used({ stage: 'speech-to-text', ...heard }),
    failed(stage, provider, error, next) {
      ground.failed(stage, provider, error, next);
      if (stage === 'speech-to-text' && next === null) dispatch({ type: 'hearing-failed' });
    },
  });

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
      case 'waiting':
        callerStoppedMs = heardAt(event.endMs);
        numbered ??= transcript.callerBegins();
        dispatch({ type: 'caller-waits' });
        return;
      case 'turn-ended':
        callerTurn(event, { type: 'caller-said', text: event.text, acknowledgement: event.acknowledgement });
        return;
      case 'late-words':
        callerTurn(event, { type: 'caller-said-more', text: event.text });
        return;
      case 'nothing-said':
        numbered = null;
        dispatch({ type: 'caller-said-nothing' });
        return;
      case 'not-understood':
        numbered = null;
        dispatch({ type: 'caller-not-understood' });
        return;
    }
  }

  /** The machine goes first: where it cuts the assistant off, that turn began earlier and is told first. */
  function callerTurn(said: { text: string; startMs: number; endMs: number; confidence?: number | undefined }, event: MachineEvent): void {
    // A filler that bridged the wait for these words goes on into the answer to them.
    if (numbered === null && ground.audible() && event.type === 'caller-said' && !event.acknowledgement)
      dispatch({ type: 'caller-takes-turn' });
    callerStoppedMs = heardAt(said.endMs);
    transcript.callerEnds(numbered ?? transcript.callerBegins(), said.text, heardAt(said.startMs), callerStoppedMs, said.confidence);
    numbered = null;
    dispatch(event);
  }

  function assistantNews(news: AssistantNews): void {
    switch (news.type) {
      case 'tool':
        announce({ type: 'tool', atMs: now(), name: news.run.name, ok: news.run.ok, durationMs: news.run.durationMs });
        return;
      case 'effect':
        ground.effect(news.effect);
        return;
      case 'saying':
        announce({ type: 'saying', atMs: now(), turn: news.turn, text: news.text });
        return;
      case 'audible':
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

  // The phone may still be ringing: what can be opened ahead is open when the caller answers.
  stages.textToSpeech[0]?.warm?.(briefing.voice);
  stages.languageModel[0]?.warm?.();

  return {
    frame(pcm, endMs) {
      if (listener.context.guarded) guard();
      streamOffsetMs = endMs - listener.streamMs - FRAME_MS;
      listener.frame(pcm);
    },
    say: (text) => assistant.say(text),
    think() {
      const marks = ground.marks(callerStoppedMs);
      marks.set('turnDecided', now());
      assistant.think(marks);
    },
    remember(text, keyed) {
      if (keyed) {
        callerStoppedMs = now();
        transcript.caller(text, callerStoppedMs, callerStoppedMs);
      }
      conversation.caller(text);
    },
    wait: (text) => assistant.wait(text),
    fill: (text) => assistant.fill(text),
    pause: () => assistant.pause(),
    resume: () => assistant.resume(),
    cut() {
      listener.context.expected = expectedAnswer(assistant.words);
      assistant.cut();
    },
    get callerStoppedMs() {
      return callerStoppedMs;
    },
    close: () => listener.close(),
  };
}
