import { defineSpeechToSpeech } from '../define.ts';
import { createGeminiLive } from './speech-to-speech.ts';

export const geminiLive = defineSpeechToSpeech({
  id: 'gemini-live',
  needs: ['GOOGLE_API_KEY'],
  create: ({ settings }) => createGeminiLive({ apiKey: settings.GOOGLE_API_KEY ?? '', baseUrl: settings.GOOGLE_API_URL }),
});
