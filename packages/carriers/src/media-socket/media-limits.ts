import type { Clock } from '@talkturo/voice';
import { createAllowance } from './allowance.ts';

/** Sound may come this much ahead of real time: what a stalled network delivers at once. */
const SOUND_AHEAD_MS = 3000;
/** A little over real time, for the two clocks differ. */
const SOUND_MS_PER_SECOND = 1100;
/** Frames refused for coming too fast (20 s of sound) before it is a flood. */
const MAX_FLOODED = 1000;
/** Garbage answered and borne: so many at once, so many a second for ever. */
const GARBAGE_AT_ONCE = 20;
const GARBAGE_PER_SECOND = 1;
/** Messages that are not sound: keys, marks. */
const SMALL_AT_ONCE = 100;
const SMALL_PER_SECOND = 20;

/** What a far end may do in how short a time. Everything else is counted and, when there is too much of it, the end of the leg. */
export interface MediaLimits {
  /** True when so much sound may come now. */
  sound(ms: number): boolean;
  /** Sound that came too fast was refused. `tell`: say so now, not with every frame. `tooMuch`: a flood. */
  flooded(): { tell: boolean; tooMuch: boolean };
  /** True when another message that is not sound may come now. */
  small(): boolean;
  /** Garbage came. True while it can be borne. */
  garbage(): boolean;
}

export const createMediaLimits = (clock: Clock): MediaLimits => {
  const start = clock.now();
  const sound = createAllowance(SOUND_AHEAD_MS, SOUND_MS_PER_SECOND, start);
  const garbage = createAllowance(GARBAGE_AT_ONCE, GARBAGE_PER_SECOND, start);
  const small = createAllowance(SMALL_AT_ONCE, SMALL_PER_SECOND, start);
  const words = createAllowance(1, 1, start);
  let flooded = 0;
  return {
    sound: (ms) => sound.take(ms, clock.now()),
    flooded() {
      flooded += 1;
      return { tell: words.take(1, clock.now()), tooMuch: flooded > MAX_FLOODED };
    },
    small: () => small.take(1, clock.now()),
    garbage: () => garbage.take(1, clock.now()),
  };
};
