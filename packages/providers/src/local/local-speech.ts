import type { SpeechToText, TextToSpeech, VoiceActivity } from '@talkturo/voice';
import { createSileroVoiceActivity } from './activity/voice-activity.ts';
import { startLocalVoice } from './speaking/text-to-speech.ts';
import { startLocalTranscription } from './transcription/speech-to-text.ts';

export interface LocalSpeechOptions {
  /** Threads of the transcription; each takes some 220 MB and serves about thirty calls. */
  transcriptionThreads?: number;
  /** Threads of the voice; each serves about a hundred calls. */
  voiceThreads?: number;
}

/** The speech models of this process, loaded once and shared by all its calls. English only. */
export interface LocalSpeech {
  speechToText: SpeechToText;
  textToSpeech: TextToSpeech;
  voiceActivity: VoiceActivity;
  /** Lets running jobs end, then ends the threads. Call it before the process exits: ending one in mid-run aborts the process. */
  stop(): Promise<void>;
}

/**
 * Starts Moonshine (transcription), flite (voice) and Silero (voice activity) in worker threads; takes about a second.
 * Rejects with a ProviderError that says what is missing; nothing stays running then.
 */
export async function startLocalSpeech({ transcriptionThreads = 1, voiceThreads = 1 }: LocalSpeechOptions = {}): Promise<LocalSpeech> {
  const starting = [
    startLocalTranscription({ threads: transcriptionThreads }),
    startLocalVoice({ threads: voiceThreads }),
    createSileroVoiceActivity(),
  ] as const;
  const outcomes = await Promise.allSettled(starting);
  const running = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const stop = async () => {
    await Promise.all(running.map((part) => part.stop()));
  };
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const [{ speechToText }, { textToSpeech }, { voiceActivity }] = await Promise.all(starting);
  return { speechToText, textToSpeech, voiceActivity, stop };
}
