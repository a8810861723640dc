import { beforeEach, describe, expect, test } from 'vitest';
import { createSpeechDetector, type SpeechDetector } from './speech-detector.ts';

type Seen = ['start', number] | ['speech', number] | ['silence', number, number];

let seen: Seen[];
let detector: SpeechDetector;
let nowMs: number;
/** Windows end every 32 ms; what the model says of them arrives this much later. */
const MODEL_LAG_MS = 40;
let modelMs: number;

beforeEach(() => {
  seen = [];
  nowMs = 0;
  modelMs = 0;
  detector = createSpeechDetector(64, {
    speechStarted: (startMs) => seen.push(['start', startMs]),
    speechContinues: (lastSpeechMs) => seen.push(['speech', lastSpeechMs]),
    silence: (lastSpeechMs, atMs) => seen.push(['silence', lastSpeechMs, atMs]),
  });
});

/** Sound of one level for a while; `probability` as the model has it for what it gets to see meanwhile, null: it says nothing. */
function sound(forMs: number, levelDb: number, probability: number | null): void {
  for (let i = 0; i < forMs / 20; i++) {
    nowMs += 20;
    while (probability !== null && modelMs + 32 + MODEL_LAG_MS <= nowMs) {
      modelMs += 32;
      detector.window(probability, modelMs);
    }
    detector.frame(levelDb, nowMs);
  }
}

const starts = () => seen.filter(([type]) => type === 'start').map(([, at]) => at);
const last = () => seen.at(-1);

const LINE = -66;
const VOICE = -20;

describe('on a quiet line', () => {
  test('start and end are exact although the model is late', () => {
    sound(600, LINE, 0.01);
    sound(100, VOICE, 0.2);
    sound(900, VOICE, 0.98);
    sound(80, LINE, 0.9);
    sound(200, LINE, 0.02);
    expect(starts()).toEqual([600]);
    expect(last()).toEqual(['silence', 1600, 1880]);
  });

  test('silence is told at once, in every frame, while the model still hears the echo of the voice', () => {
    sound(600, LINE, 0.01);
    sound(1000, VOICE, 0.98);
    sound(60, LINE, 0.95);
    expect(seen.slice(-3)).toEqual([
      ['silence', 1600, 1620],
      ['silence', 1600, 1640],
      ['silence', 1600, 1660],
    ]);
  });

  test('a click is no speech', () => {
    sound(600, LINE, 0.01);
    sound(20, VOICE, 0.6);
    sound(400, LINE, 0.02);
    expect(seen).toEqual([]);
  });

  test('a loud sound that is no voice is no speech', () => {
    sound(600, LINE, 0.01);
    sound(2000, VOICE, 0.05);
    expect(seen).toEqual([]);
  });

  test('a noise after the voice does not make it longer', () => {
    sound(600, LINE, 0.01);
    sound(1000, VOICE, 0.98);
    sound(300, LINE, 0.02);
    sound(200, VOICE, 0.05);
    expect(last()).toEqual(['silence', 1600, 2100]);
  });

  test('a soft ending belongs to the speech', () => {
    sound(600, LINE, 0.01);
    sound(800, VOICE, 0.98);
    sound(100, -48, 0.8);
    sound(200, LINE, 0.02);
    expect(last()).toEqual(['silence', 1500, 1700]);
  });

  test('speech that goes on after a pause is the same segment', () => {
    sound(600, LINE, 0.01);
    sound(500, VOICE, 0.98);
    sound(300, LINE, 0.02);
    sound(500, VOICE, 0.98);
    expect(starts()).toEqual([600]);
    expect(last()).toEqual(['speech', 1900]);
  });

  test('after the segment was closed the next speech starts anew, however late the model speaks of the old', () => {
    sound(600, LINE, 0.01);
    sound(500, VOICE, 0.98);
    sound(40, LINE, 0.98);
    detector.endSegment();
    sound(500, LINE, 0.9);
    expect(starts()).toEqual([600]);
    sound(100, LINE, 0.02);
    sound(500, VOICE, 0.98);
    expect(starts()).toEqual([600, 1740]);
  });
});

describe('on a noisy line', () => {
  const NOISE = -34;

  test('the model alone decides when the voice hardly stands out', () => {
    sound(3000, NOISE, 0.02);
    sound(1000, NOISE + 6, 0.95);
    sound(400, NOISE, 0.02);
    expect(starts()).toHaveLength(1);
    expect(Math.abs(starts()[0]! - 3000)).toBeLessThanOrEqual(100);
    const [type, lastSpeechMs] = last()!;
    expect(type).toBe('silence');
    expect(Math.abs(lastSpeechMs - 4000)).toBeLessThanOrEqual(100);
  });

  test('noise alone is no speech', () => {
    sound(5000, NOISE, 0.2);
    expect(seen).toEqual([]);
  });
});

describe('without the model', () => {
  test('the level decides alone until it is back', () => {
    sound(600, LINE, 0.01);
    sound(60, VOICE, 0.3);
    sound(1500, VOICE, null);
    expect(starts()).toEqual([600]);
    sound(500, LINE, null);
    expect(last()).toEqual(['silence', 2160, 2660]);
  });
});

describe('the model is spared', () => {
  test('on a line that is plainly quiet for half a second', () => {
    sound(400, LINE, 0.01);
    expect(detector.attentive).toBe(true);
    sound(400, LINE, 0.01);
    expect(detector.attentive).toBe(false);
    sound(20, -45, null);
    expect(detector.attentive).toBe(true);
  });

  test('never while a segment is open, and not on a noisy line', () => {
    sound(600, LINE, 0.01);
    sound(500, VOICE, 0.98);
    sound(2000, LINE, 0.02);
    expect(detector.attentive).toBe(true);
    detector.endSegment();
    sound(500, LINE, 0.02);
    expect(detector.attentive).toBe(false);
    sound(2000, -40, 0.02);
    expect(detector.attentive).toBe(true);
  });
});

test('digital silence and garbage levels do no harm', () => {
  sound(1000, -75, 0.01);
  sound(200, 0, 0.5);
  sound(200, Number.NaN, 0.5);
  sound(500, VOICE, 0.98);
  expect(starts()).toHaveLength(1);
});
