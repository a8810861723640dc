import { expect, it } from 'vitest';
import { type CallDetail, timelineOf } from './timeline.ts';

const durations = { end_of_turn_ms: 480, llm_first_token_ms: 20, tts_first_audio_ms: 60, voice_to_voice_ms: 620 };
const marks = {
  caller_stopped: 4000,
  turn_decided: 4480,
  first_token: 4500,
  first_sentence: 4510,
  first_audio: 4570,
  first_sound_out: 4620,
};
const message = (index: number, speaker: 'caller' | 'assistant', start: number, end: number, text: string, interrupted = false) => ({
  index,
  speaker,
  text,
  start_seconds: start,
  end_seconds: end,
  interrupted,
  confidence: null,
});

const call: CallDetail = {
  id: 'call_1',
  account_id: 'acct_1',
  assistant_id: 'asst_1',
  campaign_id: null,
  contact_id: null,
  direction: 'inbound',
  status: 'completed',
  ended_reason: 'caller_hung_up',
  outcome: 'answered',
  error: null,
  carrier: 'local',
  from_number: '+12025550100',
  to_number: null,
  transferred_to: null,
  consultation_of: null,
  started_at: '',
  answered_at: null,
  ended_at: null,
  duration_seconds: 8,
  recording: null,
  erased_at: null,
  messages: [
    message(0, 'assistant', 0, 2, 'Hello.'),
    message(1, 'caller', 2.5, 4, 'What are your hours?'),
    message(2, 'assistant', 4.6, 8, 'We are open', true),
  ],
  events: [],
  analysis: null,
  cost: null,
  latency: { turns: [{ turn: 2, ...durations, marks }], p50: durations, p95: { ...durations, voice_to_voice_ms: 700 } },
};

it('draws who spoke when, and the marks of every answer', () => {
  expect(timelineOf(call)).toMatchInlineSnapshot(`
    "call_1   inbound, +12025550100 → asst_1, 8.0 s, caller hung up

       0.00–2.00    assistant ██████████                               Hello.
       2.50–4.00    caller                ████████                     What are your hours?
               4.00            caller stopped
               4.48   +480 ms  turn decided
               4.50    +20 ms  first token
               4.51    +10 ms  first sentence
               4.57    +60 ms  first audio
               4.62    +50 ms  first sound out
       4.60–8.00    assistant                        █████████████████ We are open —

    From the caller’s last sound to the first sound sent: p50 620 ms, p95 700 ms"
  `);
});

it('says what is missing', () => {
  const nothing = { ...durations, voice_to_voice_ms: null };
  const text = timelineOf({
    ...call,
    duration_seconds: null,
    status: 'failed',
    messages: [],
    error: 'The line broke.',
    latency: { turns: [], p50: nothing, p95: nothing },
  });
  expect(text.split('\n')).toEqual([
    'call_1   inbound, +12025550100 → asst_1, failed, caller hung up',
    'The line broke.',
    '',
    'Nothing was said.',
  ]);
  const turns = [{ turn: 2, ...nothing, marks: { caller_stopped: 4000, turn_decided: null } }];
  expect(timelineOf({ ...call, latency: { turns, p50: nothing, p95: nothing } })).toContain('—          turn decided');
});
