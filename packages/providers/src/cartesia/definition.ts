import { defineTextToSpeech } from '../define.ts';
import { createCartesia } from './text-to-speech.ts';

export const cartesia = defineTextToSpeech({
  id: 'cartesia',
  needs: ['CARTESIA_API_KEY'],
  create: ({ settings }) => createCartesia({ apiKey: settings.CARTESIA_API_KEY ?? '', baseUrl: settings.CARTESIA_API_URL }),
});
