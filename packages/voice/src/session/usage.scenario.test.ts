import { describe, expect, it } from 'vitest';
import {
  createHandClock,
  createPhoneCall,
  createScriptedLanguageModel,
  createScriptedSpeechToSpeech,
  createScriptedSpeechToText,
  createScriptedTextToSpeech,
  type PhoneCall,
  type ScriptedSpeechToSpeechOptions,
} from '../testing/index.ts';
import type { StageUse } from './types.ts';

const answered = (call: PhoneCall, times = 1) =>
  call.until(() => call.turns.filter(({ speaker }) => speaker === 'assistant').length === times, 30_000);

/** What the call took at a stage, once it is over: of whom, and what of it is not nothing. */
async function usedAt(call: PhoneCall, stage: StageUse['stage']) {
  if (!call.ended) call.caller.hangsUp();
  await call.passes(100);
  const [usage, ...more] = call.of('usage');
  expect(more).toEqual([]);
  return usage!.uses
    .filter((use) => use.stage === stage)
    .map(({ stage: _, ...use }) => Object.fromEntries(Object.entries(use).filter(([, value]) => value !== 0)));
}

describe('a call whose language model falls back', () => {
  const call = (behaves: 'refuses' | 'stalls' | 'stops') => {
    const clock = createHandClock();
    const first = { ...createScriptedLanguageModel(clock, { id: 'first' }), modelFor: () => 'first-large' };
    const second = createScriptedLanguageModel(clock, { id: 'second' });
    first.answers({ text: 'We are open every day', behaves });
    second.answers('From the second.');
    return createPhoneCall({ clock, stages: { languageModel: [first, second] }, briefing: { model: 'large' } });
  };
  const second = { provider: 'second', model: 'large', counted: true, inputTokens: 10, outputTokens: 3 };

  it.each(['stalls', 'stops'] as const)(
    'because the first %s: its tokens nobody has counted, and those of the second are its own',
    async (behaves) => {
      const one = call(behaves);
      await one.says('are you open');
      await answered(one);
      const estimated = { inputTokens: expect.any(Number), ...(behaves === 'stops' && { outputTokens: 3 }) };
      expect(await usedAt(one, 'language-model')).toEqual([
        { provider: 'first', model: 'first-large', counted: false, ...estimated },
        second,
      ]);
    },
  );

  it('because the first refuses: it has taken nothing', async () => {
    const one = call('refuses');
    await one.says('are you open');
    await answered(one);
    expect(await usedAt(one, 'language-model')).toEqual([second]);
  });
});

describe('a reply that is under way when the call ends', () => {
  it('is not counted by its vendor, and that is told', async () => {
    const call = createPhoneCall();
    call.model.answers({ text: 'We are open every day', behaves: 'stops' });
    await call.says('are you open');
    await call.until(() => call.model.running === 1);
    await call.passes(400);
    expect(await usedAt(call, 'language-model')).toEqual([
      { provider: 'scripted-model', model: null, counted: false, inputTokens: expect.any(Number), outputTokens: 3 },
    ]);
  });
});

describe('a call whose transcriber falls back', () => {
  const call = (chargesOpenTime: boolean) => {
    const clock = createHandClock();
    const first = createScriptedSpeechToText(clock, { id: 'first', behaves: 'dies', capabilities: { chargesOpenTime }, openAfterMs: 400 });
    const second = createScriptedSpeechToText(clock, { id: 'second' });
    const one = createPhoneCall({ clock, stages: { speechToText: [first, second] }, briefing: { transcriberModel: 'ears' } });
    return { first, second, one };
  };

  it('has the sound that each of them was sent, twice what both were sent', async () => {
    const { first, second, one } = call(false);
    await one.passes(3000);
    await one.says('are you open');
    await answered(one);
    const used = await usedAt(one, 'speech-to-text');
    expect(used).toEqual([
      { provider: 'first', model: 'ears', counted: true, seconds: first.heardMs / 1000 },
      { provider: 'second', model: 'ears', counted: true, seconds: second.heardMs / 1000 },
    ]);
    expect(first.heardMs).toBeGreaterThan(3000);
    expect(first.heardMs).toBeLessThan(3500);
    expect(first.heardMs + second.heardMs).toBeGreaterThan(one.ended!.durationMs);
  });

  it('has the time that a stream was open of a vendor that charges it, not the sound', async () => {
    const { first, one } = call(true);
    await one.passes(3000);
    await one.says('are you open');
    await answered(one);
    const [used] = await usedAt(one, 'speech-to-text');
    // It was sent what was kept while it was being opened, too.
    expect(used!.seconds).toBeCloseTo(first.heardMs / 1000 - 0.4, 1);
  });

  it('because the first cannot be opened: it has taken nothing', async () => {
    const clock = createHandClock();
    const first = createScriptedSpeechToText(clock, { id: 'first', behaves: 'refuses' });
    const second = createScriptedSpeechToText(clock, { id: 'second' });
    const one = createPhoneCall({ clock, stages: { speechToText: [first, second] } });
    await one.says('are you open');
    await answered(one);
    expect((await usedAt(one, 'speech-to-text')).map(({ provider }) => provider)).toEqual(['second']);
  });
});

