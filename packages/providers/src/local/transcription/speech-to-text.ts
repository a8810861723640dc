import { ProviderError, type SpeechToText } from '@talkturo/voice';
import { isEnglish } from '../english.ts';
import { startWorkerPool } from '../workers/worker-pool.ts';
import { createTranscriptStream } from './transcript-stream.ts';
import type { Transcription, TranscriptionJob } from './transcription-job.ts';

export interface LocalTranscription {
  speechToText: SpeechToText;
  stop(): Promise<void>;
}

/** Utterances that may wait, over all calls: three seconds of one thread's work. */
const MAX_QUEUED = 32;

/** Starts Moonshine tiny in worker threads: English, each thread takes some 220 MB and serves about thirty calls. */
export async function startLocalTranscription({ threads = 1 }: { threads?: number } = {}): Promise<LocalTranscription> {
  const pool = await startWorkerPool<TranscriptionJob, Transcription>({
    name: 'transcription',
    script: new URL('./transcription-worker.ts', import.meta.url),
    threads,
    maxQueued: MAX_QUEUED,
  });
  return {
    speechToText: {
      id: 'local',
      capabilities: { wants: 'any', endOfTurn: false, segmented: true, languages: ['en'] },
      async open({ language, sampleRate, signal }) {
        if (!isEnglish(language)) {
          throw new ProviderError(
            'local',
            'refused',
            `Local transcription understands English only; "${language}" needs another transcriber.`,
          );
        }
        return createTranscriptStream(
          sampleRate,
          (job, { optional, signal: abort }) => pool.submit(job, { optional, signal: abort, transfer: [job.pcm.buffer] }),
          signal,
        );
      },
    },
    stop: () => pool.stop(),
  };
}
