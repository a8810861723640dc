import { defineSpeechToSpeech } from '../define.ts';
import { createOpenAiRealtime } from './speech-to-speech.ts';

export const openAiRealtime = defineSpeechToSpeech({
  id: 'openai-realtime',
  needs: ['OPENAI_API_KEY'],
  create: ({ settings }) => createOpenAiRealtime({ apiKey: settings.OPENAI_API_KEY ?? '', baseUrl: settings.OPENAI_API_URL }),
});
