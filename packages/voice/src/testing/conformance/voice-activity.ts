import assert from 'node:assert/strict';
import { durationMs, samplesPerFrame } from '../../audio/index.ts';
import type { VoiceActivity, VoiceActivityStream } from '../../ports/index.ts';
import { type ConformanceCase, until } from './conformance-case.ts';

export interface VoiceActivityHarness {
  /** A working detector; called for each case. */
  create(): VoiceActivity | Promise<VoiceActivity>;
  /** Speech without long pauses that begins and ends with the array, at 8000 or 16000 Hz. */
  speech: { pcm: Int16Array; sampleRate: number };
  /** How far a reported start or end may lie from the true one, ms. Default 200. */
  toleranceMs?: number;
  /** The longest any step may take, ms of real time. Default 5000. */
  deadlineMs?: number;
}

interface Seen {
  starts: number[];
  lastSpeechMs: number;
  silence: { lastSpeechMs: number; nowMs: number }[];
}

const MIN_SPEECH_MS = 60;

/** What every voice-activity adapter must do. */
export function voiceActivityConformance(harness: VoiceActivityHarness): ConformanceCase[] {
  const { speech, toleranceMs = 200, deadlineMs = 5000 } = harness;
  const { sampleRate } = speech;
  const speechMs = durationMs(speech.pcm.length, sampleRate);
  const silence = (ms: number) => new Int16Array((sampleRate * ms) / 1000);

  const listen = (detector: VoiceActivity): { stream: VoiceActivityStream; seen: Seen } => {
    const seen: Seen = { starts: [], lastSpeechMs: 0, silence: [] };
    const stream = detector.open({
      sampleRate,
      minSpeechMs: MIN_SPEECH_MS,
      listener: {
        speechStarted: (startMs) => seen.starts.push(startMs),
        speechContinues: (lastSpeechMs) => {
          seen.lastSpeechMs = lastSpeechMs;
        },
        silence: (lastSpeechMs, nowMs) => seen.silence.push({ lastSpeechMs, nowMs }),
      },
    });
    return { stream, seen };
  };
  /** Pushes sound frame by frame from one reused buffer, letting the detector answer in between. */
  const push = async (stream: VoiceActivityStream, pcm: Int16Array) => {
    const frame = new Int16Array(samplesPerFrame(sampleRate));
    for (let at = 0; at < pcm.length; at += frame.length) {
      frame.fill(0);
      frame.set(pcm.subarray(at, at + frame.length));
      stream.push(frame);
      frame.fill(32767);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const quiet = (seen: Seen, atMs: number) =>
    until(() => (seen.silence.at(-1)?.nowMs ?? 0) >= atMs, `silence reported up to ${atMs} ms`, deadlineMs);

  return [
    {
      name: 'finds where speech starts and where it ends',
      async run() {
        const { stream, seen } = listen(await harness.create());
        await push(stream, silence(600));
        await push(stream, speech.pcm);
        await push(stream, silence(800));
        await quiet(seen, 600 + speechMs + 600);
        assert.equal(seen.starts.length, 1, 'one start while the segment is open');
        assert.ok(Math.abs(seen.starts[0]! - 600) <= toleranceMs, `speech started at 600 ms, not ${seen.starts[0]}`);
        const end = seen.silence.at(-1)!.lastSpeechMs;
        assert.ok(Math.abs(end - (600 + speechMs)) <= toleranceMs, `speech stopped at ${600 + speechMs} ms, not ${end}`);
        assert.ok(seen.lastSpeechMs <= 600 + speechMs + toleranceMs, 'speech does not go on after its end');
        stream.close();
      },
    },
    {
      name: 'reports silence in order of time, after what it calls the last speech',
      async run() {
        const { stream, seen } = listen(await harness.create());
        await push(stream, speech.pcm);
        await push(stream, silence(600));
        await quiet(seen, speechMs + 400);
        let last = 0;
        for (const { lastSpeechMs, nowMs } of seen.silence) {
          assert.ok(nowMs > last && lastSpeechMs < nowMs, 'time goes on');
          last = nowMs;
        }
        stream.close();
      },
    },
    {
      name: 'hears nothing in silence',
      async run() {
        const { stream, seen } = listen(await harness.create());
        const other = listen(await harness.create());
        await push(stream, silence(1500));
        await push(other.stream, speech.pcm);
        await until(() => other.seen.starts.length > 0, 'the other call’s start', deadlineMs);
        assert.deepEqual(seen, { starts: [], lastSpeechMs: 0, silence: [] });
        stream.close();
        other.stream.close();
      },
    },
    {
      name: 'starts anew after the segment was closed',
      async run() {
        const { stream, seen } = listen(await harness.create());
        await push(stream, speech.pcm);
        await push(stream, silence(600));
        await quiet(seen, speechMs + 400);
        stream.endSegment();
        await push(stream, silence(400));
        await push(stream, speech.pcm);
        await push(stream, silence(600));
        await until(() => seen.starts.length === 2, 'a second start', deadlineMs);
        assert.ok(
          Math.abs(seen.starts[1]! - (speechMs + 1000)) <= toleranceMs,
          `the second start at ${speechMs + 1000} ms, not ${seen.starts[1]}`,
        );
        stream.close();
      },
    },
    {
      name: 'keeps two calls on one detector apart',
      async run() {
        const detector = await harness.create();
        const [talker, silent] = [listen(detector), listen(detector)];
        for (let at = 0; at < speech.pcm.length; at += 160) {
          await push(talker.stream, speech.pcm.subarray(at, at + 160));
          await push(silent.stream, silence(20));
        }
        await until(() => talker.seen.starts.length === 1, 'the start', deadlineMs);
        assert.equal(silent.seen.starts.length, 0, 'the silent call has no speech');
        talker.stream.close();
        silent.stream.close();
      },
    },
    {
      name: 'is silent after it was closed, twice if need be',
      async run() {
        const detector = await harness.create();
        const { stream, seen } = listen(detector);
        stream.close();
        stream.close();
        await push(stream, speech.pcm);
        const later = listen(detector);
        await push(later.stream, speech.pcm);
        await until(() => later.seen.starts.length > 0, 'the later call’s start', deadlineMs);
        assert.equal(seen.starts.length, 0, 'no call-back after close');
        later.stream.close();
      },
    },
  ];
}
