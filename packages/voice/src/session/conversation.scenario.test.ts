import { describe, expect, it } from 'vitest';
import { createHandClock, createPhoneCall, createScriptedLeg, createScriptedSpeechToText } from '../testing/index.ts';

const GREETING = 'Hello, this is the bakery.';

describe('an ordinary call', () => {
  it('greets, hears, answers, and ends when the caller hangs up', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: GREETING } });
    call.model.answers('We are open from eight to six.');
    await call.until(() => call.turns.length === 1);
    expect(call.caller.heard).toBe(GREETING);
    await call.says('when are you open');
    await call.until(() => call.turns.length === 3);
    expect(call.caller.heard).toBe(`${GREETING}We are open from eight to six.`);
    call.caller.hangsUp();
    await call.passes(100);
    expect(call.ended?.reason).toBe('caller_hung_up');
    expect(call.turns.map(({ index, speaker, text, interrupted }) => [index, speaker, text, interrupted])).toEqual([
      [0, 'assistant', GREETING, false],
      [1, 'caller', 'when are you open', false],
      [2, 'assistant', 'We are open from eight to six.', false],
    ]);
    expect(call.model.requests[0]!.messages).toEqual([
      { role: 'assistant', content: GREETING },
      { role: 'user', content: 'when are you open' },
    ]);
  });

  it('greets somebody who picks up with a word before the greeting has begun', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: GREETING } });
    await call.says('yes hello');
    await call.until(() => call.turns.length === 2);
    expect(call.turns.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual(['caller: yes hello', `assistant: ${GREETING}`]);
    call.model.answers('We are open from eight to six.');
    await call.says('when are you open');
    await call.until(() => call.turns.length === 4);
    expect(call.model.requests.map(({ messages }) => messages.map(({ content }) => content))).toEqual([
      ['yes hello', GREETING, 'when are you open'],
    ]);
  });

  it('tells the assistant’s words as they are heard, and no further than they are', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: 'Hello, this is the bakery at the corner.' } });
    await call.until(() => call.turns.length === 1);
    const told = call.of('saying');
    expect(told.length).toBeGreaterThan(3);
    for (const [i, { turn, text }] of told.entries()) {
      expect(turn).toBe(0);
      expect('Hello, this is the bakery at the corner.').toContain(text);
      expect(text.length).toBeGreaterThan(told[i - 1]?.text.length ?? 0);
    }
    const after = call.of('saying').length;
    await call.passes(3000);
    expect(call.of('saying')).toHaveLength(after);
  });

  it('says when everything was, in seconds of the call', async () => {
    const call = createPhoneCall();
    call.model.answers('We are.');
    await call.passes(1000);
    await call.says('are you open');
    await call.until(() => call.turns.length === 2);
    const [caller, assistant] = call.turns;
    expect(caller).toMatchObject({ startSeconds: 1, endSeconds: 1.72, confidence: 0.9 });
    // 480 ms of silence, 150 to the first token, 80 to the first sound, then seven characters of 60 ms.
    expect(assistant!.startSeconds).toBeCloseTo(1.72 + 0.48 + 0.15 + 0.08, 1);
    expect(assistant!.endSeconds - assistant!.startSeconds).toBeCloseTo(0.42, 1);
  });

  it('marks the six moments of a turn in order', async () => {
    const call = createPhoneCall();
    call.model.answers('They are. Until six.');
    await call.says('are you open');
    await call.until(() => call.turns.length === 2);
    const { marks } = call.of('marks')[0]!;
    expect(marks.turn).toBe(1);
    expect(marks.callerStopped).toBeCloseTo(720, -1);
    expect(marks.turnDecided! - marks.callerStopped!).toBeCloseTo(480, -1);
    expect(marks.firstToken! - marks.turnDecided!).toBeCloseTo(150, -1);
    expect(marks.firstSentence! - marks.turnDecided!).toBeCloseTo(200, -1);
    expect(marks.firstAudio! - marks.firstToken!).toBeCloseTo(80, -1);
    expect(marks.firstSoundOut).toBeGreaterThanOrEqual(marks.firstAudio!);
  });

  it('never runs further ahead of the caller’s ear than the lead', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: 'This is a rather long greeting, so that there is something to pace.' } });
    await call.until(() => call.turns.length === 1);
    expect(call.caller.furthestAheadMs).toBeGreaterThan(150);
    expect(call.caller.furthestAheadMs).toBeLessThanOrEqual(200);
    expect(call.caller.spans).toHaveLength(1);
  });

  it('announces totals and the end, once', async () => {
    const call = createPhoneCall();
    call.model.answers('We are.');
    await call.says('are you open');
    await call.until(() => call.turns.length === 2);
    call.session.end('api_hangup');
    call.session.end('shutdown');
    await call.passes(5000);
    expect(call.caller.hungUp).toBe(true);
    expect(call.ended?.reason).toBe('api_hangup');
    expect(call.of('ended')).toHaveLength(1);
    expect(call.of('usage')).toMatchObject([{ inputTokens: 10, outputTokens: 2, spokenCharacters: 7 }]);
    expect(call.events.at(-1)?.type).toBe('ended');
    expect(call.clock.pending).toBe(0);
  });
});

