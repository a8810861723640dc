/**
 * How much of a sound is one tone: 1 when it is nothing else, near 0 when it is something else. A sound read by the wrong law, in the wrong
 * order of bytes or at the wrong rate is no longer the tone that was sent.
 * @param hertz of the tone, with several periods in the sound
 */
export function toneShare(pcm: Int16Array, hertz: number, sampleRate: number): number {
  const step = (2 * Math.PI * hertz) / sampleRate;
  let sine = 0;
  let cosine = 0;
  let energy = 0;
  for (const [at, sample] of pcm.entries()) {
    sine += sample * Math.sin(step * at);
    cosine += sample * Math.cos(step * at);
    energy += sample * sample;
  }
  return energy === 0 ? 0 : (2 * (sine * sine + cosine * cosine)) / (pcm.length * energy);
}
