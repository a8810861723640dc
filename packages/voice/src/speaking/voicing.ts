import { ABORTED, type Clock, createWatch, ProviderError, type TextToSpeech, type Voice } from '../ports/index.ts';
import type { Segment } from './segment.ts';
import { countedText } from './text-feed.ts';

/** Sound this far ahead of what was sent is enough: the voice is read no further until it is needed. */
const ENOUGH_AHEAD_MS = 30_000;
const ROOM_CHECK_MS = 1000;
/** A voice owes sound when the text it has would take this much longer than what it gave. */
const OWED_MS = 1200;
/** The fastest anybody speaks: what a text owes at the least. */
const LEAST_MS_PER_CHARACTER = 35;
const TRIES_OF_THE_LAST = 3;
/**
 * How long a voice may owe its first sound that another one can replace: voices begin within half a second, and with the time before
 * (end of the turn, first sentence) and the other one's beginning the caller waits no longer than 2.5 s.
 */
const REPLACEABLE_FIRST_MS = 1200;
/** The same once the caller has waited long already. */
const HURRIED_MS = 700;

export interface VoicingOptions {
  clock: Clock;
  /** In order of preference. */
  voices: readonly TextToSpeech[];
  voice: Voice;
  sampleRate: number;
  firstAudioDeadlineMs: number;
  nextAudioDeadlineMs: number;
  failed: (provider: string, error: unknown, next: string | null) => void;
  /** A voice was given so many characters; fewer than none: those it was given it has refused. */
  used: (voice: TextToSpeech, characters: number) => void;
}

/** The voices of a call. One that failed is not used again in this call: a voice that changes to and fro is worse. */
export interface Voicing {
  readonly streaming: boolean;
  /** The voice reads numbers and abbreviations by itself. */
  readonly readsNumbers: boolean;
  /**
   * Has a segment spoken to its end. Resolves with the text that is left when a voice failed and another one must
   * go on ('' when all was said), or null when no voice is left. Never rejects.
   */
  speak(segment: Segment, spoken: string | null, signal: AbortSignal, arrived: () => void): Promise<string | null>;
  /** There is a voice that may begin to speak at once: none that nobody can replace owes a first sound. */
  readonly mayAnswer: boolean;
  /** The caller has waited long: a voice that owes its first sound and can be replaced has little time left. */
  hurry(): void;
}

export function createVoicing(options: VoicingOptions): Voicing {
  const { clock, voices, voice, sampleRate } = options;
  let index = 0;
  /** How often in a row the last voice failed. */
  let misses = 0;
  /** Who waits for a first sound. */
  const waiting = new Set<{ hurry(): void; readonly owed: boolean }>();
  const replaceable = () => index < voices.length - 1;
  const firstMs = () => (replaceable() ? Math.min(REPLACEABLE_FIRST_MS, options.firstAudioDeadlineMs) : options.firstAudioDeadlineMs);

  /** The rest of an utterance is asked for anew after so long; of a voice that is only slow, later. */
  const nextMs = () =>
    voices[index]?.capabilities.thisMachine && !replaceable() ? options.firstAudioDeadlineMs : options.nextAudioDeadlineMs;

  /** True when the voice is to blame for the silence: it has text and owes sound for it. */
  function owes(segment: Segment): boolean {
    const waitingMs = (segment.sound.waiting * 1000) / sampleRate;
    if (waitingMs > 200) return false;
    if (segment.textEnded) return true;
    return segment.text.length * LEAST_MS_PER_CHARACTER - segment.receivedMs > OWED_MS;
  }

  /** The last voice gets another try where trying again may help: late once is better than silent for good. */
  const again = (error: unknown): boolean =>
    index === voices.length - 1 && ++misses < TRIES_OF_THE_LAST && error instanceof ProviderError && error.retryable;

  async function read(
    speech: TextToSpeech,
    segment: Segment,
    spoken: string | null,
    signal: AbortSignal,
    arrived: () => void,
  ): Promise<void> {
    const own = new AbortController();
    const stop = () => own.abort(ABORTED);
    signal.addEventListener('abort', stop, { once: true });
    let expire: (error: Error) => void = () => {};
    const late = new Promise<never>((_, reject) => {
      expire = reject;
    });
    let owingSince = clock.now();
    const watch = createWatch(clock, firstMs(), () => {
      // Half a sentence is no reason to speak: it is the model that is waited for.
      if (segment.receivedMs > 0 ? !owes(segment) : !segment.speakable) return watch.touch();
      expire(
        new ProviderError(speech.id, 'timeout', segment.receivedMs === 0 ? 'No sound came in time.' : 'The sound stopped in the middle.'),
      );
      own.abort(ABORTED);
    });
    const one = {
      hurry() {
        if (segment.receivedMs > 0 || !segment.speakable || !replaceable()) return;
        watch.touch(Math.max(0, HURRIED_MS - (clock.now() - owingSince)));
      },
      get owed() {
        return segment.receivedMs === 0 && segment.speakable;
      },
    };
    segment.whenSpeakable(() => {
      owingSince = clock.now();
      if (segment.receivedMs === 0) watch.touch();
    });
    waiting.add(one);
    let given = 0;
    const give = (characters: number) => {
      given += characters;
      options.used(speech, characters);
    };
    const sounds = async () => {
      if (spoken !== null) give(spoken.length);
      for await (const chunk of speech.speak(spoken ?? countedText(segment.feed, give), voice, own.signal)) {
        if (own.signal.aborted) return;
        segment.accept(chunk);
        watch.touch(nextMs());
        arrived();
        if (segment.sound.waiting > (ENOUGH_AHEAD_MS * sampleRate) / 1000) await room(segment, own.signal, watch.touch);
      }
    };
    try {
      await Promise.race([sounds(), late]);
      if (segment.receivedMs === 0 && /\p{L}|\p{N}/u.test(segment.text) && !signal.aborted) {
        throw new ProviderError(speech.id, 'protocol', 'The voice gave no sound for its text.');
      }
    } catch (error) {
      // What was given is charged, cut off or not (protocol sheet of the voices: by text submitted); what was declined was not taken.
      if (segment.receivedMs === 0 && error instanceof ProviderError && error.declined) give(-given);
      throw error;
    } finally {
      watch.stop();
      waiting.delete(one);
      signal.removeEventListener('abort', stop);
    }
  }

  const room = async (segment: Segment, signal: AbortSignal, alive: () => void): Promise<void> => {
    while (segment.sound.waiting > (ENOUGH_AHEAD_MS * sampleRate) / 2000 && !signal.aborted) {
      await new Promise<void>((resolve) => clock.setTimer(ROOM_CHECK_MS, resolve));
      alive();
    }
  };

  return {
    get streaming() {
      return voices[index]?.capabilities.streaming ?? false;
    },
    get readsNumbers() {
      return voices[index]?.readsNumbers?.(voice) ?? false;
    },
    get mayAnswer() {
      return index < voices.length && (replaceable() || ![...waiting].some(({ owed }) => owed));
    },
    hurry() {
      for (const one of waiting) one.hurry();
    },
    async speak(segment, spoken, signal, arrived) {
      const speech = voices[index];
      if (!speech) return null;
      try {
        await read(speech, segment, spoken, signal, arrived);
        misses = 0;
        return '';
      } catch (error) {
        if (signal.aborted) return '';
        // Another segment may have given this voice up already.
        if (voices[index] === speech) {
          if (again(error)) options.failed(speech.id, error, speech.id);
          else options.failed(speech.id, error, voices[++index]?.id ?? null);
        }
        if (!voices[index]) return null;
        return segment.text.slice(segment.said.length);
      }
    },
  };
}
