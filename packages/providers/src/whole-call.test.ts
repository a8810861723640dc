import {
  type CallEvent,
  createCallSession,
  createEnergyVoiceActivity,
  defaultTimings,
  type SpeechToText,
  systemClock,
  type TextToSpeech,
} from '@talkturo/voice';
import { createScriptedLeg, until } from '@talkturo/voice/testing';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createVendorModel } from './ai-sdk/language-model.ts';
import { VENDORS } from './ai-sdk/vendors.ts';
import { createAssemblyAi } from './assemblyai/speech-to-text.ts';
import { createCartesia } from './cartesia/text-to-speech.ts';
import { createDeepgram } from './deepgram/speech-to-text.ts';
import { createElevenLabs } from './elevenlabs/text-to-speech.ts';
import { ASSEMBLYAI_KEY, startAssemblyAiSimulator } from './testing/assemblyai-simulator.ts';
import { CARTESIA_KEY, startCartesiaSimulator } from './testing/cartesia-simulator.ts';
import { answer, startChatSimulator } from './testing/chat-completions-simulator.ts';
import { DEEPGRAM_KEY, startDeepgramSimulator } from './testing/deepgram-simulator.ts';
import { ELEVENLABS_KEY, startElevenLabsSimulator } from './testing/elevenlabs-simulator.ts';
import type { SocketSimulator } from './testing/socket-server.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
beforeAll(async () => {
  await import('ai');
  await import('@ai-sdk/openai');
});

interface Vendors {
  ears: SocketSimulator;
  voice: SocketSimulator;
  speechToText: SpeechToText;
  textToSpeech: TextToSpeech;
}

const deepgramAndCartesia = async (): Promise<Vendors> => {
  const [ears, voice] = await Promise.all([startDeepgramSimulator(), startCartesiaSimulator()]);
  return {
    ears,
    voice,
    speechToText: createDeepgram({ apiKey: DEEPGRAM_KEY, baseUrl: ears.url }),
    textToSpeech: createCartesia({ apiKey: CARTESIA_KEY, baseUrl: voice.url }),
  };
};
const assemblyAiAndElevenLabs = async (): Promise<Vendors> => {
  const [ears, voice] = await Promise.all([startAssemblyAiSimulator(), startElevenLabsSimulator()]);
  return {
    ears,
    voice,
    speechToText: createAssemblyAi({ apiKey: ASSEMBLYAI_KEY, baseUrl: ears.url }),
    textToSpeech: createElevenLabs({ apiKey: ELEVENLABS_KEY, baseUrl: voice.url }),
  };
};

/** On a line of 16 kHz the sound of a simulated caller carries its words to the simulated vendor. */
test.each([
  ['nova-3', 'Cartesia', deepgramAndCartesia],
  ['flux-general-en', 'Cartesia', deepgramAndCartesia],
  ['universal-streaming-english', 'ElevenLabs', assemblyAiAndElevenLabs],
])(
  'a call with %s and %s, whose transcriber loses its connection while the caller speaks',
  async (transcriberModel, _, vendors) => {
    const { ears, voice, speechToText, textToSpeech } = await vendors();
    const chat = await startChatSimulator();
    stops.push(ears.stop, voice.stop, chat.stop);
    chat.plays(answer('We open', ' at eight.'));
    const caller = createScriptedLeg(systemClock, { sampleRate: 16_000 });
    const events: CallEvent[] = [];
    const session = createCallSession({
      leg: caller,
      clock: systemClock,
      stages: {
        voiceActivity: createEnergyVoiceActivity(),
        speechToText: [speechToText],
        languageModel: [createVendorModel({ vendor: VENDORS.openai, apiKey: 'secret', baseUrl: chat.url })],
        textToSpeech: [textToSpeech],
      },
      briefing: {
        instructions: 'You are the assistant of a bakery.',
        firstMessage: null,
        language: 'en',
        transcriberModel,
        model: null,
        temperature: 0.7,
        maxTokens: 200,
        voice: { model: null, id: 'v1', name: null, language: 'en', sampleRate: 16_000 },
        hints: [],
      },
      timings: defaultTimings,
      recording: null,
      tools: [],
      onEvent: (event) => events.push(event),
    });
    const turns = () => events.flatMap((event) => (event.type === 'turn' ? [event.turn] : []));
    session.start();
    await until(() => ears.requests.length === 1, 'the transcription is open', 5000);
    caller.says('when do you open in the morning');
    await until(() => events.some(({ type }) => type === 'caller-speaking'), 'the caller is heard', 5000);
    ears.dropAll();
    await until(() => turns().length >= 2 && !caller.audible, 'the answer was spoken', 15_000);
    expect(turns().map(({ text }) => text.trim())).toEqual(['when do you open in the morning', 'We open at eight.']);
    expect(events.filter(({ type }) => type === 'stage-failed')).toEqual([]);
    expect(ears.requests).toHaveLength(2);
    expect(caller.spans.length).toBeGreaterThan(0);
    caller.hangsUp();
    await session.done;
  },
  25_000,
);
