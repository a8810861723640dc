import type { LocalSpeech } from '@talkturo/providers';

/** What a recogniser makes of sound: by the wrong law or in the wrong order of bytes it hears no words in it. */
export async function wordsIn(speech: LocalSpeech, pcm: Int16Array, sampleRate = 8000): Promise<string> {
  const { signal } = new AbortController();
  const stream = await speech.speechToText.open({ model: null, language: 'en', sampleRate, signal });
  const frame = sampleRate / 50;
  for (let at = 0; at + frame <= pcm.length; at += frame) stream.write(pcm.subarray(at, at + frame));
  stream.activity?.({ type: 'start', startMs: 0, endMs: 0 });
  stream.activity?.({ type: 'end', startMs: 0, endMs: (pcm.length * 1000) / sampleRate });
  for await (const event of stream) {
    if (event.type !== 'final') continue;
    stream.close();
    return event.text.toLowerCase();
  }
  return '';
}

/** What somebody said for the first time in a call: up to so many seconds from their first sound on. */
export function firstWords(pcm: Int16Array, sampleRate: number, seconds = 5): Int16Array {
  const first = pcm.findIndex((sample) => Math.abs(sample) > 500);
  const from = Math.max(0, first - Math.round(0.3 * sampleRate));
  return first < 0 ? new Int16Array() : pcm.subarray(from, from + Math.round((seconds + 0.3) * sampleRate));
}
