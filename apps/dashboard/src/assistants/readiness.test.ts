import { expect, it } from 'vitest';
import type { Assistant } from './assistants.queries.ts';
import { lacksOf } from './readiness.ts';

const complete = {
  mode: 'standard',
  system_prompt: 'You are the voice of a shop.',
  first_message: 'Hello.',
  provider: 'openai',
  model: 'gpt-4o-mini',
  voice_provider: 'cartesia',
  voice_id: 'v1',
  voice_model: 'sonic-3',
  transcriptor_provider: 'deepgram',
  transcriptor_model: 'nova-3',
  transcriptor_language: 'en',
  realtime_provider: 'gemini-live',
  realtime_model: 'gemini-3.8-live',
  realtime_voice: 'Kore',
  inbound_enabled: false,
  outbound_enabled: true,
} as Assistant;
const keyless = new Map([['google', 'Google Gemini']]);

it('a complete assistant lacks nothing, whatever the other mode would need', () => {
  expect(lacksOf(complete, [], 0, keyless)).toEqual([]);
  expect(lacksOf({ ...complete, mode: 'realtime', realtime_provider: 'openai-realtime' }, [], 0, keyless)).toEqual([]);
});

it('a realtime assistant lacks the key of its vendor, and a model and a voice', () => {
  expect(lacksOf({ ...complete, mode: 'realtime' }, [], 0, keyless)).toEqual([
    { tab: 'model', what: 'realtimeKey', names: 'Google Gemini' },
  ]);
  expect(lacksOf({ ...complete, mode: 'realtime', realtime_voice: ' ' }, [], 0)).toEqual([{ tab: 'model', what: 'realtimeModel' }]);
});
