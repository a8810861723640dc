import { encodeUlaw } from '@talkturo/voice';

/** About as fast as people speak. */
export const MS_PER_LETTER = 60;
const CHUNK_MS = 100;

/** A tone as long as the text would take, in chunks of bytes of the format asked for. */
export function* toneFor(text: string, sampleRate: number, encoding: 'ulaw' | 's16le'): Generator<Buffer> {
  const total = Math.round((text.length * MS_PER_LETTER * sampleRate) / 1000);
  const size = Math.round((CHUNK_MS * sampleRate) / 1000);
  for (let at = 0; at < total; at += size) {
    const pcm = Int16Array.from({ length: Math.min(size, total - at) }, (_, i) => Math.round(6000 * Math.sin((at + i) / 5)));
    yield encoding === 'ulaw' ? Buffer.from(encodeUlaw(pcm)) : Buffer.from(pcm.buffer);
  }
}

/** Words of a text with their times, ms from `fromMs`. */
export function* spokenWords(text: string, fromMs: number): Generator<{ word: string; startMs: number; endMs: number }> {
  for (const match of text.matchAll(/\S+/g)) {
    const startMs = fromMs + match.index * MS_PER_LETTER;
    yield { word: match[0], startMs, endMs: startMs + match[0].length * MS_PER_LETTER };
  }
}
