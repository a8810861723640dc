import type { CallLatency } from '@talkturo/contract';
import type { callMarks } from './calls.table.ts';

type Marks = Omit<typeof callMarks.$inferSelect, 'callId'>;
type Durations = CallLatency['p50'];

const between = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : Math.max(0, Math.round((to - from) * 10) / 10);

/** What passed between the marks of a turn. A stage that worked ahead, before the turn was decided, counts 0. */
const durationsOf = (marks: Marks): Durations => ({
  end_of_turn_ms: between(marks.callerStopped, marks.turnDecided),
  llm_first_token_ms: between(marks.turnDecided, marks.firstToken),
  tts_first_audio_ms: between(marks.firstSentence, marks.firstAudio),
  voice_to_voice_ms: between(marks.callerStopped, marks.firstSoundOut),
});

/** The smallest value that at least `share` of all values do not exceed (nearest rank); null without values. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** Latencies of a call, turn by turn, and their percentiles over the turns that have them. */
export function callLatency(turns: readonly Marks[]): CallLatency {
  const measured = turns.map((marks) => ({ marks, durations: durationsOf(marks) }));
  const over = (share: number): Durations => {
    const of = (name: keyof Durations) =>
      percentile(
        measured.flatMap(({ durations }) => durations[name] ?? []),
        share,
      );
    return {
      end_of_turn_ms: of('end_of_turn_ms'),
      llm_first_token_ms: of('llm_first_token_ms'),
      tts_first_audio_ms: of('tts_first_audio_ms'),
      voice_to_voice_ms: of('voice_to_voice_ms'),
    };
  };
  return {
    turns: measured.map(({ marks, durations }) => ({
      turn: marks.turn,
      ...durations,
      marks: {
        caller_stopped: marks.callerStopped,
        turn_decided: marks.turnDecided,
        first_token: marks.firstToken,
        first_sentence: marks.firstSentence,
        first_audio: marks.firstAudio,
        first_sound_out: marks.firstSoundOut,
      },
    })),
    p50: over(0.5),
    p95: over(0.95),
  };
}
