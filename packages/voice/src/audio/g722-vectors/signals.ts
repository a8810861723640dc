/** Numbers that look like chance and are the same on every machine (Numerical Recipes, section 7.1: 32 bits). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state;
  };
}

const clipped = (sample: number): number => Math.max(-32_768, Math.min(32_767, sample));

/** A fifth of a second at 16 kHz. */
const SAMPLES = 3200;

/** An arc of a parabola in place of a sine: whole numbers, and the same on every machine. `phase` of 65,536; answers ±16,384. */
const arc = (phase: number): number => {
  const half = (phase & 0x7fff) - 16_384;
  const height = 16_384 - ((half * half) >> 14);
  return phase & 0x8000 ? -height : height;
};

/** From 100 Hz to 8 kHz, at half of full scale. */
function sweep(): Int16Array {
  let phase = 0;
  let step = 410;
  return Int16Array.from({ length: SAMPLES }, () => {
    phase = (phase + step) & 0xffff;
    step += 10;
    return arc(phase);
  });
}

/** As a voice is made: pulses of 122 Hz and breath through a resonance at 500 Hz, growing and fading. */
function speech(): Int16Array {
  const breath = chance(3);
  let before = 0;
  let last = 0;
  return Int16Array.from({ length: SAMPLES }, (_, at) => {
    const next = (at % 131 === 0 ? 9000 : 0) + (breath() >> 23) + ((last * 121) >> 6) - ((before * 60) >> 6);
    before = last;
    last = clipped(next);
    return clipped((last * (at < SAMPLES / 2 ? at : SAMPLES - at)) >> 11);
  });
}

/** Nothing at all, then a step to a level that stays: where predictors like to wander off. */
const silence = (): Int16Array => Int16Array.from({ length: SAMPLES }, (_, at) => (at < SAMPLES / 2 ? 0 : 40));

/** From one end of the scale to the other, slower and slower: nothing is louder. */
function fullScale(): Int16Array {
  let high = false;
  let left = 1;
  let width = 1;
  return Int16Array.from({ length: SAMPLES }, () => {
    left -= 1;
    if (left === 0) {
      high = !high;
      width += 1;
      left = width;
    }
    return high ? 32_767 : -32_768;
  });
}

/** Noise of all levels, from the least to the loudest. */
function noise(): Int16Array {
  const next = chance(1);
  return Int16Array.from({ length: SAMPLES }, (_, at) => next() >> (31 - Math.floor((at * 16) / SAMPLES)));
}

/** PCM16 at 16 kHz to be encoded. */
export const SIGNALS = { sweep: sweep(), speech: speech(), silence: silence(), 'full-scale': fullScale(), noise: noise() };

/** Bytes that no encoder would write: every code in every state of the decoder. */
export function anyCodes(): Uint8Array {
  const next = chance(9);
  return Uint8Array.from({ length: SAMPLES / 2 }, () => next() >>> 24);
}