describe('first words', () => {
  it('hears what the caller said before the transcriber was open', async () => {
    const clock = createHandClock();
    const call = createPhoneCall({ clock, stages: { speechToText: [createScriptedSpeechToText(clock, { openAfterMs: 900 })] } });
    call.model.answers('Yes.');
    await call.says('are you open');
    await call.until(() => call.turns.length === 2);
    expect(call.turns[0]!.text).toBe('are you open');
  });

  it('hears what the leg kept since the answer, and dates it from the answer', async () => {
    const clock = createHandClock();
    const leg = createScriptedLeg(clock);
    const kept: Int16Array[] = [];
    const { soundOf } = await import('../testing/index.ts');
    const sound = soundOf('hello bakery');
    for (let at = 0; at < sound.length; at += 160) kept.push(sound.slice(at, at + 160));
    const start = leg.start;
    leg.start = (listener) => {
      for (const frame of kept) listener.frame(frame);
      start(listener);
    };
    const call = createPhoneCall({ clock, leg });
    call.model.answers('Hello.');
    await call.until(() => call.turns.length === 2);
    expect(call.turns[0]).toMatchObject({ text: 'hello bakery', startSeconds: 0, endSeconds: 0.72 });
    expect(call.ears.heardMs).toBeGreaterThan(720);
  });

  it('greets only when sound comes from the caller', async () => {
    const clock = createHandClock();
    const call = createPhoneCall({ clock, leg: createScriptedLeg(clock, { carries: false }), briefing: { firstMessage: GREETING } });
    await call.passes(1000);
    expect(call.voice.spoken).toEqual([]);
    call.caller.carry(true);
    await call.until(() => call.turns.length === 1);
    expect(call.caller.heard).toBe(GREETING);
  });

  it('greets after two seconds where the line carries no sound at all', async () => {
    const clock = createHandClock();
    const call = createPhoneCall({ clock, leg: createScriptedLeg(clock, { carries: false }), briefing: { firstMessage: GREETING } });
    await call.until(() => call.caller.audible);
    expect(clock.now()).toBeGreaterThanOrEqual(2000);
    expect(clock.now()).toBeLessThan(2300);
  });

  it('opens the vendors while it rings', async () => {
    const call = createPhoneCall({ ringing: true });
    await call.passes(50);
    expect(call.ears.opened).toBe(1);
    call.session.end('api_hangup');
    await call.passes(5000);
    expect(call.ended?.reason).toBe('api_hangup');
    expect(call.ears.openNow).toBe(0);
  });
});

