/** Of each sine, so that both together stay well below full scale: about −9 dBm0. */
const AMPLITUDE = 5_000;

/** A sound of two sines, as telephones signal with. Frequencies in Hz. @returns PCM16 mono. */
export function dualTone(first: number, second: number, ms: number, sampleRate: number): Int16Array {
  const step = (2 * Math.PI) / sampleRate;
  return Int16Array.from({ length: Math.round((ms * sampleRate) / 1000) }, (_, at) =>
    Math.round(AMPLITUDE * (Math.sin(step * first * at) + Math.sin(step * second * at))),
  );
}
