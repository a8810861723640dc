import { describe, expect, it } from 'vitest';
import { decodeAlaw, decodeUlaw, encodeAlaw, encodeUlaw } from '../audio/index.ts';
import { createBeepDetector } from './beep-detector.ts';

const RATE = 8000;
const silence = (ms: number): Float64Array => new Float64Array((RATE * ms) / 1000);
const sine = (hertz: number, ms: number, level = 0.3): Float64Array =>
  Float64Array.from({ length: (RATE * ms) / 1000 }, (_, i) => level * Math.sin((2 * Math.PI * hertz * i) / RATE));
const mix = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value + (b[i] ?? 0));
const noise = (ms: number, level: number, seed = 1): Float64Array => {
  let state = seed;
  return Float64Array.from({ length: (RATE * ms) / 1000 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return level * (state / 2 ** 31 - 1);
  });
};

/** A vowel: the harmonics of a voice under three resonances, its pitch wavering as voices do. */
function vowel(pitchHz: number, formants: readonly number[], ms: number, level = 0.3): Float64Array {
  const sound = new Float64Array((RATE * ms) / 1000);
  for (let harmonic = 1; harmonic * pitchHz < 3400; harmonic++) {
    const strength = formants.reduce((sum, formant) => sum + 1 / (1 + ((harmonic * pitchHz - formant) / 60) ** 2), 0.005);
    let phase = 0;
    for (let i = 0; i < sound.length; i++) {
      const pitch = pitchHz * (1 + 0.03 * Math.sin((2 * Math.PI * 5 * i) / RATE));
      phase += (2 * Math.PI * harmonic * pitch) / RATE;
      sound[i]! += level * strength * Math.sin(phase);
    }
  }
  return sound;
}

type Wire = (pcm: Int16Array) => Int16Array;
const ulaw: Wire = (pcm) => decodeUlaw(encodeUlaw(pcm));
const alaw: Wire = (pcm) => decodeAlaw(encodeAlaw(pcm));

/** Ms from the beginning at which beeps are heard. */
function beepsIn(parts: readonly Float64Array[], wire: Wire = ulaw, offsetSamples = 0): number[] {
  const whole = Float64Array.from([...new Float64Array(offsetSamples), ...parts.flatMap((part) => [...part])]);
  const pcm = wire(Int16Array.from(whole, (value) => Math.round(Math.max(-1, Math.min(1, value)) * 32767)));
  const detector = createBeepDetector(RATE);
  const heard: number[] = [];
  for (let at = 0; at + 160 <= pcm.length; at += 160) if (detector.frame(pcm.subarray(at, at + 160))) heard.push((at + 160) / 8);
  return heard;
}

describe('a beep', () => {
  it.each([400, 440, 480, 613, 850, 914, 1000, 1138, 1400, 1633, 2000])('of %i Hz is heard once, soon after its end', (hertz) => {
    const heard = beepsIn([silence(500), sine(hertz, 400), silence(500)]);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toBeGreaterThan(900);
    expect(heard[0]).toBeLessThanOrEqual(1000);
  });

  it.each([160, 250, 500, 1000, 1900])('of %i ms is heard', (ms) => {
    expect(beepsIn([silence(300), sine(1000, ms), silence(300)])).toHaveLength(1);
  });

  it('is heard wherever its frames are cut', () => {
    for (let offset = 0; offset < 160; offset += 13)
      expect(beepsIn([silence(300), sine(950, 200), silence(300)], ulaw, offset)).toHaveLength(1);
  });

  it.each([
    ['quiet', 0.02],
    ['loud', 0.95],
  ])('is heard when it is %s', (_how, level) => {
    expect(beepsIn([silence(300), sine(1000, 300, level), silence(300)])).toHaveLength(1);
  });

  it('is heard over A-law and through the noise of a line', () => {
    expect(beepsIn([silence(300), sine(1000, 300), silence(300)], alaw)).toHaveLength(1);
    expect(beepsIn([mix(noise(1000, 0.02), Float64Array.from([...silence(300), ...sine(1000, 300), ...silence(400)]))])).toHaveLength(1);
  });

  it('is heard right behind a voice', () => {
    expect(beepsIn([vowel(120, [730, 1090, 2440], 800), sine(1000, 400), silence(300)])).toHaveLength(1);
  });
});

describe('no beep', () => {
  const a = [730, 1090, 2440];
  const i = [270, 2290, 3010];
  const u = [300, 870, 2240];
  it.each([
    ['silence', [silence(2000)]],
    ['noise', [silence(200), noise(600, 0.3), silence(300)]],
    ['a click', [silence(200), sine(1000, 40), silence(300)]],
    ['a fax machine', [silence(200), sine(2100, 2800), silence(300)]],
    ['ringing of an exchange', [silence(200), sine(425, 1000), silence(4000), sine(425, 1000), silence(500)]],
    [
      'the busy tone of North America',
      [mix(sine(480, 500), sine(620, 500)), silence(500), mix(sine(480, 500), sine(620, 500)), silence(300)],
    ],
    ['a dial tone', [mix(sine(350, 1500), sine(440, 1500)), silence(300)]],
    ['a key', [silence(200), mix(sine(770, 200), sine(1336, 200)), silence(300)]],
    ['"number not in service"', [silence(200), sine(914, 274), sine(1371, 274), sine(1777, 380), silence(400)]],
    ['a melody', [sine(523, 200), sine(659, 200), sine(784, 200), sine(1047, 400), silence(300)]],
    ['a low voice', [vowel(110, a, 700), silence(80), vowel(105, i, 500), silence(200), vowel(100, u, 600), silence(300)]],
    ['a high voice', [vowel(230, a, 700), silence(80), vowel(240, i, 500), silence(200), vowel(220, u, 600), silence(300)]],
    ['a child’s voice', [vowel(340, a, 700), silence(80), vowel(360, i, 500), silence(200), vowel(330, u, 600), silence(300)]],
  ])('is %s', (_what, parts) => {
    expect(beepsIn(parts)).toEqual([]);
  });
});
