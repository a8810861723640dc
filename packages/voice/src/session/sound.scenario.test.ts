import { describe, expect, it } from 'vitest';
import {
  createHandClock,
  createMemoryRecording,
  createPhoneCall,
  createScriptedLeg,
  createSoundReader,
  soundOf,
} from '../testing/index.ts';

/** The text carried by a channel, and where its sound begins, ms. */
function read(channel: Int16Array, sampleRate = 8000): { text: string; startMs: number } {
  const reader = createSoundReader(sampleRate);
  for (let at = 0; at < channel.length; at += sampleRate / 50) reader.read(channel.subarray(at, at + sampleRate / 50));
  return { text: reader.text, startMs: (channel.findIndex((sample) => sample !== 0) * 1000) / sampleRate };
}

describe('the recording', () => {
  it('has the caller on the left and the assistant on the right, where each was heard', async () => {
    const recording = createMemoryRecording();
    const call = createPhoneCall({ recording });
    call.model.answers('We are open.');
    await call.passes(1000);
    await call.says('are you open');
    await call.until(() => call.turns.length === 2);
    call.session.end('api_hangup');
    await call.until(() => call.ended !== null);
    expect(recording.closed).toBe(true);
    const [caller, assistant] = [read(recording.caller), read(recording.assistant)];
    expect(caller.text).toBe('are you open');
    expect(assistant.text).toBe('We are open.');
    expect(caller.startMs).toBe(1000);
    expect(Math.abs(assistant.startMs - call.turns[1]!.startSeconds * 1000)).toBeLessThan(2);
    expect(Math.abs(recording.caller.length / 8 - call.ended!.durationMs)).toBeLessThan(2);
  });

  it('ends the assistant where it was interrupted', async () => {
    const recording = createMemoryRecording();
    const call = createPhoneCall({ recording, timings: { echoGuardMs: 0 } });
    call.model.answers('A long answer that is interrupted by an impatient caller.', 'Yes.');
    await call.says('are you open');
    await call.until(() => call.caller.audible);
    await call.passes(1000);
    await call.says('stop please wait');
    await call.until(() => call.turns.length === 4);
    call.caller.hangsUp();
    await call.until(() => call.ended !== null);
    expect(read(recording.assistant).text).toBe(call.caller.heard);
  });

  it('leaves what a silent line did not carry as silence', async () => {
    const recording = createMemoryRecording();
    const call = createPhoneCall({ recording });
    call.caller.says('one');
    await call.passes(180);
    call.caller.carry(false);
    await call.passes(10_000);
    call.caller.carry(true);
    call.caller.says('two');
    await call.passes(2000);
    call.caller.hangsUp();
    await call.until(() => call.ended !== null);
    const { caller } = recording;
    const second = caller.findIndex((sample, i) => i > 8 * 1000 && sample !== 0) / 8;
    expect(Math.abs(second - 10_180)).toBeLessThan(200);
  });

  it('that cannot be kept does not disturb the call', async () => {
    const call = createPhoneCall({ recording: { write: () => {}, close: () => Promise.reject(new Error('disk full')) } });
    call.model.answers('Yes.');
    await call.says('are you open');
    await call.until(() => call.turns.length === 2);
    call.caller.hangsUp();
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('caller_hung_up');
  });
});

describe('what comes down the line', () => {
  it('is heard whatever the length of its pieces', async () => {
    const call = createPhoneCall();
    call.model.answers('Yes.');
    call.caller.carry(false);
    const sound = soundOf('are you open');
    let at = 0;
    for (const length of [1, 159, 161, 7, 1000, 3, 320, 480]) {
      call.caller.garbage(sound.slice(at, at + length));
      at += length;
    }
    for (; at < sound.length; at += 130) call.caller.garbage(sound.slice(at, at + 130));
    call.caller.carry(true);
    await call.until(() => call.turns.length === 2);
    expect(call.turns[0]!.text).toBe('are you open');
    expect(call.ears.heardMs % 20).toBe(0);
  });

  it('may be nothing at all, or absurdly long: it is passed over', async () => {
    const call = createPhoneCall();
    call.model.answers('Yes.');
    for (let i = 0; i < 50; i++) {
      call.caller.garbage(new Int16Array(0));
      call.caller.garbage(new Int16Array(100_000));
    }
    await call.says('are you open');
    await call.until(() => call.turns.length === 2);
    expect(call.turns[0]!.text).toBe('are you open');
  });

  it('may be a million frames at once: the call ends, and memory stays where it was', async () => {
    const call = createPhoneCall();
    const frame = new Int16Array(160).fill(5000);
    await call.passes(100);
    const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 1_000_000; i++) call.caller.garbage(frame);
    const after = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    expect(after - before).toBeLessThan(64 * 1024 * 1024);
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('protocol_error');
  });

  it('may stop in the middle of a word: the turn ends all the same', async () => {
    const call = createPhoneCall();
    call.model.answers('Yes.');
    call.caller.says('are you open');
    await call.passes(720);
    call.caller.carry(false);
    await call.until(() => call.turns.length === 2);
    expect(call.turns[0]!.text).toBe('are you open');
  });

  it('may have another rate than the vendors: it is converted once at the door', async () => {
    const clock = createHandClock();
    const leg = createScriptedLeg(clock, { sampleRate: 48_000 });
    const call = createPhoneCall({ clock, leg, briefing: { firstMessage: 'Hello there.' } });
    await call.until(() => call.turns.length === 1);
    expect(call.turns[0]!.text).toBe('Hello there.');
    expect(leg.spans[0]!.endMs - leg.spans[0]!.startMs).toBeGreaterThanOrEqual(12 * 60);
    expect(leg.spans[0]!.endMs - leg.spans[0]!.startMs).toBeLessThanOrEqual(12 * 60 + 40);
  });
});
