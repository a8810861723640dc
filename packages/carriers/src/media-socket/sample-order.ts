/** Which byte of a sample of L16 comes first: the high one (`big`, RFC 3551 section 4.5.11) or the low one. */
export type ByteOrder = 'big' | 'little';

/** The order of the bytes of L16 on one stream. Vendors send either without saying which. */
export interface SampleOrder {
  /** The order in which these bytes are to be read; learns from them. Only the first `length` count. */
  orderOf(bytes: Uint8Array, length: number): ByteOrder;
  /** The order in which to write: the one told or found, until then the likely one. */
  readonly written: ByteOrder;
}

export interface SampleOrderOptions {
  /** Set by the operator: nothing is to be found out. */
  told?: ByteOrder | null;
  /** What is written until something was heard. */
  likely: ByteOrder;
  /** It was heard, once. */
  found?(order: ByteOrder): void;
}

/** By how much one order must be rougher than the other before it is ruled out. */
const CLEARLY = 4;
/** So much sound decides: 40 ms at 16 kHz. */
const ENOUGH_SAMPLES = 640;
/**
 * Mean size of a sample below which sound is silence and decides nothing. A line's idle noise lies below it, and so does a signal clipped at
 * full scale when it is read the wrong way: 0x7FFF is −129 then.
 */
const SILENT_BELOW = 150;

/** One sample of PCM16 out of two bytes. */
export const readSample = (bytes: Uint8Array, at: number, order: ByteOrder): number =>
  ((order === 'big' ? (bytes[at]! << 8) | bytes[at + 1]! : (bytes[at + 1]! << 8) | bytes[at]!) << 16) >> 16;

/** How much a piece of sound moves from sample to sample, and how large its samples are; sums over the piece. */
function measure(bytes: Uint8Array, length: number, order: ByteOrder): { roughness: number; size: number } {
  let roughness = 0;
  let size = 0;
  let before = 0;
  for (let at = 0; at + 1 < length; at += 2) {
    const sample = readSample(bytes, at, order);
    if (at > 0) roughness += Math.abs(sample - before);
    size += Math.abs(sample);
    before = sample;
  }
  return { roughness, size };
}

/**
 * Finds the order from the sound itself: right it is smooth or faint, wrong it is a roar at full scale, for its low bytes are noise. The
 * first clear sound decides for the stream; until then each piece is read in the order in which it is smoother.
 */
export function createSampleOrder({ told = null, likely, found }: SampleOrderOptions): SampleOrder {
  let known = told;
  let heard = 0;
  const roughness = { big: 0, little: 0 };

  return {
    orderOf(bytes, length) {
      if (known) return known;
      const big = measure(bytes, length, 'big');
      const little = measure(bytes, length, 'little');
      const smoother = big.roughness === little.roughness ? likely : big.roughness < little.roughness ? 'big' : 'little';
      const samples = length >> 1;
      if (Math.min(big.size, little.size) < SILENT_BELOW * samples) return smoother;
      heard += samples;
      roughness.big += big.roughness;
      roughness.little += little.roughness;
      if (heard < ENOUGH_SAMPLES) return smoother;
      if (roughness.big > CLEARLY * roughness.little) known = 'little';
      else if (roughness.little > CLEARLY * roughness.big) known = 'big';
      if (known) found?.(known);
      return known ?? smoother;
    },
    get written() {
      return known ?? likely;
    },
  };
}
