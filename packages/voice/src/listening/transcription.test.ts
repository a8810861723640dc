import { expect, test } from 'vitest';
import type { SpeechToText } from '../ports/index.ts';
import { createHandClock, createScriptedSpeechToText, settle } from '../testing/index.ts';
import { createTranscription } from './transcription.ts';

const listenTo = async (transcriber: SpeechToText) => {
  const transcription = createTranscription({
    clock: createHandClock(),
    transcribers: [transcriber],
    sampleRate: 8000,
    model: null,
    language: 'en',
    hints: [],
    heard: () => undefined,
    failed: () => undefined,
    used: () => undefined,
  });
  await settle();
  return transcription;
};

test.each([
  [true, undefined, true],
  [true, false, false],
  [false, undefined, false],
])('a vendor that can decide turns: %s, its model: %s', async (endOfTurn, ofStream, believed) => {
  const vendor = createScriptedSpeechToText(createHandClock(), { capabilities: { endOfTurn } });
  const transcriber: SpeechToText = {
    ...vendor,
    open: async (options) => ({ ...(await vendor.open(options)), ...(ofStream !== undefined && { endOfTurn: ofStream }) }),
  };
  const transcription = await listenTo(transcriber);
  expect(transcription.endOfTurn).toBe(believed);
  transcription.close();
});
