import { ProviderError, type SpeechChunk, type TextToSpeech, type Voice } from '@talkturo/voice';
import { isEnglish } from '../english.ts';
import { startWorkerPool } from '../workers/worker-pool.ts';
import { clauses } from './clauses.ts';
import { FLITE_VOICES, type FliteVoice } from './flite.ts';
import type { SpeakingJob, SpokenClause } from './speaking-job.ts';
import { spokenText } from './spoken-text.ts';

export interface LocalVoice {
  textToSpeech: TextToSpeech;
  stop(): Promise<void>;
}

const DEFAULT_VOICE: FliteVoice = 'rms';
/** Clauses that may wait for the voice, over all calls: about five seconds of its work. */
const MAX_QUEUED = 64;
const SENTENCE_PAUSE_MS = 180;
const CLAUSE_PAUSE_MS = 90;
/** What is asked in one call; nobody listens to more at a stretch. */
const MAX_CHARACTERS = 20_000;

/** Starts the local voice (flite): robotic, intelligible, English. */
export async function startLocalVoice({ threads = 1 }: { threads?: number } = {}): Promise<LocalVoice> {
  const pool = await startWorkerPool<SpeakingJob, SpokenClause>({
    name: 'speech synthesis',
    script: new URL('./speaking-worker.ts', import.meta.url),
    threads,
    maxQueued: MAX_QUEUED,
  });

  async function* speak(text: AsyncIterable<string> | string, voice: Voice, signal: AbortSignal): AsyncIterable<SpeechChunk> {
    if (!isEnglish(voice.language)) {
      throw new ProviderError(
        'local',
        'refused',
        `The local voice speaks English only; "${voice.language}" needs a voice of another provider.`,
      );
    }
    const whole = typeof text === 'string' ? text : await collect(text, signal);
    const pieces = clauses(spokenText(whole.slice(0, MAX_CHARACTERS)));
    const submit = (at: number) => {
      const piece = pieces[at];
      if (piece === undefined) return null;
      const pauseMs = /[.!?]$/.test(piece) ? SENTENCE_PAUSE_MS : CLAUSE_PAUSE_MS;
      const spoken = pool.submit({ text: piece, voice: fliteVoice(voice), sampleRate: voice.sampleRate, pauseMs }, { signal });
      // Awaited later, or never when the caller interrupts.
      spoken.catch(() => {});
      return spoken;
    };
    let next = signal.aborted ? null : submit(0);
    for (let at = 0; next; at++) {
      const current: Promise<SpokenClause | null> = next;
      const clause = await current;
      if (!clause || signal.aborted) return;
      next = submit(at + 1);
      yield { pcm: clause.pcm, sampleRate: voice.sampleRate };
    }
  }

  return {
    textToSpeech: { id: 'local', capabilities: { streaming: false, languages: ['en'], thisMachine: true }, speak },
    stop: () => pool.stop(),
  };
}

/** An assistant's voice is named for the vendor it was made for: what is not one of ours is spoken by the default. */
function fliteVoice({ id, name }: Voice): FliteVoice {
  const known = (wanted: string | null) => FLITE_VOICES.find((voice) => voice === wanted?.toLowerCase());
  return known(id) ?? known(name) ?? DEFAULT_VOICE;
}

async function collect(pieces: AsyncIterable<string>, signal: AbortSignal): Promise<string> {
  let text = '';
  for await (const piece of pieces) {
    if (signal.aborted || text.length > MAX_CHARACTERS) break;
    text += piece;
  }
  return text;
}