describe('a call whose voice falls back', () => {
  const call = (behaves: 'refuses' | 'stalls' | 'breaks', streaming = true) => {
    const clock = createHandClock();
    const first = { ...createScriptedTextToSpeech(clock, { id: 'first', behaves, streaming }), modelFor: () => 'first-voice' };
    const second = createScriptedTextToSpeech(clock, { id: 'second' });
    const one = createPhoneCall({
      clock,
      stages: { textToSpeech: [first, second] },
      briefing: { firstMessage: 'We open at 8 every day.' },
    });
    return { first, second, one };
  };
  const lettersOf = ({ spoken }: { spoken: readonly string[] }) => spoken.join('').length;

  it.each(['stalls', 'breaks'] as const)(
    'because the first %s: both are charged what they were given, as they were given it',
    async (behaves) => {
      const { first, second, one } = call(behaves);
      await answered(one);
      expect(first.spoken.join('')).toContain('at eight every');
      expect(await usedAt(one, 'text-to-speech')).toEqual([
        { provider: 'first', model: 'first-voice', counted: true, characters: lettersOf(first) },
        { provider: 'second', model: null, counted: true, characters: lettersOf(second) },
      ]);
    },
  );

  it.each([true, false])('because the first refuses (streaming: %s): it has taken nothing', async (streaming) => {
    const { second, one } = call('refuses', streaming);
    await answered(one);
    expect(await usedAt(one, 'text-to-speech')).toEqual([
      { provider: 'second', model: null, counted: true, characters: lettersOf(second) },
    ]);
  });

  it('is charged what a caller did not hear for having cut it off', async () => {
    const call = createPhoneCall();
    call.model.answers(
      'We are open every day but Sunday, from eight in the morning until six in the evening, and on Saturdays until noon.',
      'Yes.',
    );
    await call.says('are you open');
    await call.until(() => call.caller.audible);
    await call.passes(1500);
    await call.says('stop please stop');
    await answered(call, 2);
    const [used] = await usedAt(call, 'text-to-speech');
    expect(used!.characters).toBe(lettersOf(call.voice));
    expect(used!.characters as number).toBeGreaterThan(110);
  });
});

describe('a call that a realtime model leads, and the pipeline goes on with where it fails,', () => {
  const call = (options: ScriptedSpeechToSpeechOptions = {}) => {
    const clock = createHandClock();
    const vendor = Object.assign(createScriptedSpeechToSpeech(clock, { id: 'both', ...options }), { modelFor: () => 'both-large' });
    const briefing = { firstMessage: 'Hello there.', realtime: { model: null, voice: null } };
    const one = createPhoneCall({ clock, stages: { speechToSpeech: vendor }, briefing });
    one.model.answers('We open at eight.');
    return { vendor, one };
  };
  const both = { provider: 'both', model: 'both-large' };

  it('because its session was lost while it owed an answer', async () => {
    const { vendor, one } = call();
    await answered(one);
    vendor.behaves = 'dies';
    await one.says('when do you open');
    await answered(one, 2);
    const [counted, uncounted, ...more] = await usedAt(one, 'speech-to-speech');
    expect(more).toEqual([]);
    expect(counted).toMatchObject({ ...both, counted: true, inputTokens: 10, outputTokens: 'Hello there.'.length });
    expect(counted!.seconds).toBeGreaterThan(1);
    expect(counted!.seconds).toBeLessThan(one.ended!.durationMs / 1000 - 0.5);
    expect(uncounted).toEqual({ ...both, counted: false });
    expect(await usedAt(one, 'language-model')).toEqual([
      { provider: 'scripted-model', model: null, counted: true, inputTokens: 10, outputTokens: 4 },
    ]);
    expect(await usedAt(one, 'speech-to-text')).toEqual([
      { provider: 'scripted-stt', model: null, counted: true, seconds: one.ears.heardMs / 1000 },
    ]);
    expect(await usedAt(one, 'text-to-speech')).toEqual([
      { provider: 'scripted-voice', model: null, counted: true, characters: one.voice.spoken.join('').length },
    ]);
  });

  it.each(['stalls', 'hushes'] as const)('because it %s', async (behaves) => {
    const { vendor, one } = call();
    await answered(one);
    vendor.behaves = behaves;
    // Past the time in which its own echo is feared.
    await one.passes(3000);
    await one.says('when do you open');
    await one.until(() => one.of('fallback').length === 1);
    expect(await usedAt(one, 'speech-to-speech')).toContainEqual({ ...both, counted: false });
  });

  it('until the caller hangs up in the middle of a reply, of which the vendor has not told yet', async () => {
    const { vendor, one } = call();
    vendor.answers('We open at eight in the morning and close at six in the evening on every day but Sunday.');
    await answered(one);
    await one.says('when do you open');
    await one.until(() => one.caller.audible);
    const [counted, uncounted] = await usedAt(one, 'speech-to-speech');
    expect(counted).toMatchObject({ counted: true, inputTokens: 10 });
    expect(uncounted).toEqual({ ...both, counted: false });
  });

  it('because it cannot be opened: it has taken nothing', async () => {
    const { one } = call({ behaves: 'refuses' });
    await answered(one);
    expect(await usedAt(one, 'speech-to-speech')).toEqual([]);
  });

  it('is known to the last token where nothing failed', async () => {
    const { one } = call();
    await answered(one);
    await one.says('when do you open');
    await answered(one, 2);
    expect(await usedAt(one, 'speech-to-speech')).toEqual([
      {
        ...both,
        counted: true,
        inputTokens: 20,
        outputTokens: 'Hello there.I see.'.length,
        seconds: expect.closeTo(one.ended!.durationMs / 1000, 0),
      },
    ]);
  });
});
