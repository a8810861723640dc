import { describe, expect, it } from 'vitest';
import { createMemoryRecording } from '../testing/phone-call.ts';
import { createRecorder } from './recorder.ts';

const RATE = 1000; // one sample a millisecond: positions read as times
const frame = (value: number) => new Int16Array(20).fill(value);

describe('a recorder', () => {
  it('puts each side where it was heard', async () => {
    const recording = createMemoryRecording();
    const recorder = createRecorder(recording, RATE);
    for (let at = 0; at < 3000; at += 20) {
      recorder.caller(frame(at === 500 ? 7 : 0), at + 20);
      if (at === 400) recorder.assistant(new Int16Array(100).fill(9), 600);
    }
    await recorder.close(3000);
    expect(recording.caller).toHaveLength(3000);
    expect(recording.caller.indexOf(7)).toBe(500);
    expect([recording.assistant.indexOf(9), recording.assistant.lastIndexOf(9)]).toEqual([600, 699]);
  });

  it('is never more than 1.1 s behind the call: that is what a killed process loses', () => {
    let samples = 0;
    const write = (interleaved: Int16Array) => {
      samples += interleaved.length / 2;
    };
    const recorder = createRecorder({ write, close: async () => {} }, RATE);
    for (let at = 0; at < 10_000; at += 20) {
      recorder.caller(frame(1), at + 20);
      expect(samples).toBeGreaterThan(at + 20 - 1120);
    }
  });

  it('leaves out what was taken back', async () => {
    const recording = createMemoryRecording();
    const recorder = createRecorder(recording, RATE);
    recorder.assistant(new Int16Array(200).fill(9), 100);
    recorder.clear(150);
    await recorder.close(1000);
    expect([recording.assistant.indexOf(9), recording.assistant.lastIndexOf(9)]).toEqual([100, 149]);
  });

  it('keeps the caller’s frames together when they come late and at once', async () => {
    const recording = createMemoryRecording();
    const recorder = createRecorder(recording, RATE);
    for (let at = 0; at < 1000; at += 20) recorder.caller(frame(1), at + 20);
    for (let at = 1000; at < 1300; at += 20) recorder.caller(frame(2), 1300);
    await recorder.close(1300);
    expect(recording.caller.indexOf(2)).toBe(1000);
    expect(recording.caller.lastIndexOf(2)).toBe(1299);
  });

  it('leaves a gap in the line as silence, and finds back where it had taken a burst for a gap', async () => {
    const recording = createMemoryRecording();
    const recorder = createRecorder(recording, RATE);
    for (let at = 0; at < 100; at += 20) recorder.caller(frame(200), at + 20);
    // Nothing for 700 ms, and then all of it at once: taken for a gap, so 700 ms too late …
    for (let at = 100; at < 800; at += 20) recorder.caller(frame(300), 800);
    // … until the caller is silent.
    for (let at = 800; at < 2000; at += 20) recorder.caller(frame(0), at + 20);
    for (let at = 2000; at < 2100; at += 20) recorder.caller(frame(400), at + 20);
    await recorder.close(3000);
    expect(Math.abs(recording.caller.indexOf(400) - 2000)).toBeLessThanOrEqual(100);
    expect(recording.caller.filter((sample) => sample === 300)).toHaveLength(700);
  });

  it('writes while the call lasts, in order and without end', async () => {
    let written = 0;
    const sink = {
      write(pcm: Int16Array) {
        written += pcm.length / 2;
      },
      close: async () => {},
    };
    const recorder = createRecorder(sink, RATE);
    for (let at = 0; at < 100_000; at += 20) {
      recorder.caller(frame(1), at + 20);
      expect(at - written).toBeLessThan(2000);
    }
    await recorder.close(100_000);
    expect(written).toBe(100_000);
  });

  it('passes a disk that refuses on as an answer', async () => {
    const recorder = createRecorder({ write: () => {}, close: () => Promise.reject(new Error('disk full')) }, RATE);
    expect(await recorder.close(100)).toMatchObject({ message: 'disk full' });
  });
});
