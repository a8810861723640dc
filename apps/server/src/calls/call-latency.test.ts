import { expect, test } from 'vitest';
import { callLatency, percentile } from './call-latency.ts';

const nothing = { turnDecided: null, firstToken: null, firstSentence: null, firstAudio: null, firstSoundOut: null };

test.each([
  [[], 0.5, null],
  [[7], 0.95, 7],
  [[3, 1, 2], 0.5, 2],
  [[4, 1, 3, 2], 0.5, 2],
  [Array.from({ length: 100 }, (_, i) => i + 1), 0.95, 95],
])('percentile of %j at %f is %s', (values, share, expected) => {
  expect(percentile(values, share)).toBe(expected);
});

test('a turn that never got a mark has no such latency and is left out of the percentiles', () => {
  const { turns, p50, p95 } = callLatency([
    { turn: 1, ...nothing, callerStopped: 1000, turnDecided: 1480, firstSoundOut: 1600 },
    { turn: 3, ...nothing, callerStopped: 5000, turnDecided: 5520 },
  ]);
  expect(turns.map(({ voice_to_voice_ms }) => voice_to_voice_ms)).toEqual([600, null]);
  expect(p50).toEqual({ end_of_turn_ms: 480, llm_first_token_ms: null, tts_first_audio_ms: null, voice_to_voice_ms: 600 });
  expect(p95.end_of_turn_ms).toBe(520);
});

test('a stage that worked ahead of the decision counts nothing, not less than nothing', () => {
  const { turns } = callLatency([{ turn: 1, ...nothing, callerStopped: 1000, turnDecided: 1480, firstToken: 1400 }]);
  expect(turns[0]?.llm_first_token_ms).toBe(0);
});
