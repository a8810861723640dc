import { createResampler, durationMs, type Resampler, samplesPerFrame } from '../audio/index.ts';
import type { SpeechChunk } from '../ports/index.ts';
import { heardText, type WordTime } from './heard-text.ts';
import type { SpokenPiece } from './reading/rule.ts';
import { createSoundQueue, type SoundQueue } from './sound-queue.ts';
import { createTextFeed, type TextFeed } from './text-feed.ts';

/** A stretch of text spoken by one voice: the whole reply where the voice streams, else a sentence. */
export interface Segment {
  /** A filler is said to bridge a wait; it is heard but not part of the reply. */
  readonly filler: boolean;
  /** As it stands in the reply. */
  text: string;
  /** No more text will come. */
  textEnded: boolean;
  /** There is a sentence or a clause to say: a voice need not wait for more. */
  readonly speakable: boolean;
  /** Tells whoever waits for its sound. */
  becomesSpeakable(): void;
  whenSpeakable(tell: () => void): void;
  /** No more sound will come. */
  complete: boolean;
  readonly feed: TextFeed;
  readonly sound: SoundQueue;
  readonly words: WordTime[];
  /** How its parts are said, as far as the voice has them. */
  readonly pieces: readonly SpokenPiece[];
  /** Text is given to the voice: how the next parts of it are said. Answers that. */
  saying(pieces: readonly SpokenPiece[]): string;
  /** Converts and keeps sound of the voice. */
  accept(chunk: SpeechChunk): void;
  /** The voice is done: the last frame is filled up with silence. */
  finish(): void;
  readonly receivedMs: number;
  /** The part of the text that the sound so far says, where more was to come. */
  readonly said: string;
  /** The part of the text that was heard, when the last `unheardMs` of the sound sent were not. */
  heard(unheardMs: number): string;
}

/** Builds a segment whose sound is kept at `sampleRate` Hz in whole frames. */
export function createSegment(sampleRate: number, filler: boolean): Segment {
  const sound = createSoundQueue();
  const words: WordTime[] = [];
  const pieces: SpokenPiece[] = [];
  const frameSamples = samplesPerFrame(sampleRate);
  let resampler: Resampler | null = null;
  let samples = 0;
  let speakable = false;
  let tellSpeakable = () => {};
  const segment: Segment = {
    filler,
    text: '',
    textEnded: false,
    get speakable() {
      return speakable;
    },
    becomesSpeakable() {
      if (speakable) return;
      speakable = true;
      tellSpeakable();
    },
    whenSpeakable(tell) {
      tellSpeakable = tell;
    },
    complete: false,
    feed: createTextFeed(),
    sound,
    words,
    pieces,
    saying(more) {
      let said = '';
      for (const piece of more) {
        said += piece.said;
        const last = pieces.at(-1);
        // Plain words come in many small pieces: one is enough for all.
        if (last && last.said === last.written && piece.said === piece.written) {
          pieces[pieces.length - 1] = { written: last.written + piece.written, said: last.said + piece.said };
        } else pieces.push(piece);
      }
      return said;
    },
    accept({ pcm, sampleRate: from, words: times }) {
      if (times) words.push(...times);
      if (pcm.length === 0) return;
      if (from === sampleRate) {
        sound.append(pcm);
        samples += pcm.length;
        return;
      }
      if (resampler?.from !== from) resampler = createResampler(from, sampleRate);
      const converted = resampler.process(pcm).slice();
      sound.append(converted);
      samples += converted.length;
    },
    finish() {
      if (segment.complete) return;
      segment.complete = true;
      segment.textEnded = true;
      const tail = resampler?.flush().slice();
      if (tail) sound.append(tail);
      const over = sound.length % frameSamples;
      if (over > 0) sound.append(new Int16Array(frameSamples - over));
    },
    get receivedMs() {
      return durationMs(samples, sampleRate);
    },
    get said() {
      const { text, receivedMs } = segment;
      return heardText({ text, receivedMs, complete: false, words, ...(pieces.length > 0 && { pieces }) }, receivedMs);
    },
    heard(unheardMs) {
      const { text, complete, receivedMs } = segment;
      return heardText(
        { text, receivedMs, complete, words, ...(pieces.length > 0 && { pieces }) },
        durationMs(sound.sent, sampleRate) - unheardMs,
      );
    },
  };
  return segment;
}
