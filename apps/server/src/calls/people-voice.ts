import type { Speak } from '@talkturo/carriers';
import { resample, type TextToSpeech } from '@talkturo/voice';

const SAMPLE_RATE = 8000;

/** The voice of the built-in network's people: whole sentences as PCM16 at 8 kHz. */
export function peopleVoice(textToSpeech: () => TextToSpeech): Speak {
  return async (text) => {
    const parts: Int16Array[] = [];
    let rate = SAMPLE_RATE;
    const voice = { model: null, id: null, name: null, language: 'en', sampleRate: SAMPLE_RATE };
    for await (const { pcm, sampleRate } of textToSpeech().speak(text, voice, new AbortController().signal)) {
      parts.push(pcm);
      rate = sampleRate;
    }
    const whole = new Int16Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return rate === SAMPLE_RATE ? whole : resample(whole, rate, SAMPLE_RATE);
  };
}
