import type { StageUse } from './types.ts';

/** What is told at a time: of one vendor, and only what has changed. */
export type Use = Pick<StageUse, 'stage' | 'provider' | 'model'> & Partial<Omit<StageUse, 'stage' | 'provider' | 'model'>>;

/** What a call has used so far, of each vendor and model by itself: one that took over is charged by its own price. */
export interface UsageLedger {
  add(use: Use): void;
  /** In the order in which they were first used. */
  readonly uses: readonly StageUse[];
  /** Of all vendors together. */
  readonly totals: { inputTokens: number; outputTokens: number; spokenCharacters: number; transcribedSeconds: number };
}

const milliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

export function createUsageLedger(): UsageLedger {
  const lines = new Map<string, StageUse>();
  const sum = (of: 'inputTokens' | 'outputTokens' | 'characters' | 'seconds') =>
    [...lines.values()].reduce((all, line) => all + line[of], 0);
  return {
    add({ stage, provider, model, counted = true, inputTokens = 0, outputTokens = 0, characters = 0, seconds = 0 }) {
      const key = JSON.stringify([stage, provider, model, counted]);
      const line = lines.get(key) ?? { stage, provider, model, counted, inputTokens: 0, outputTokens: 0, characters: 0, seconds: 0 };
      line.inputTokens += inputTokens;
      line.outputTokens += outputTokens;
      line.characters += characters;
      line.seconds += seconds;
      lines.set(key, line);
    },
    get uses() {
      return [...lines.values()]
        .filter(
          ({ counted, inputTokens, outputTokens, characters, seconds }) =>
            !counted || inputTokens + outputTokens + characters + seconds > 0,
        )
        .map((line) => ({ ...line, seconds: milliseconds(line.seconds) }));
    },
    get totals() {
      return {
        inputTokens: sum('inputTokens'),
        outputTokens: sum('outputTokens'),
        spokenCharacters: sum('characters'),
        transcribedSeconds: milliseconds(sum('seconds')),
      };
    },
  };
}
