import type { LibraryVoice, VoiceLibrary } from '../voices/voice-library.ts';
import type { FliteVoice } from './speaking/flite.ts';

/** What flite's voices are, after the speakers they were made from (CMU ARCTIC; kal is a diphone voice). */
const VOICES: Record<FliteVoice, { description: string; accent: string; gender: LibraryVoice['gender'] }> = {
  rms: { description: 'The clearest of the built-in voices over a telephone.', accent: 'american', gender: 'male' },
  slt: { description: 'Built in. Harder to understand over a telephone than rms.', accent: 'american', gender: 'female' },
  awb: { description: 'Built in.', accent: 'scottish', gender: 'male' },
  kal: { description: 'Built in. The oldest, at telephone quality.', accent: 'american', gender: 'male' },
  kal16: { description: 'Built in. The oldest, at a higher rate.', accent: 'american', gender: 'male' },
};

/** The voices that run on this server and need no key. */
export const localVoices: VoiceLibrary = {
  list: async () =>
    Object.entries(VOICES).map(([id, about]) => ({ id, name: id, languages: ['en'], own: false, previewUrl: null, ...about })),
  previewHeaders: () => ({}),
};
