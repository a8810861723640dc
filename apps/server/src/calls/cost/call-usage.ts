import type { CallEvent } from '@talkturo/voice';
import type { PreparedCall } from '../prepared-call.ts';
import type { Used } from './call-cost.ts';
import type { CostKind, CostUnit } from './price-list.ts';

type UsageEvent = Extract<CallEvent, { type: 'usage' }>;
type Stage = Extract<CallEvent, { type: 'fallback' }>['stage'];

/** Follows a conversation and knows at its end what was used, and of whom: of the model that has worked, whatever the assistant calls it. */
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
      const both = stages.speechToSpeech;
      const [ears] = stages.speechToText;
      const [mind] = stages.languageModel;
      const [mouth] = stages.textToSpeech;
      const named = briefing.realtime?.model ?? null;
      const leads = both && { id: both.id, model: both.modelFor?.(named) ?? named };
      const hears = leads ?? {
        id: ears?.id,
        model: ears?.modelFor?.(briefing.transcriberModel, briefing.language) ?? briefing.transcriberModel,
      };
      const thinks = leads ?? { id: mind?.id, model: mind?.modelFor?.(briefing.model) ?? briefing.model };
      const voiceModel = mouth?.modelFor?.(briefing.voice) ?? briefing.voice.model;
      return [
        line,
        by('speech-to-text', 'transcription', hears.id, hears.model, 'seconds', transcribedSeconds),
        by('language-model', 'language_model', thinks.id, thinks.model, 'input_tokens', inputTokens),
        by('language-model', 'language_model', thinks.id, thinks.model, 'output_tokens', outputTokens),
        by('text-to-speech', 'voice', mouth?.id, voiceModel, 'characters', spokenCharacters),
      ];
    },
  };
}
