import { resample } from '@talkturo/voice';
import { fliteFile } from '../model-files.ts';
import { serveWorker } from '../workers/serve-worker.ts';
import { loadFlite } from './flite.ts';
import type { SpeakingJob, SpokenClause } from './speaking-job.ts';
import { shapeVoice } from './voice-shape.ts';

/** Spoken unheard at the start: the first runs take five times as long, until the code is compiled well. */
const WARM_UPS = 4;

await serveWorker<SpeakingJob, SpokenClause>(async () => {
  const flite = loadFlite(fliteFile());
  for (let i = 0; i < WARM_UPS; i++) flite.speak('Warming up the voice, one two three four five.', 'rms');

  return {
    handle({ text, voice, sampleRate, pauseMs }) {
      const spoken = flite.speak(text, voice);
      const shaped = shapeVoice(spoken.pcm, spoken.sampleRate, pauseMs);
      return { pcm: resample(shaped, spoken.sampleRate, sampleRate) as Int16Array<ArrayBuffer> };
    },
    transfer: ({ pcm }) => [pcm.buffer],
  };
});
