import type { Speak } from '../local/clips.ts';
import { tone } from '../local/tone.ts';

/** A voice without words: 20 ms of tone a word. Sentences stay short, so that real sockets can be tested at real speed. */
export const toneVoice: Speak = async (text) => tone(300, 20 * Math.max(8, text.split(' ').length));