describe('the end of a turn', () => {
  it('waits longer after a word that goes on', async () => {
    const call = createPhoneCall();
    call.model.answers('Yes.');
    await call.says('i would like to');
    await call.passes(900);
    expect(call.model.requests).toHaveLength(0);
    await call.says('order bread');
    await call.until(() => call.model.requests.length === 1);
    expect(call.model.requests[0]!.messages).toEqual([{ role: 'user', content: 'i would like to order bread' }]);
  });

  it('lets a phone number be dictated in groups', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: 'What is your phone number?' } });
    call.model.answers('Thank you.');
    await call.until(() => call.turns.length === 1);
    await call.says('415 555');
    await call.passes(1400);
    expect(call.model.requests).toHaveLength(0);
    await call.says('01 01');
    await call.until(() => call.model.requests.length === 1);
    expect(call.model.requests[0]!.messages.at(-1)).toEqual({ role: 'user', content: '415 555 01 01' });
  });

  it('answers a transcript that comes after the silence', async () => {
    const clock = createHandClock();
    const late = createScriptedSpeechToText(clock, { finalAfterMs: 1200, partialEveryMs: 0 });
    const call = createPhoneCall({ clock, stages: { speechToText: [late] } });
    call.model.answers('Yes.');
    await call.says('are you open');
    await call.until(() => call.model.requests.length === 1);
    expect(call.model.requests[0]!.messages).toEqual([{ role: 'user', content: 'are you open' }]);
  });

  it('asks a segmented transcriber ahead, and takes a pause for a pause', async () => {
    const clock = createHandClock();
    const ears = createScriptedSpeechToText(clock, { capabilities: { segmented: true } });
    const call = createPhoneCall({ clock, stages: { speechToText: [ears] } });
    call.model.answers('Yes.');
    await call.says('are you');
    await call.passes(300);
    await call.says('open');
    await call.until(() => call.model.requests.length === 1);
    expect(ears.activity).toEqual(['start', 'pause', 'resume', 'pause', 'end']);
    expect(call.turns[0]!.text).toBe('are youopen');
  });

  it('believes a transcriber that decides turns itself', async () => {
    const clock = createHandClock();
    const ears = createScriptedSpeechToText(clock, { capabilities: { endOfTurn: true }, finalAfterMs: 200 });
    const call = createPhoneCall({ clock, stages: { speechToText: [ears] } });
    await call.says('are you open');
    await call.passes(260);
    expect(call.model.requests).toHaveLength(1);
  });

  it('waits for a voice that sounds unfinished, and not for a model that has no opinion', async () => {
    const clock = createHandClock();
    const asked: number[] = [];
    const verdicts = [0.1, 0.9];
    const turnEnd = {
      id: 'scripted',
      sampleRate: 8000 as const,
      windowMs: 8000,
      judge: async (sound: Int16Array) => {
        asked.push(sound.length / 8);
        const verdict = verdicts.shift();
        if (verdict === undefined) throw new Error('no model');
        return verdict;
      },
    };
    const call = createPhoneCall({ clock, stages: { turnEnd } });
    call.model.answers('Yes.');
    await call.says('i want bread');
    await call.passes(1500);
    expect(call.model.requests).toHaveLength(0);
    await call.says('and rolls');
    await call.passes(600);
    expect(call.model.requests).toHaveLength(1);
    await call.until(() => call.turns.length === 2);
    await call.says('are you open');
    await call.passes(600);
    expect(call.model.requests).toHaveLength(2);
    // The sound ends in the pause, some 200 ms after the last word.
    expect(asked).toHaveLength(3);
    expect(asked[0]).toBeGreaterThan(720 + 180);
    expect(asked[0]).toBeLessThan(720 + 260);
  });

  it('adds words that come late to the turn that was decided, and thinks again', async () => {
    const call = createPhoneCall({ timings: { endOfTurnSilenceMs: 200 } });
    call.model.answers('first', 'second');
    await call.says('are you open');
    await call.passes(220);
    expect(call.model.requests).toHaveLength(1);
    await call.says('today');
    await call.until(() => call.model.requests.length === 2);
    expect(call.model.requests[1]!.messages).toEqual([{ role: 'user', content: 'are you open today' }]);
    await call.until(() => call.turns.length === 3);
    expect(call.caller.heard).toBe('second');
  });
});
