import { describe, expect, it } from 'vitest';
import { createHandClock } from '../testing/hand-clock.ts';
import { createMemoryRecording, createPhoneCall, type PhoneCallOptions } from '../testing/phone-call.ts';
import { createScriptedSpeechToSpeech, type ScriptedSpeechToSpeechOptions } from '../testing/scripted-speech-to-speech.ts';
import type { Tool } from '../thinking/index.ts';

function realtimeCall(options: PhoneCallOptions = {}, habits: ScriptedSpeechToSpeechOptions = {}) {
  const clock = options.clock ?? createHandClock();
  const vendor = createScriptedSpeechToSpeech(clock, habits);
  const call = createPhoneCall({
    ...options,
    clock,
    stages: { speechToSpeech: vendor, ...options.stages },
    briefing: { realtime: { model: 'talks', voice: 'marin' }, ...options.briefing },
  });
  return Object.assign(call, { vendor });
}
const said = (call: ReturnType<typeof realtimeCall>) =>
  [...call.turns].sort((a, b) => a.index - b.index).map(({ speaker, text }) => `${speaker}: ${text}`);
const silences = (spans: readonly { startMs: number; endMs: number }[], fromMs: number) =>
  spans.filter(({ startMs }) => startMs >= fromMs).map(({ startMs }, i, all) => startMs - (i === 0 ? fromMs : all[i - 1]!.endMs));

