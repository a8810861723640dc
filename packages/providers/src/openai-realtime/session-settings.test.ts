import { expect, test } from 'vitest';
import { realtimeAddress } from './session-settings.ts';

test.each([
  [null, '2027-01-19', 'gpt-realtime'],
  [null, '2027-01-20', 'gpt-realtime-2.1'],
  ['gpt-realtime-mini', '2027-01-20', 'gpt-realtime-2.1-mini'],
  ['gpt-4o-realtime-preview-2025-06-03', '2027-01-20', 'gpt-realtime-2.1'],
  ['gpt-realtime-2.1', '2027-01-20', 'gpt-realtime-2.1'],
])('the model %j is asked for on %s as %s', (model, on, asked) => {
  expect(realtimeAddress('https://api.openai.com/v1', model, Date.parse(on)).searchParams.get('model')).toBe(asked);
});
