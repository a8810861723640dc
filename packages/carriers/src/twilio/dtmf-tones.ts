import { dualTone } from '@talkturo/voice';

/** The tones of the keys in Hz, one of a row and one of a column (ITU-T Q.23). */
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYS = '123A456B789C*0#D';

const SAMPLES_A_MS = 8;
/** Twice the least that receivers must recognise (ITU-T Q.24, table A-1). */
const TONE_MS = 100;
const GAP_MS = 100;
/** w waits half a second, W a second. */
const WAITS: Readonly<Record<string, number>> = { w: 500, W: 1_000 };

export const DTMF_FREQUENCIES = [...ROWS, ...COLUMNS] as const;

/** Keys as they sound, PCM16 at 8 kHz. @returns null where something is no key. */
export function tonesOf(digits: string): Int16Array | null {
  const parts: Int16Array[] = [];
  for (const digit of digits) {
    const wait = WAITS[digit];
    const key = KEYS.indexOf(digit);
    if (wait === undefined && key < 0) return null;
    if (wait === undefined) parts.push(dualTone(ROWS[key >> 2]!, COLUMNS[key & 3]!, TONE_MS, SAMPLES_A_MS * 1000));
    parts.push(new Int16Array((wait ?? GAP_MS) * SAMPLES_A_MS));
  }
  const sound = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    sound.set(part, at);
    at += part.length;
  }
  return sound;
}
