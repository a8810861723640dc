/** Two soft notes, a fifth of a second each: heard as a sign of life in every language, and as no signal of a telephone network. */
const NOTES_HZ = [523, 659] as const;
const NOTE_MS = 200;
/** 26 dB below full scale: below speech, above the noise of a line. */
const AMPLITUDE = 1600;
const EDGE_MS = 20;

const made = new Map<number, Int16Array>();

/**
 * What the caller hears while nobody can speak: where the only voice has stalled and has said nothing before. Made here, so
 * that no vendor is needed for it. The array is shared and must not be changed.
 */
export function waitingTone(sampleRate: number): Int16Array {
  const known = made.get(sampleRate);
  if (known) return known;
  const samples = (NOTE_MS * sampleRate) / 1000;
  const edge = (EDGE_MS * sampleRate) / 1000;
  const tone = new Int16Array(samples * NOTES_HZ.length);
  for (const [note, hz] of NOTES_HZ.entries()) {
    for (let i = 0; i < samples; i++) {
      const loudness = Math.min(1, i / edge, (samples - 1 - i) / edge);
      tone[note * samples + i] = Math.round(AMPLITUDE * loudness * Math.sin((2 * Math.PI * hz * i) / sampleRate));
    }
  }
  made.set(sampleRate, tone);
  return tone;
}