describe('a call that a realtime model leads', () => {
  it('greets, hears, answers and remembers in the order in which things were said', async () => {
    const recording = createMemoryRecording();
    const call = realtimeCall({ briefing: { firstMessage: 'Hello, this is the bakery.' }, recording });
    call.vendor.answers('We open at eight.');
    await call.until(() => call.turns.length === 1);
    await call.says('when do you open');
    await call.until(() => call.turns.length === 3);
    expect(said(call)).toEqual(['assistant: Hello, this is the bakery.', 'caller: when do you open', 'assistant: We open at eight.']);
    expect(call.caller.heard.replaceAll('\0', '')).toContain('We open at eight.');
    expect(call.vendor.opened).toMatchObject([
      { model: 'talks', voice: 'marin', language: 'en', instructions: 'You are the assistant of a bakery.', history: [] },
    ]);
    expect(call.ears.opened).toBe(0);
    expect(call.voice.spoken).toEqual([]);
    expect(call.caller.furthestAheadMs).toBeLessThanOrEqual(240);
    const [caller] = call.turns.filter(({ speaker }) => speaker === 'caller');
    expect(caller!.endSeconds - caller!.startSeconds).toBeCloseTo(0.96, 1);
    const [marks] = call.of('marks');
    expect(marks!.marks.firstSoundOut! - marks!.marks.callerStopped).toBeLessThan(800);
    call.caller.hangsUp();
    await call.passes(100);
    expect(call.ended?.reason).toBe('caller_hung_up');
    expect(call.of('usage')).toMatchObject([{ inputTokens: 20 }]);
    expect(recording.assistant.some((sample) => sample !== 0)).toBe(true);
    expect(call.vendor.openNow).toBe(0);
    expect(call.clock.pending).toBe(0);
  });

  it('falls silent when the caller speaks, and the vendor keeps only what was heard', async () => {
    const call = realtimeCall();
    call.vendor.answers(
      'We open at eight in the morning and close at six in the evening on every day but Sunday.',
      'Yes, on Saturday too.',
    );
    await call.says('when do you open');
    await call.until(() => call.caller.audible);
    await call.passes(1500);
    await call.says('and on saturday');
    await call.until(() => call.turns.length === 4);
    expect(call.of('barge-in')).toHaveLength(1);
    const [first, second] = call.turns.filter(({ speaker }) => speaker === 'assistant');
    expect(first).toMatchObject({ interrupted: true });
    expect('We open at eight in the morning and close at six'.startsWith(first!.text)).toBe(true);
    expect(first!.text.length).toBeGreaterThan(15);
    expect(second!.text).toBe('Yes, on Saturday too.');
    const cut = call.vendor.told.find(({ type }) => type === 'interrupt');
    const heardMs = call.caller.spans[0]!.endMs - call.caller.spans[0]!.startMs;
    expect(cut).toMatchObject({ type: 'interrupt' });
    expect(Math.abs((cut as { heardMs: number }).heardMs - heardMs)).toBeLessThanOrEqual(60);
  });

  describe('that cannot be made to forget what was not heard', () => {
    const LONG = 'We open at eight in the morning and close at six in the evening on every day but Sunday.';
    async function interrupted(openAfterMs: number) {
      const call = realtimeCall({}, { forgets: false, openAfterMs });
      call.vendor.answers(LONG, 'Yes, on Saturday too.', 'Until six.');
      await call.passes(openAfterMs);
      await call.says('when do you open');
      await call.until(() => call.caller.audible);
      await call.passes(1500);
      await call.says('and on saturday');
      await call.until(() => call.turns.length === 4);
      return call;
    }
    const remembers = (call: ReturnType<typeof realtimeCall>) =>
      call.vendor.opened.map(({ history }) => history.map(({ content }) => content));

    it('is followed by a session that knows what was heard and hears the present turn whole', async () => {
      const call = await interrupted(200);
      const heard = call.turns.find(({ interrupted }) => interrupted)!.text;
      expect(LONG.startsWith(heard)).toBe(true);
      expect(remembers(call)).toEqual([[], ['when do you open', heard]]);
      expect(said(call).slice(2)).toEqual(['caller: and on saturday', 'assistant: Yes, on Saturday too.']);
      expect(call.vendor.openNow).toBe(1);
    });

    it('answers once more itself where the next session is open too late for that turn, and is followed in the pause behind it', async () => {
      const call = await interrupted(1800);
      expect(remembers(call)).toHaveLength(2);
      expect(said(call).slice(2)).toEqual(['caller: and on saturday', 'assistant: Yes, on Saturday too.']);
      await call.passes(4000);
      const heard = call.turns.find(({ interrupted }) => interrupted)!.text;
      expect(remembers(call)[2]).toEqual(['when do you open', heard, 'and on saturday', 'Yes, on Saturday too.']);
      await call.says('and until when');
      await call.until(() => call.turns.length === 6);
      expect(said(call).slice(4)).toEqual(['caller: and until when', 'assistant: Until six.']);
      call.caller.hangsUp();
      await call.passes(100);
      expect([call.vendor.openNow, call.clock.pending]).toEqual([0, 0]);
    });

    it('is followed by one that knows what the standard voice said in its place', async () => {
      const call = realtimeCall({ briefing: { firstMessage: 'Hello, this is the bakery.' } }, { forgets: false, openAfterMs: 2600 });
      call.vendor.answers('We open at eight.');
      await call.until(() => call.turns.length === 1);
      await call.passes(3000);
      expect(remembers(call)).toEqual([[], ['Hello, this is the bakery.']]);
      await call.says('when do you open');
      await call.until(() => call.turns.length === 3);
      expect(said(call)).toEqual(['assistant: Hello, this is the bakery.', 'caller: when do you open', 'assistant: We open at eight.']);
      expect(call.vendor.openNow).toBe(1);
    });

    it('goes on knowing too much where no other session can be had', async () => {
      const call = realtimeCall({}, { forgets: false });
      call.vendor.answers(LONG, 'Yes, on Saturday too.');
      await call.says('when do you open');
      await call.until(() => call.caller.audible);
      await call.passes(1500);
      call.vendor.behaves = 'refuses';
      call.caller.says('and on saturday');
      await call.passes(600);
      call.vendor.behaves = 'well';
      await call.until(() => call.turns.length === 4);
      expect(said(call).slice(2)).toEqual(['caller: and on saturday', 'assistant: Yes, on Saturday too.']);
      expect(call.of('stage-failed')).toEqual([]);
    });
  });

  it('is not waited for when our own ears hear the caller first', async () => {
    const call = realtimeCall({}, { behaves: 'deaf' });
    call.vendor.answers('A long answer that goes on and on and on and on until somebody says something.');
    await call.says('tell me everything');
    await call.until(() => call.vendor.told.some(({ type }) => type === 'reply'));
    await call.until(() => call.caller.audible);
    await call.passes(3000);
    const heardBefore = call.caller.spans.length;
    call.caller.says('stop it please');
    await call.passes(400);
    expect(call.caller.audible).toBe(false);
    expect(heardBefore).toBeGreaterThan(0);
  });

  it('goes on after a cough', async () => {
    const call = realtimeCall({ timings: { echoGuardMs: 0 } }, { behaves: 'deaf' });
    call.vendor.answers('This is the answer that is said to its very end whatever happens.');
    await call.says('tell me everything');
    await call.until(() => call.caller.audible);
    await call.passes(600);
    call.caller.says('hrm hr');
    await call.until(() => call.turns.some(({ speaker }) => speaker === 'assistant'));
    expect(call.turns.find(({ speaker }) => speaker === 'assistant')).toMatchObject({
      text: 'This is the answer that is said to its very end whatever happens.',
      interrupted: false,
    });
  });

  it('runs tools, and hangs up after the goodbye when one ends the call', async () => {
    const order: Tool = {
      definition: { name: 'order_bread', description: 'Orders bread.', parameters: { type: 'object' } },
      sideEffects: true,
      run: async () => ({ content: 'ordered' }),
    };
    const call = realtimeCall({ tools: [order] });
    call.vendor.answers(
      { call: { name: 'order_bread', input: { loaves: 2 } } },
      'Two loaves are ordered.',
      { call: { name: 'end_call', input: {} }, text: 'Goodbye then.' },
      'I must not be heard.',
    );
    await call.says('two loaves please');
    await call.until(() => call.turns.length === 2);
    expect(call.of('tool')).toMatchObject([{ name: 'order_bread', ok: true }]);
    expect(call.vendor.told).toContainEqual({ type: 'results', results: [expect.objectContaining({ content: 'ordered' })], reply: true });
    expect(call.turns[1]!.text).toBe('Two loaves are ordered.');
    await call.says('thanks goodbye');
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('assistant_hung_up');
    expect(said(call).at(-1)).toBe('assistant: Goodbye then.');
  });

  it('takes what is typed on the keypad', async () => {
    const call = realtimeCall();
    call.vendor.answers('Thank you for the number.');
    await call.passes(100);
    call.caller.presses('123#');
    await call.until(() => call.turns.length === 2);
    expect(said(call)).toEqual(['caller: (on the keypad) 123#', 'assistant: Thank you for the number.']);
    expect(call.vendor.told).toEqual([{ type: 'remember', message: { role: 'user', content: '(on the keypad) 123#' } }, { type: 'reply' }]);
  });

  it('leaves a message on a machine without answering its greeting', async () => {
    const voicemail = { action: 'leave_message', message: 'Please call the bakery back.' } as const;
    const call = realtimeCall({ briefing: { firstMessage: 'Hello, this is the bakery.' }, answering: { voicemail, introduction: '' } });
    await call.passes(300);
    call.session.carrierClue({ type: 'machine-detection', result: 'machine' });
    await call.says('this is the mailbox of bob');
    await call.passes(1500);
    expect(call.caller.audible).toBe(false);
    call.session.carrierClue({ type: 'greeting-ended', beep: true });
    await call.until(() => call.ended !== null);
    expect(call.caller.heard.replaceAll('\0', '').endsWith('Please call the bakery back.')).toBe(true);
    expect(call.ended?.reason).toBe('assistant_hung_up');
  });

  it('asks whether the caller is still there, and hangs up', async () => {
    const call = realtimeCall({ timings: { nudgeAfterMs: 3000, maxNudges: 1 } });
    call.vendor.answers('Yes?');
    await call.says('hello');
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('silence');
    expect(call.of('nudge')).toHaveLength(1);
    expect(call.vendor.told.flatMap((each) => (each.type === 'say' ? [each.text] : []))).toEqual([
      'Are you still there?',
      'I cannot hear you any more, so I will hang up now. Goodbye.',
    ]);
  });
});

