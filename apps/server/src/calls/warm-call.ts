import { type Clock, openSessionAhead, realtimeSettings, type Stages, type Tool } from '@talkturo/voice';
import { type PreparedCall, SAMPLE_RATE } from './prepared-call.ts';

/** A call whose vendors know of it before it is answered. */
export interface WarmCall {
  /** What the conversation runs on. */
  readonly stages: Stages;
  /** The call is over, or goes on elsewhere: what was opened for it and is not used is closed. */
  close(): void;
}

/** Opens the connections of vendors while the phone rings, which saves the first reply seconds; a realtime model's session too. */
export function warmCall({ stages, briefing }: PreparedCall, { clock, tools }: { clock: Clock; tools: readonly Tool[] }): WarmCall {
  const { speechToSpeech } = stages;
  if (!speechToSpeech) {
    stages.languageModel[0]?.warm?.();
    stages.textToSpeech[0]?.warm?.(briefing.voice);
    return { stages, close: () => {} };
  }
  // The others are only needed when it fails.
  const ahead = openSessionAhead(clock, speechToSpeech, realtimeSettings(briefing, tools, SAMPLE_RATE));
  return { stages: { ...stages, speechToSpeech: ahead.model }, close: ahead.close };
}
