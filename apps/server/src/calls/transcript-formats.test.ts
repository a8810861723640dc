import type { CallMessage } from '@talkturo/contract';
import { expect, test } from 'vitest';
import { transcriptText, transcriptVtt } from './transcript-formats.ts';

const message = (more: Partial<CallMessage>): CallMessage => ({
  index: 0,
  speaker: 'assistant',
  text: 'Hello.',
  start_seconds: 0,
  end_seconds: 1,
  interrupted: false,
  confidence: null,
  ...more,
});

test('times past an hour, lines that break, and turns that were cut off', () => {
  const long = message({ start_seconds: 3725.5, end_seconds: 3727, text: 'We are\nopen --> from', interrupted: true });
  expect(transcriptText([long])).toBe('[1:02:05] Assistant: We are open --> from —\n');
  expect(transcriptVtt([long])).toContain('01:02:05.500 --> 01:02:07.000\n<v Assistant>We are open --&gt; from\n');
});

test('a cue ends after it begins, and no turn is no cue', () => {
  expect(transcriptVtt([message({ start_seconds: 2, end_seconds: 2 })])).toContain('00:00:02.000 --> 00:00:02.001');
  expect(transcriptVtt([])).toBe('WEBVTT\n');
  expect(transcriptText([])).toBe('');
});
