const RATE = 8000;
/** Rising and falling in 5 ms, so that a tone does not click. */
const EDGE = RATE * 0.005;

/** A sine tone as PCM16 at 8 kHz; `level` is of full scale, 0 to 1. */
export const tone = (hertz: number, ms: number, level = 0.3): Int16Array => {
  const length = Math.round((RATE * ms) / 1000);
  return Int16Array.from({ length }, (_, i) => {
    const edge = Math.min(1, i / EDGE, (length - 1 - i) / EDGE);
    return Math.round(32767 * level * edge * Math.sin((2 * Math.PI * hertz * i) / RATE));
  });
};
