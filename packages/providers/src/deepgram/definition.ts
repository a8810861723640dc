import { defineSpeechToText } from '../define.ts';
import { createDeepgram } from './speech-to-text.ts';

export const deepgram = defineSpeechToText({
  id: 'deepgram',
  needs: ['DEEPGRAM_API_KEY'],
  create: ({ settings }) => createDeepgram({ apiKey: settings.DEEPGRAM_API_KEY ?? '', baseUrl: settings.DEEPGRAM_API_URL }),
});
