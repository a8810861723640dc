import { defineTextToSpeech } from '../define.ts';
import { createElevenLabs } from './text-to-speech.ts';

export const elevenLabs = defineTextToSpeech({
  id: 'elevenlabs',
  needs: ['ELEVENLABS_API_KEY'],
  create: ({ settings }) =>
    createElevenLabs({
      apiKey: settings.ELEVENLABS_API_KEY ?? '',
      baseUrl: settings.ELEVENLABS_API_URL,
      transport: settings.ELEVENLABS_TRANSPORT === 'http' ? 'http' : 'websocket',
    }),
});
