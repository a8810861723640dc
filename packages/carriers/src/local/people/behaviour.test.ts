import { createHandClock, settle } from '@talkturo/voice/testing';
import { describe, expect, it } from 'vitest';
import { createScriptedNetworkEnd } from '../../testing/index.ts';
import { createClips, silenceFrame } from '../clips.ts';
import { LineEnded, type Message, openLine } from '../line.ts';
import { createTicker } from '../ticker.ts';
import { tone } from '../tone.ts';
import { BEHAVIOURS, callerWith } from './behaviour.ts';
import type { PersonKind } from './who.ts';

const SILENCE = silenceFrame('PCMU');

/** A person on a telephone, with the time in the test's hand. Sentences last 60 ms a letter. */
const put = (kind: PersonKind | 'caller', variant = 0, { speed = 1, keepSound = false } = {}) => {
  const clock = createHandClock();
  const end = createScriptedNetworkEnd();
  const log: { atMs: number; what: string }[] = [];
  const note = (what: string) => log.push({ atMs: clock.now(), what });
  const messages: Message[] = [];
  let told = 0;
  const { line, end: hangUpLine } = openLine({
    end,
    encoding: 'PCMU',
    ticker: createTicker(clock),
    clips: createClips(async (text) => tone(250, text.length * 60)),
    speed,
    keepSound,
    onSaid: (text) => note(text),
  });
  const behaviour = kind === 'caller' ? callerWith({ questions: ['One?', 'Two?'], goodbye: 'Bye.' }) : BEHAVIOURS[kind]!;
  const done = behaviour(line, variant, {
    greetingEnded: () => note('[beep]'),
    messageLeft: (message) => messages.push(message),
  }).then(
    () => note('[hangs up]'),
    (error: Error) => note(error instanceof LineEnded ? '[cut]' : String(error)),
  );
  return {
    clock,
    end,
    log,
    messages,
    done,
    hangUpLine,
    get said() {
      return log.map(({ what }) => what);
    },
    /** Moves the time on until the person has said or done the next thing. */
    async next(withinMs = 60_000) {
      for (let passed = 0; log.length === told && passed < withinMs; passed += 100) await clock.advance(100);
      return log[told++]?.what ?? null;
    },
  };
};

describe('a person who talks', () => {
  it('says hello, waits until the assistant has finished, asks, and says goodbye', async () => {
    const call = put('talker', 0);
    expect(await call.next()).toBe('Yes, hello?');
    call.end.speaks(4000);
    await call.clock.advance(4000);
    expect(call.said).toEqual(['Yes, hello?']);
    expect(await call.next()).toBe('What are your opening hours?');
    for (const expected of ['Are you open on Saturday?', 'Okay, and where can I find you?', 'Thank you very much. Goodbye.']) {
      call.end.speaks(2000);
      expect(await call.next()).toBe(expected);
    }
    expect(await call.next()).toBe('[hangs up]');
  });

  it('does not take a pause within a sentence for its end', async () => {
    const call = put('talker');
    await call.next();
    call.end.speaks(1000);
    await call.clock.advance(1700);
    call.end.speaks(1000);
    await call.clock.advance(1000);
    expect(call.said).toEqual(['Yes, hello?']);
  });

  it('does not say hello into a greeting that has begun', async () => {
    const call = put('talker');
    call.end.speaks(3000);
    expect(await call.next()).toBe('What are your opening hours?');
  });

  it('does not wait for ever for an assistant that says nothing', async () => {
    const call = put('talker');
    expect(await call.next()).toBe('Yes, hello?');
    expect(await call.next()).toBe('Are you still there?');
    expect(await call.next()).toBe('I can not hear you. Goodbye.');
    expect(await call.next()).toBe('[hangs up]');
    expect(call.clock.now()).toBeLessThan(35_000);
  });

  it('goes on when the assistant never stops', async () => {
    const call = put('talker');
    await call.next();
    call.end.speaks(300_000);
    expect(await call.next(70_000)).toBe('What are your opening hours?');
  });

  it('sends a frame every 20 ms, sound or silence', async () => {
    const call = put('talker');
    await call.clock.advance(10_000);
    expect(call.end.sent.length).toBe(500);
    expect(call.end.sent.filter((frame) => frame !== SILENCE).length).toBe(('Yes, hello?'.length * 60) / 20);
  });

  it('asks other things at other numbers, and the same at the same', async () => {
    const first = async (variant: number) => {
      const call = put('talker', variant);
      await call.next();
      call.end.speaks(500);
      return call.next();
    };
    const all = await Promise.all([0, 1, 2, 3, 4, 5].map(first));
    expect(new Set(all.slice(0, 5)).size).toBe(5);
    expect(all[5]).toBe(all[0]);
  });

  it('stops at once when the call is over', async () => {
    const call = put('talker');
    await call.clock.advance(100);
    const frames = call.end.sent.length;
    call.hangUpLine();
    await call.done;
    await call.clock.advance(1000);
    expect(call.said).toEqual(['[cut]']);
    expect(call.end.sent.length).toBe(frames);
    expect(call.clock.pending).toBe(0);
  });
});

