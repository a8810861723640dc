/** Root mean square of PCM16 samples, 0 … 32768; 0 for no samples. */
export function rms(pcm: Int16Array): number {
  if (pcm.length === 0) return 0;
  let sum = 0;
  for (let i = 0; i < pcm.length; i++) sum += pcm[i]! * pcm[i]!;
  return Math.sqrt(sum / pcm.length);
}

/** Level in dB below full scale of PCM16 samples: 0 for a full-scale square, −Infinity for silence. */
export const dbfs = (pcm: Int16Array): number => 20 * Math.log10(rms(pcm) / 32768);