describe('a realtime model that fails', () => {
  it('cannot be opened: the standard pipeline leads the call from its first word', async () => {
    const call = realtimeCall({ briefing: { firstMessage: 'Hello, this is the bakery.' } }, { behaves: 'refuses' });
    call.model.answers('We open at eight.');
    await call.until(() => call.turns.length === 1);
    await call.says('when do you open');
    await call.until(() => call.turns.length === 3);
    expect(said(call)).toEqual(['assistant: Hello, this is the bakery.', 'caller: when do you open', 'assistant: We open at eight.']);
    expect(call.of('stage-failed')).toMatchObject([{ stage: 'speech-to-speech', provider: 'scripted-realtime', kind: 'unavailable' }]);
    expect(call.of('fallback')).toMatchObject([{ stage: 'speech-to-speech', from: 'scripted-realtime', to: 'standard' }]);
  });

  it('opens too late for the greeting: the standard voice says it, and the model knows', async () => {
    const call = realtimeCall({ briefing: { firstMessage: 'Hello, this is the bakery.' } }, { openAfterMs: 2600 });
    call.vendor.answers('We open at eight.');
    await call.until(() => call.caller.audible);
    expect(call.clock.now()).toBeLessThan(2500);
    await call.until(() => call.turns.length === 1);
    await call.says('when do you open');
    await call.until(() => call.turns.length === 3);
    expect(said(call)).toEqual(['assistant: Hello, this is the bakery.', 'caller: when do you open', 'assistant: We open at eight.']);
    expect(call.vendor.told).toContainEqual({ type: 'remember', message: { role: 'assistant', content: 'Hello, this is the bakery.' } });
    expect(call.of('stage-failed')).toEqual([]);
  });

  it('is lost while the caller waits: the pipeline hears the words again and answers them', async () => {
    const call = realtimeCall({ briefing: { firstMessage: 'Hello, this is the bakery.' } });
    call.model.answers('We open at eight.');
    await call.until(() => call.turns.length === 1);
    call.vendor.behaves = 'dies';
    await call.says('when do you open');
    await call.until(() => call.turns.length === 3);
    expect(said(call)).toEqual(['assistant: Hello, this is the bakery.', 'caller: when do you open', 'assistant: We open at eight.']);
    expect(call.model.requests.at(-1)?.messages).toEqual([
      { role: 'assistant', content: 'Hello, this is the bakery.' },
      { role: 'user', content: 'when do you open' },
    ]);
    expect(call.vendor.openNow).toBe(0);
  });

  it('is lost in the middle of a reply: what came is heard, and the caller is asked to say it again', async () => {
    const call = realtimeCall();
    call.vendor.answers('We open at eight in the morning and close at six in the evening.');
    call.model.answers('From eight to six.');
    await call.says('when do you open');
    await call.until(() => call.caller.audible);
    await call.passes(400);
    call.vendor.breaks();
    await call.until(() => call.turns.length === 3);
    expect(call.turns[1]!.text).toMatch(/^We open/);
    expect(call.turns[2]!.text).toBe('Sorry, something went wrong on my side. Could you say that again?');
    await call.says('when do you open');
    await call.until(() => call.turns.length === 5);
    expect(said(call).at(-1)).toBe('assistant: From eight to six.');
  });

  it.each(['stalls', 'deaf', 'hushes'] as const)('%s: the caller never waits more than 2.5 s in silence', async (behaves) => {
    const call = realtimeCall({}, { behaves });
    if (behaves === 'deaf') call.vendor.answers('I hear you when I am asked.');
    else call.vendor.answers('We open at eight in the morning and close at six in the evening.');
    call.model.answers('We open at eight.');
    await call.says('when do you open in the morning');
    const stoppedMs = call.clock.now();
    const enough = behaves === 'hushes' ? 'Sorry, something' : behaves === 'deaf' ? 'I hear you' : 'We open at eight.';
    await call.until(() => call.turns.some(({ speaker, text }) => speaker === 'assistant' && text.includes(enough)));
    expect(Math.max(...silences(call.caller.spans, stoppedMs))).toBeLessThanOrEqual(2500);
    expect(call.of('stage-failed').map(({ stage, kind }) => `${stage} ${kind}`)).toEqual(
      behaves === 'deaf' ? [] : ['speech-to-speech timeout'],
    );
    expect(call.ended).toBeNull();
  });

  it('is lost and nothing stands behind it: the call says so and ends', async () => {
    const call = realtimeCall({ stages: { speechToText: [], languageModel: [] } });
    await call.passes(200);
    call.vendor.breaks();
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('provider_failed');
    expect(call.caller.heard).toContain('I cannot help you right now');
  });

  it('without any voice behind it, too', async () => {
    const call = realtimeCall({ stages: { speechToText: [], languageModel: [], textToSpeech: [] } });
    await call.says('hello');
    call.vendor.breaks();
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('provider_failed');
  });
});

