import { resample, type TextToSpeech, type Voice } from '@talkturo/voice';
import type { Speak } from './clips.ts';

const RATE = 8000;
/** A sentence that takes longer to be made is given up; the person then hangs up. */
const DEADLINE_MS = 15_000;

/** Gives the people of the network a voice of a text-to-speech provider. */
export const peopleVoice = (textToSpeech: TextToSpeech, voice: Partial<Voice> = {}): Speak => {
  const chosen: Voice = { model: null, id: null, name: null, language: 'en', sampleRate: RATE, ...voice };
  return async (text) => {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const parts: Int16Array[] = [];
    let rate = RATE;
    for await (const { pcm, sampleRate } of textToSpeech.speak(text, chosen, signal)) {
      parts.push(pcm.slice());
      rate = sampleRate;
    }
    if (signal.aborted || parts.length === 0) throw new Error('The voice gave no sound.');
    const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return resample(whole, rate, RATE);
  };
};
