import { DTMF_FREQUENCIES } from '../../twilio/dtmf-tones.ts';

const KEYS = '123A456B789C*0#D';
const RATE = 8000;
/** 20 ms: a key sounds for several of them. */
const WINDOW = 160;
/** Of a full-scale tone's power in a window. */
const PRESENT = 0.005;

/** Power of one frequency (Goertzel), as a part of full scale. */
function power(pcm: Int16Array, frequency: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * frequency) / RATE);
  let before = 0;
  let last = 0;
  for (const sample of pcm) {
    const next = sample / 32_768 + factor * last - before;
    before = last;
    last = next;
  }
  return (last * last + before * before - factor * last * before) / (pcm.length / 2) ** 2;
}

/** Hears keys in sound, as a switch does: one of a row and one of a column, and silence between two. */
export function keysIn(pcm: Int16Array): string {
  let keys = '';
  let held = '';
  for (let at = 0; at + WINDOW <= pcm.length; at += WINDOW) {
    const window = pcm.subarray(at, at + WINDOW);
    const present = DTMF_FREQUENCIES.map((frequency) => power(window, frequency) > PRESENT);
    const rows = [0, 1, 2, 3].filter((row) => present[row]);
    const columns = [0, 1, 2, 3].filter((column) => present[column + 4]);
    const key = rows.length === 1 && columns.length === 1 ? KEYS[rows[0]! * 4 + columns[0]!]! : '';
    if (key !== '' && key !== held) keys += key;
    held = key;
  }
  return keys;
}
