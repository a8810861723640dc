/** Levels are dB below full scale; digital silence counts as this. */
export const LEAST_DB = -75;

const FALL = 0.3;
/** dB a frame of 20 ms: the floor rises slowly under speech, and within a second to the noise when there is none. */
const RISE_IN_SPEECH = 0.03;
const RISE = 0.5;
const FIRST_GUESS_DB = -60;

/** Follows the level of the line when nobody speaks. */
export interface EnergyFloor {
  readonly db: number;
  update(levelDb: number, speaking: boolean): void;
}

export function createEnergyFloor(): EnergyFloor {
  let db = FIRST_GUESS_DB;
  return {
    get db() {
      return db;
    },
    update(levelDb, speaking) {
      if (levelDb < db) db += FALL * (levelDb - db);
      else db = Math.min(levelDb, db + (speaking ? RISE_IN_SPEECH : RISE));
    },
  };
}

/** Level of a frame of PCM16 in dB below full scale, LEAST_DB … 0. */
export function levelDb(pcm: Int16Array): number {
  let sum = 0;
  for (let i = 0; i < pcm.length; i++) sum += pcm[i]! * pcm[i]!;
  if (sum === 0) return LEAST_DB;
  return Math.max(LEAST_DB, 10 * Math.log10(sum / pcm.length / 32768 ** 2));
}
