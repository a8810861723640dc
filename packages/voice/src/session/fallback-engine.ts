import { FRAME_MS } from '../audio/index.ts';
import type { SpeechToSpeech } from '../ports/index.ts';
import { createConversation } from '../thinking/index.ts';
import type { ConversationEngine, EngineGround } from './conversation-engine.ts';
import { createPipelineEngine } from './pipeline-engine.ts';
import { createRealtimeEngine, type HandOver } from './realtime-engine.ts';

/** What the standard pipeline is called where it takes over from a realtime model. */
const STANDARD = 'standard';

/**
 * A realtime model, and behind it the standard pipeline for when its session cannot be had or is lost: it goes on with
 * the conversation so far.
 */
export function createFallbackEngine(ground: EngineGround, model: SpeechToSpeech): ConversationEngine {
  const { stages } = ground;
  const hasPipeline = stages.speechToText.length > 0 && stages.languageModel.length > 0 && stages.textToSpeech.length > 0;
  const realtime = createRealtimeEngine(ground, model, leave);
  let pipeline: ConversationEngine | null = null;
  /** The caller's newest frames while nobody listens. */
  let between: Int16Array[] | null = null;
  let closed = false;

  function leave(error: unknown, handOver: Promise<HandOver>): void {
    ground.failed('speech-to-speech', model.id, error, hasPipeline ? STANDARD : null);
    if (!hasPipeline) {
      ground.dispatch({ type: 'hearing-failed' });
      // A goodbye that it was saying nobody can say.
      void handOver.then(({ unfinished }) => unfinished.type === 'say' && ground.dispatch({ type: 'voice-failed' }));
      return;
    }
    between = [];
    void handOver.then(takeOver);
  }

  function takeOver({ messages, unfinished, understood, callerStoppedMs, frames }: HandOver): void {
    if (closed) return;
    const missed = between ?? [];
    between = null;
    pipeline = createPipelineEngine({ ...ground, conversation: createConversation(messages) }, callerStoppedMs);
    // Whose words nobody has is heard again by the new ears, and answered then.
    const unheard = unfinished.type === 'answer' && !understood;
    if (unheard) ground.dispatch({ type: 'heard-out' });
    if (unfinished.type === 'say') pipeline.say(unfinished.text);
    else if (unfinished.type === 'answer' && understood) pipeline.think();
    const again = unfinished.type === 'answer' && understood ? missed : [...frames, ...missed];
    const fromMs = ground.now() - again.length * FRAME_MS;
    for (const [i, frame] of again.entries()) pipeline.frame(frame, fromMs + (i + 1) * FRAME_MS);
  }

  /** Who speaks: what is left of the model's sound is played to its end. */
  const mouth = (): ConversationEngine => (realtime.speaking || !pipeline ? realtime : pipeline);
  const mind = (): ConversationEngine => {
    if (pipeline && realtime.speaking) realtime.cut();
    return pipeline ?? realtime;
  };

  return {
    frame(pcm, endMs) {
      if (pipeline) pipeline.frame(pcm, endMs);
      else if (between) between.push(pcm.slice());
      else realtime.frame(pcm, endMs);
    },
    say: (text) => mind().say(text),
    think: () => mind().think(),
    remember: (text, keyed) => (pipeline ?? realtime).remember(text, keyed),
    wait: (text) => mind().wait(text),
    fill: (text) => mouth().fill(text),
    pause: () => mouth().pause(),
    resume: () => mouth().resume(),
    cut: () => mouth().cut(),
    get callerStoppedMs() {
      return (pipeline ?? realtime).callerStoppedMs;
    },
    close() {
      closed = true;
      realtime.close();
      pipeline?.close();
    },
  };
}