describe('a caller', () => {
  it('waits to be greeted and then asks', async () => {
    const call = put('caller');
    await call.clock.advance(2000);
    expect(call.said).toEqual([]);
    call.end.speaks(1500);
    expect(await call.next()).toBe('One?');
  });
});

describe('a voicemail', () => {
  it.each([50, 51, 52, 53, 54])('xx%i greets for 3 to 8 s, beeps for 0.4 s and records', async (variant) => {
    const call = put('voicemail', variant);
    await call.next();
    expect(await call.next()).toBe('[beep]');
    const beepEnd = call.clock.now();
    expect(beepEnd).toBeGreaterThanOrEqual(3400);
    expect(beepEnd).toBeLessThanOrEqual(8500);
    call.end.speaks(6000);
    expect(await call.next()).toBe('[hangs up]');
    const [message] = call.messages;
    expect(message?.heardMs).toBe(6000);
    expect(message?.recordedMs).toBeGreaterThanOrEqual(11_000);
  });

  it('keeps the message when asked', async () => {
    const call = put('voicemail', 50, { keepSound: true });
    await call.next();
    await call.next();
    call.end.speaks(500);
    await call.next();
    const [message] = call.messages;
    expect(message?.sound.length).toBe((message?.recordedMs ?? 0) * 8);
  });

  it('is full after a minute', async () => {
    const call = put('voicemail');
    await call.next();
    await call.next();
    call.end.speaks(120_000);
    await call.next(70_000);
    expect(call.messages[0]?.recordedMs).toBe(60_000);
  });
});

describe('special people', () => {
  it('xx95 asks never to be called again', async () => {
    const call = put('opt-out', 95);
    expect(await call.next()).toBe('Yes, hello?');
    call.end.speaks(2000);
    expect(await call.next()).toMatch(/never call me again/);
    call.end.speaks(2000);
    expect(await call.next()).toBe('Goodbye.');
    expect(await call.next()).toBe('[hangs up]');
  });

  it('xx96 hangs up in mid-sentence', async () => {
    const call = put('cut-off', 96);
    await call.next();
    call.end.speaks(1000);
    const sentence = await call.next();
    expect(call.said.at(-1)).toBe('[hangs up]');
    const spokenMs = call.end.sent.filter((frame) => frame !== SILENCE).length * 20 - 'Yes, hello?'.length * 60;
    expect(spokenMs).toBeLessThan((sentence?.length ?? 0) * 60 * 0.7);
    expect(spokenMs).toBeGreaterThan(1000);
  });

  it('xx97 says nothing, however long', async () => {
    const call = put('silent', 97);
    call.end.speaks(5000);
    await call.clock.advance(120_000);
    expect(call.said).toEqual([]);
    expect(new Set(call.end.sent)).toEqual(new Set([SILENCE]));
  });

  it('xx98 asks who is calling, then connects', async () => {
    const call = put('screening', 98);
    expect(await call.next()).toMatch(/say your name and why you are calling/);
    call.end.speaks(3000);
    expect(await call.next()).toMatch(/stay on the line/);
    expect(await call.next()).toBe('Yes, hello?');
    call.end.speaks(1000);
    expect(await call.next()).toBe('May I ask who is speaking?');
  });

  it('xx98 does not connect who says nothing', async () => {
    const call = put('screening', 98);
    await call.next();
    expect(await call.next()).toMatch(/not available/);
    expect(await call.next()).toBe('[hangs up]');
  });

  it('xx99 never stops, whatever it hears', async () => {
    const call = put('endless', 99);
    call.end.speaks(60_000);
    await call.clock.advance(60_000);
    await settle();
    const spoken = call.end.sent.filter((frame) => frame !== SILENCE).length;
    expect(spoken / call.end.sent.length).toBeGreaterThan(0.97);
    expect(call.said).not.toContain('[hangs up]');
  });
});

describe('a faster network', () => {
  it('shortens pauses, not speech', async () => {
    const call = put('screening', 98, { speed: 10 });
    await call.next();
    call.end.speaks(1000);
    expect(await call.next()).toMatch(/stay on the line/);
    const before = call.clock.now();
    expect(await call.next()).toBe('Yes, hello?');
    expect(call.clock.now() - before).toBeLessThan(400 + 40 + 'Yes, hello?'.length * 60 + 200);
  });
});
