import { resample, rms } from '@talkturo/voice';
import { moonshineFiles } from '../model-files.ts';
import { serveWorker } from '../workers/serve-worker.ts';
import { loadMoonshine, MOONSHINE_RATE } from './moonshine.ts';
import { plausible } from './plausible.ts';
import type { Transcription, TranscriptionJob } from './transcription-job.ts';

/** Below −60 dBFS there is nothing to hear (the quietest speech on a telephone lies near −45). */
const INAUDIBLE_RMS = 33;

await serveWorker<TranscriptionJob, Transcription>(async () => {
  const model = await loadMoonshine(moonshineFiles());
  // The first runs are slow: memory is laid out and code compiled.
  await model.transcribe(new Float32Array(2 * MOONSHINE_RATE));

  return {
    async handle({ pcm, sampleRate }) {
      if (rms(pcm) < INAUDIBLE_RMS) return { text: '', confidence: 0 };
      return plausible(await model.transcribe(Float32Array.from(resample(pcm, sampleRate, MOONSHINE_RATE), (sample) => sample / 32768)));
    },
    release: () => model.release(),
  };
});
