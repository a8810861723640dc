import {
  type ConformanceCase,
  languageModelConformance,
  speechToTextConformance,
  textToSpeechConformance,
  voiceActivityConformance,
} from '@talkturo/voice/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { testSpeech } from '../testing/test-speech.ts';
import { createLocalDialogue } from './dialogue/local-language-model.ts';
import { type LocalSpeech, startLocalSpeech } from './local-speech.ts';
import { shapeVoice } from './speaking/voice-shape.ts';

let speech: LocalSpeech;
beforeAll(async () => {
  speech = await startLocalSpeech();
});
afterAll(() => speech.stop());

const spoken = (sampleRate: number) => ({
  pcm: shapeVoice(testSpeech('What are your opening hours?', { sampleRate }), sampleRate, 0),
  sampleRate,
});

const suites: Record<string, ConformanceCase[]> = {
  'local transcription': speechToTextConformance({
    create: () => speech.speechToText,
    speech: spoken(8000),
    expects: /opening hours/i,
  }),
  'local voice': textToSpeechConformance({ create: () => speech.textToSpeech }),
  'local voice activity': voiceActivityConformance({ create: () => speech.voiceActivity, speech: spoken(16_000) }),
  'local voice activity on a telephone': voiceActivityConformance({ create: () => speech.voiceActivity, speech: spoken(8000) }),
  'local dialogue': languageModelConformance({ create: createLocalDialogue }),
};
for (const [name, cases] of Object.entries(suites)) describe(name, () => cases.forEach(({ name: what, run }) => void it(what, run)));
