import { ProviderError } from '@talkturo/voice';
import { expect, test } from 'vitest';
import { framesOf, lineNoise, testSpeech } from '../testing/test-speech.ts';
import { startLocalSpeech } from './local-speech.ts';

const signal = new AbortController().signal;
const voice = { model: null, id: null, name: null, language: 'en', sampleRate: 8000 };

test('stopped while all models are at work, it lets them end; what waited is refused', async () => {
  const speech = await startLocalSpeech();
  const pcm = testSpeech('What are your opening hours on Saturday, please?');
  const streams = await Promise.all(
    Array.from({ length: 6 }, () => speech.speechToText.open({ model: null, language: 'en', sampleRate: 8000, signal })),
  );
  const transcripts = streams.map(async (stream) => {
    const detector = speech.voiceActivity.open({
      sampleRate: 8000,
      minSpeechMs: 64,
      listener: { speechStarted() {}, speechContinues() {}, silence() {} },
    });
    for (const frame of framesOf(pcm)) {
      stream.write(frame);
      detector.push(frame);
    }
    stream.activity!({ type: 'start', startMs: 0, endMs: 0 });
    stream.activity!({ type: 'end', startMs: 0, endMs: pcm.length / 8 });
    for await (const event of stream) if (event.type === 'final') return event.text;
    return null;
  });
  const spoken = Promise.allSettled(
    Array.from({ length: 6 }, () => speech.textToSpeech.speak('One two three four five.', voice, signal)[Symbol.asyncIterator]().next()),
  );
  const heard = Promise.allSettled(transcripts);
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([speech.stop(), speech.stop()]);
  for (const outcomes of [await spoken, await heard]) {
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ kind: 'unavailable', name: 'ProviderError' });
    }
  }
  const late = speech.textToSpeech.speak('Too late.', voice, signal)[Symbol.asyncIterator]().next();
  await expect(late).rejects.toBeInstanceOf(ProviderError);
});

test('a detector whose thread died goes on by the level of the sound, and is opened and closed as ever', async () => {
  const workers: import('node:worker_threads').Worker[] = [];
  const note = (worker: import('node:worker_threads').Worker) => workers.push(worker);
  process.on('worker', note);
  const { createSileroVoiceActivity } = await import('./activity/voice-activity.ts');
  const { voiceActivity, stop } = await createSileroVoiceActivity();
  const starts: number[] = [];
  const detector = voiceActivity.open({
    sampleRate: 8000,
    minSpeechMs: 64,
    listener: { speechStarted: (at) => starts.push(at), speechContinues() {}, silence() {} },
  });
  // Idle: no call has sound for the model, so nothing is in flight.
  const replaced = new Promise<void>((resolve) => process.once('worker', () => resolve()));
  await workers[0]!.terminate();
  for (const frame of framesOf(lineNoise(1000))) detector.push(frame);
  for (const frame of framesOf(testSpeech('I would like to book a repair for my bicycle, please.'))) detector.push(frame);
  expect(starts).toHaveLength(1);
  await replaced;
  process.off('worker', note);
  detector.close();
  await stop();
});
