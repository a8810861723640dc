import { afterAll, beforeAll, expect, test } from 'vitest';
import { inARow, lineNoise, overTelephone, testSpeech } from '../../testing/test-speech.ts';
import { sileroFile } from '../model-files.ts';
import { shapeVoice } from '../speaking/voice-shape.ts';
import { levelDb } from './energy-floor.ts';
import { WINDOW_MS } from './shared-sound.ts';
import { loadSilero, newSileroMemory } from './silero.ts';
import { createSpeechDetector } from './speech-detector.ts';

const RATE = 8000;
const WINDOW = (RATE * WINDOW_MS) / 1000;
/** The model answers this much later than the sound comes, as beside a live call. */
const LAG_FRAMES = 2;

let model: Awaited<ReturnType<typeof loadSilero>>;
beforeAll(async () => {
  model = await loadSilero(sileroFile(), 4);
});
afterAll(() => model.release());

interface Heard {
  starts: number[];
  lastSpeechMs: number;
}

/** Detects speech in whole sound, with the model in this thread so that every run is the same. */
async function detect(pcm: Int16Array): Promise<Heard> {
  const heard: Heard = { starts: [], lastSpeechMs: 0 };
  const detector = createSpeechDetector(64, {
    speechStarted: (startMs) => heard.starts.push(startMs),
    speechContinues: (lastSpeechMs) => {
      heard.lastSpeechMs = lastSpeechMs;
    },
    silence: (lastSpeechMs) => {
      heard.lastSpeechMs = lastSpeechMs;
    },
  });
  const runner = model.at(RATE);
  const memory = newSileroMemory(RATE);
  let windows = 0;
  for (let at = 0; at + 160 <= pcm.length; at += 160) {
    while ((windows + 1) * WINDOW <= at - LAG_FRAMES * 160) {
      const [probability] = await runner.run([{ memory, sound: pcm, at: windows * WINDOW }], 1);
      windows++;
      detector.window(probability!, windows * WINDOW_MS);
    }
    detector.frame(levelDb(pcm.subarray(at, at + 160)), (at + 160) / 8);
  }
  return heard;
}

const louder = (pcm: Int16Array, noise: Int16Array) => pcm.map((sample, i) => Math.max(-32768, Math.min(32767, sample + noise[i]!)));
const speech = (voice: 'rms' | 'slt' | 'awb') => shapeVoice(testSpeech('I would like to book a repair please.', { voice }), RATE, 0);

test.each(['rms', 'slt', 'awb'] as const)('the voice %s over the telephone: start and end within 60 ms', async (voice) => {
  const said = overTelephone(speech(voice));
  const { starts, lastSpeechMs } = await detect(inARow(lineNoise(1000), said, lineNoise(800)));
  expect(starts).toHaveLength(1);
  // flite is kept from 30 ms before its first sound on.
  expect(Math.abs(starts[0]! - 1020)).toBeLessThanOrEqual(60);
  expect(Math.abs(lastSpeechMs - (1000 + said.length / 8))).toBeLessThanOrEqual(60);
});

test.each([
  [20, 400],
  [10, 1300],
])('in noise %i dB below the voice: one start, ends within 200 ms', async (_, amplitude) => {
  const said = speech('rms');
  const clean = inARow(new Int16Array(16_000), said, new Int16Array(8000));
  const { starts, lastSpeechMs } = await detect(overTelephone(louder(clean, lineNoise(clean.length / 8, RATE, amplitude))));
  expect(starts).toHaveLength(1);
  expect(Math.abs(starts[0]! - 2000)).toBeLessThanOrEqual(200);
  expect(Math.abs(lastSpeechMs - (2000 + said.length / 8))).toBeLessThanOrEqual(200);
});

const tone = (ms: number, ...hertz: number[]) =>
  Int16Array.from({ length: ms * 8 }, (_, i) => hertz.reduce((sum, f) => sum + 6000 * Math.sin((2 * Math.PI * f * i) / RATE), 0));

test.each([
  ['silence', new Int16Array(16_000)],
  ['line noise', lineNoise(3000)],
  ['loud noise', lineNoise(3000, RATE, 8000)],
  ['ringback', inARow(tone(2000, 440, 480), new Int16Array(16_000))],
  ['busy', inARow(tone(500, 480, 620), new Int16Array(4000), tone(500, 480, 620))],
  ['keys', inARow(tone(150, 697, 1209), new Int16Array(800), tone(150, 852, 1477), new Int16Array(800), tone(150, 941, 1336))],
])('%s is no speech', async (_, pcm) => {
  expect((await detect(inARow(lineNoise(600), overTelephone(pcm), lineNoise(600)))).starts).toEqual([]);
});

test('calls in one batch are heard as each alone', async () => {
  const runner = model.at(RATE);
  const sounds = [speech('rms'), speech('slt'), lineNoise(3000)];
  const alone = sounds.map(() => newSileroMemory(RATE));
  const together = sounds.map(() => newSileroMemory(RATE));
  for (let at = 0; at < 20 * WINDOW; at += WINDOW) {
    const batch = await runner.run(
      sounds.map((sound, i) => ({ memory: together[i]!, sound, at })),
      3,
    );
    for (const [i, sound] of sounds.entries()) {
      const [single] = await runner.run([{ memory: alone[i]!, sound, at }], 1);
      expect(batch[i]).toBeCloseTo(single!, 4);
    }
  }
});
