import { ABORTED, type Clock, type TextToSpeech, type Voice } from '../ports/index.ts';
import type { PhraseStore } from './phrase-store.ts';
import { createSegment } from './segment.ts';
import { spokenForm } from './spoken-form.ts';

/** A voice needs a few seconds for a sentence at the most; one that takes longer is not well. */
const DEADLINE_MS = 10_000;
/** No phrase takes longer to say. */
const LONGEST_MS = 30_000;

/** Whose phrases are kept: the first voice of a call, at the rate of its line. */
export interface PhraseVoice {
  clock: Clock;
  voices: readonly TextToSpeech[];
  voice: Voice;
  /** Hz of the line. */
  sampleRate: number;
  /** BCP-47. */
  language: string;
}

/** Fixed phrases in the sound of the call's voice, spoken while it was well. */
export interface KeptPhrases {
  /** Its sound at the rate of the line; undefined where nobody has spoken it yet. */
  find(text: string): Int16Array | undefined;
  /**
   * Has those that are missing spoken, one after the other, so that no vendor's limit of utterances at once is reached by them.
   * Never rejects: what cannot be had is asked for again by the next call.
   * @param used characters that were given to the voice
   */
  keep(texts: readonly string[], signal: AbortSignal, used?: (voice: TextToSpeech, characters: number) => void): Promise<void>;
}

export function createKeptPhrases(store: PhraseStore | null, of: PhraseVoice): KeptPhrases {
  const [port] = of.voices;
  const { model, id, name } = of.voice;
  const keyOf = (text: string) => JSON.stringify([port?.id, model, id, name, of.language, of.sampleRate, text]);
  return {
    find: (text) => store?.get(keyOf(text)),
    async keep(texts, signal, used = () => {}) {
      if (!store || !port) return;
      for (const text of texts) {
        const key = keyOf(text);
        if (signal.aborted || !store.claim(key)) continue;
        const said = spokenForm(text, { language: of.language, readsNumbers: port.readsNumbers?.(of.voice) ?? false });
        used(port, said.length);
        store.put(key, await speak(port, said, of, signal).catch(() => null));
      }
    },
  };
}

/** The whole sound of a text as it is said; null where it did not come whole. Rejects with what the voice throws. */
async function speak(port: TextToSpeech, said: string, of: PhraseVoice, signal: AbortSignal): Promise<Int16Array | null> {
  const segment = createSegment(of.sampleRate, false);
  const own = new AbortController();
  const stop = () => own.abort(ABORTED);
  const deadline = of.clock.setTimer(DEADLINE_MS, stop);
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of port.speak(said, { ...of.voice, sampleRate: of.sampleRate }, own.signal)) {
      segment.accept(chunk);
      if (segment.receivedMs > LONGEST_MS) return null;
    }
  } finally {
    deadline.cancel();
    signal.removeEventListener('abort', stop);
    own.abort(ABORTED);
  }
  if (signal.aborted || segment.receivedMs === 0) return null;
  segment.finish();
  return segment.sound.take(segment.sound.waiting).slice();
}
