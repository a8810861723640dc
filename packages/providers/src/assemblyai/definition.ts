import { defineSpeechToText } from '../define.ts';
import { createAssemblyAi } from './speech-to-text.ts';

export const assemblyAi = defineSpeechToText({
  id: 'assemblyai',
  needs: ['ASSEMBLYAI_API_KEY'],
  create: ({ settings }) => createAssemblyAi({ apiKey: settings.ASSEMBLYAI_API_KEY ?? '', baseUrl: settings.ASSEMBLYAI_API_URL }),
});