describe('a realtime session that ends before the call', () => {
  it('is followed by another one in a pause, which knows what was said', async () => {
    const call = realtimeCall();
    call.vendor.answers('We open at eight.', 'Until six.');
    await call.says('when do you open');
    await call.until(() => call.turns.length === 2);
    call.vendor.expires(30_000);
    await call.passes(500);
    expect(call.vendor.opened).toHaveLength(2);
    expect(call.vendor.openNow).toBe(1);
    expect(call.vendor.opened[1]!.history).toEqual([
      { role: 'user', content: 'when do you open' },
      { role: 'assistant', content: 'We open at eight.' },
    ]);
    await call.says('and until when');
    await call.until(() => call.turns.length === 4);
    expect(said(call).slice(2)).toEqual(['caller: and until when', 'assistant: Until six.']);
    expect(call.of('stage-failed')).toEqual([]);
  });

  it('is resumed with what the vendor gave for it', async () => {
    const call = realtimeCall();
    await call.passes(100);
    call.vendor.expires(10_000, 'handle-1');
    await call.passes(300);
    expect(call.vendor.opened.map(({ resume }) => resume)).toEqual([undefined, 'handle-1']);
  });

  it('is changed in the middle of the caller’s turn when it must be, and the turn is heard whole', async () => {
    const call = realtimeCall();
    call.vendor.answers('We open at eight.');
    await call.passes(200);
    call.caller.says('when do you open in the morning tell me please');
    await call.passes(500);
    call.vendor.expires(2000);
    await call.until(() => call.turns.length === 2);
    expect(call.vendor.heard.at(-1)).toBe('when do you open in the morning tell me please');
    expect(said(call)).toEqual(['caller: when do you open in the morning tell me please', 'assistant: We open at eight.']);
    expect(call.vendor.openNow).toBe(1);
  });

  it('is followed by one that knows what was said while no pause came', async () => {
    const call = realtimeCall();
    call.vendor.answers('We open at eight in the morning.', 'Until six in the evening.');
    await call.says('when do you open');
    await call.until(() => call.caller.audible);
    call.vendor.expires(60_000, 'handle-1');
    await call.until(() => call.turns.length === 2);
    await call.passes(500);
    expect(call.vendor.openNow).toBe(1);
    // What the vendor would resume ends before the answer.
    expect(call.vendor.opened.at(-1)).not.toHaveProperty('resume');
    expect(call.vendor.opened.at(-1)!.history).toEqual([
      { role: 'user', content: 'when do you open' },
      { role: 'assistant', content: 'We open at eight in the morning.' },
    ]);
    expect(call.of('stage-failed')).toEqual([]);
  });

  it('is told what tools have answered that the one before it called', async () => {
    const clock = createHandClock();
    let orders = 0;
    const order: Tool = {
      definition: { name: 'order_bread', description: 'Orders bread.', parameters: { type: 'object' } },
      sideEffects: true,
      run: async () => {
        orders++;
        await new Promise<void>((resolve) => clock.setTimer(1500, resolve));
        return { content: 'ordered' };
      },
    };
    const call = realtimeCall({ tools: [order], clock });
    call.vendor.answers({ call: { name: 'order_bread', input: { loaves: 2 } } }, 'Two loaves are ordered.');
    await call.says('two loaves please');
    await call.until(() => orders === 1);
    call.vendor.expires(1600);
    await call.until(() => call.turns.some(({ text }) => text.includes('Two loaves are ordered.')));
    expect(call.vendor.opened).toHaveLength(2);
    expect(call.vendor.heard).toEqual(['two loaves please']);
    expect(orders).toBe(1);
    expect(call.vendor.told.slice(-2)).toEqual([
      { type: 'remember', message: { role: 'user', content: '(order_bread with {"loaves":2} answered: ordered)' } },
      { type: 'reply' },
    ]);
    expect(call.of('stage-failed')).toEqual([]);
  });

  it('leaves none open that waits for a pause when the call ends', async () => {
    const call = realtimeCall();
    call.vendor.answers('We open at eight in the morning and close at six in the evening on every day but Sunday.');
    await call.says('when do you open');
    await call.until(() => call.caller.audible);
    call.vendor.expires(60_000);
    await call.passes(500);
    expect(call.vendor.openNow).toBe(2);
    call.caller.hangsUp();
    await call.passes(100);
    expect(call.vendor.openNow).toBe(0);
    expect(call.clock.pending).toBe(0);
  });

  it('goes on with the old one when no other can be had, and with the pipeline when that ends', async () => {
    const call = realtimeCall();
    call.model.answers('From eight.');
    await call.passes(200);
    call.vendor.behaves = 'refuses';
    call.vendor.expires(5000);
    await call.passes(3000);
    expect(call.of('stage-failed')).toEqual([]);
    call.vendor.breaks();
    await call.says('when do you open');
    await call.until(() => call.turns.length === 2);
    expect(said(call).at(-1)).toBe('assistant: From eight.');
  });
});
