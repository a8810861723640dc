import type { CallEvent } from '@talkturo/voice';
import type { PreparedCall } from '../prepared-call.ts';
import type { Used } from './call-cost.ts';
import type { CostKind, CostUnit } from './price-list.ts';

type UsageEvent = Extract<CallEvent, { type: 'usage' }>;
type Stage = Extract<CallEvent, { type: 'fallback' }>['stage'];

/** Follows a conversation and knows at its end what was used, and of whom. */
export function createCallUsage({ stages, briefing }: Pick<PreparedCall, 'stages' | 'briefing'>) {
  const shared = new Set<Stage>();
  let usage: UsageEvent | null = null;

  /** Whatever runs here is one vendor. */
  const vendorOf = (id: string | undefined): string | null => (id?.startsWith('local') ? 'local' : (id ?? null));
  const by = (stage: Stage, kind: CostKind, vendor: string | undefined, model: string | null, unit: CostUnit, quantity: number): Used =>
    shared.has(stage) || shared.has('speech-to-speech')
      ? { kind, vendor: null, model: null, unit, quantity }
      : { kind, vendor: vendorOf(vendor), model, unit, quantity };

  return {
    hear(event: CallEvent): void {
      if (event.type === 'fallback') shared.add(event.stage);
      if (event.type === 'usage') usage = event;
    },
    /** `lineSeconds`: from the answer to the end. */
    used(carrier: string, lineSeconds: number): Used[] {
      const line: Used = { kind: 'carrier', vendor: carrier, model: null, unit: 'seconds', quantity: lineSeconds };
      if (!usage) return [line];
      const { inputTokens, outputTokens, spokenCharacters, transcribedSeconds } = usage;
      // One model that hears and thinks by itself is charged for both.
      const both = stages.speechToSpeech?.id;
      const [ears, mind, mouth] = [both ?? stages.speechToText[0]?.id, both ?? stages.languageModel[0]?.id, stages.textToSpeech[0]?.id];
      const model = both ? (briefing.realtime?.model ?? null) : briefing.model;
      return [
        line,
        by('speech-to-text', 'transcription', ears, both ? model : briefing.transcriberModel, 'seconds', transcribedSeconds),
        by('language-model', 'language_model', mind, model, 'input_tokens', inputTokens),
        by('language-model', 'language_model', mind, model, 'output_tokens', outputTokens),
        by('text-to-speech', 'voice', mouth, briefing.voice.model, 'characters', spokenCharacters),
      ];
    },
  };
}
