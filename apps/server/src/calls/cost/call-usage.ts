import type { CallEvent, StageUse } from '@talkturo/voice';
import type { PreparedCall } from '../prepared-call.ts';
import type { Used } from './call-cost.ts';
import type { CostKind, CostUnit } from './price-list.ts';

/** Whatever runs here is one vendor: local models, and what asks somebody whether they take a caller. */
const HERE = 'local';
const runsHere = (id: string): boolean => id.startsWith(HERE) || id === 'consultation';
/** A vendor that takes over from itself with another model has that in its id (`named-ports.ts`). */
const vendorOf = (id: string): string => (runsHere(id) ? HERE : id.split('/', 1)[0]!);

/** Follows a conversation and knows at its end what was used, and of whom: of the models that have worked, each by itself. */
export function createCallUsage({ stages }: Pick<PreparedCall, 'stages'>) {
  let uses: readonly StageUse[] | null = null;
  let conversed = false;

  /** Of a conversation that could not tell what it used: whoever came first at each stage was used, nobody knows how much. */
  const unknown = (): StageUse[] => {
    const nothing = { model: null, counted: false, inputTokens: 0, outputTokens: 0, characters: 0, seconds: 0 };
    const of = (stage: StageUse['stage'], port: { id: string } | undefined) => (port ? [{ stage, provider: port.id, ...nothing }] : []);
    if (stages.speechToSpeech) return of('speech-to-speech', stages.speechToSpeech);
    return [
      ...of('speech-to-text', stages.speechToText[0]),
      ...of('language-model', stages.languageModel[0]),
      ...of('text-to-speech', stages.textToSpeech[0]),
    ];
  };

  return {
    hear(event: CallEvent): void {
      if (event.type === 'started') conversed = true;
      if (event.type === 'usage') uses = event.uses;
    },
    /** `lineSeconds`: from the answer to the end. */
    used(carrier: string, lineSeconds: number): Used[] {
      const line: Used = { kind: 'carrier', vendor: carrier, model: null, unit: 'seconds', quantity: lineSeconds, sure: 'counted' };
      const told = uses ?? (conversed ? unknown() : []);
      const of = (kind: CostKind) => told.flatMap((use) => linesOf(use).filter((each) => each.kind === kind));
      return [line, ...merged([...of('transcription'), ...of('language_model'), ...of('voice')])];
    },
  };
}

/**
 * One model that hears and thinks by itself is charged for both. Sound and text are counted by ourselves, tokens by vendors; where
 * those did not, there is an estimate of both kinds of tokens or of none.
 */
function linesOf({ stage, provider, model, counted, inputTokens, outputTokens, characters, seconds }: StageUse): Used[] {
  const vendor = vendorOf(provider);
  const whose = { vendor, model: vendor === HERE ? null : model };
  const ours = counted ? 'counted' : 'unknown';
  const tokens = !counted && inputTokens + outputTokens > 0 ? 'estimated' : ours;
  const line = (kind: CostKind, unit: CostUnit, quantity: number, sure: Used['sure']): Used => ({ kind, ...whose, unit, quantity, sure });
  const heard = line('transcription', 'seconds', seconds, stage === 'speech-to-speech' ? 'counted' : ours);
  const thought = [
    line('language_model', 'input_tokens', inputTokens, tokens),
    line('language_model', 'output_tokens', outputTokens, tokens),
  ];
  if (stage === 'speech-to-text') return [heard];
  if (stage === 'language-model') return thought;
  if (stage === 'text-to-speech') return [line('voice', 'characters', characters, ours)];
  return [heard, ...thought];
}

/** What one vendor did at one stage under several names is one line. */
function merged(lines: readonly Used[]): Used[] {
  const known = new Map<string, Used>();
  for (const line of lines) {
    const key = JSON.stringify([line.kind, line.vendor, line.model, line.unit, line.sure]);
    const before = known.get(key);
    known.set(key, before ? { ...before, quantity: Math.round((before.quantity + line.quantity) * 1000) / 1000 } : line);
  }
  return [...known.values()];
}
