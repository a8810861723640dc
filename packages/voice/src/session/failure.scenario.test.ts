import { describe, expect, it } from 'vitest';
import {
  createHandClock,
  createPhoneCall,
  createScriptedLanguageModel,
  createScriptedSpeechToText,
  createScriptedTextToSpeech,
  type HandClock,
  type PhoneCall,
  type ScriptedLeg,
} from '../testing/index.ts';

/** The longest stretch in which the caller heard nothing, between `fromMs` and the last sound. */
function longestSilence({ spans }: ScriptedLeg, fromMs: number): number {
  let last = fromMs;
  let longest = 0;
  for (const { startMs, endMs } of spans) {
    if (endMs <= fromMs) continue;
    longest = Math.max(longest, startMs - last);
    last = Math.max(last, endMs);
  }
  return longest;
}
/** What somebody bears on the telephone before he says "hello?": whatever fails, a filler or a fallback is heard by then. */
const BEARABLE_MS = 2500;

const answered = (call: PhoneCall) => call.until(() => call.turns.some((turn) => turn.speaker === 'assistant'), 30_000);

describe('a language model', () => {
  const withFallback = (clock: HandClock) => {
    const first = createScriptedLanguageModel(clock, { id: 'first' });
    const second = createScriptedLanguageModel(clock, { id: 'second' });
    second.answers('From the second.');
    return { first, second, call: createPhoneCall({ clock, stages: { languageModel: [first, second] } }) };
  };

  it.each(['stalls', 'refuses'] as const)('that %s is replaced by the next', async (behaves) => {
    const { first, call } = withFallback(createHandClock());
    first.answers({ text: 'never', behaves });
    await call.says('are you open');
    const asked = call.clock.now();
    await answered(call);
    expect(call.caller.heard).toContain('From the second.');
    expect(call.of('fallback')).toMatchObject([{ stage: 'language-model', from: 'first', to: 'second' }]);
    expect(longestSilence(call.caller, asked)).toBeLessThanOrEqual(BEARABLE_MS);
  });

  it.each(['stops', 'breaks'] as const)('that %s in the middle is continued by the next, which is told how far it was', async (behaves) => {
    const { first, second, call } = withFallback(createHandClock());
    first.answers({ text: 'We are open every day', behaves });
    await call.says('are you open');
    const asked = call.clock.now();
    await answered(call);
    expect(call.caller.heard).toBe(behaves === 'breaks' ? 'We are openFrom the second.' : 'We are openOne moment, please.From the second.');
    expect(longestSilence(call.caller, asked)).toBeLessThanOrEqual(BEARABLE_MS);
    expect(second.requests[0]!.instructions).toContain('“We are open”');
  });

  it('that is alone and fails makes the assistant apologise, and the second time say goodbye', async () => {
    const call = createPhoneCall();
    call.model.answers({ behaves: 'refuses' });
    await call.says('are you open');
    await answered(call);
    expect(call.caller.heard).toContain('Could you say that again?');
    await call.says('are you open');
    await call.until(() => call.ended !== null);
    expect(call.caller.heard).toContain('Please call again later. Goodbye.');
    expect(call.ended?.reason).toBe('provider_failed');
    expect(call.of('stage-failed')[0]).toMatchObject({ stage: 'language-model', provider: 'scripted-model', kind: 'unavailable' });
  });

  it('that failed twice is not asked a third time', async () => {
    const { first, call } = withFallback(createHandClock());
    first.answers({ behaves: 'refuses' });
    for (let turn = 1; turn <= 3; turn++) {
      await call.says('are you open');
      await call.until(() => call.turns.filter(({ speaker }) => speaker === 'assistant').length === turn);
    }
    expect(first.requests).toHaveLength(2);
  });

  it('that thinks long is bridged by a filler, which the caller may interrupt', async () => {
    const clock = createHandClock();
    const slow = createScriptedLanguageModel(clock, { firstTokenMs: 4000 });
    slow.answers('Here it is.');
    const call = createPhoneCall({ clock, stages: { languageModel: [slow] }, timings: { fillerAfterMs: 800 } });
    await call.says('are you open');
    await call.until(() => call.caller.audible);
    expect(call.clock.now() - 720 - 480).toBeLessThan(1000);
    await answered(call);
    expect(call.caller.heard).toBe('One moment, please.Here it is.');
    expect(call.turns[1]!.text).toBe('One moment, please. Here it is.');
    await call.says('and tomorrow');
    await call.until(() => slow.requests.length === 2);
    expect(slow.requests[1]!.messages).toContainEqual({ role: 'assistant', content: 'Here it is.' });
  });
});

describe('a voice', () => {
  const withFallback = (behaves: NonNullable<Parameters<typeof createScriptedTextToSpeech>[1]>['behaves'], secondStreams = true) => {
    const clock = createHandClock();
    const first = createScriptedTextToSpeech(clock, { id: 'first', behaves: behaves! });
    const second = createScriptedTextToSpeech(clock, { id: 'second', streaming: secondStreams });
    return { first, second, call: createPhoneCall({ clock, stages: { textToSpeech: [first, second] } }) };
  };

  it.each(['stalls', 'refuses', 'silent'] as const)('that %s is replaced by the next, from the start', async (behaves) => {
    const { call } = withFallback(behaves);
    call.model.answers('We are open from eight to six.');
    await call.says('are you open');
    const asked = call.clock.now();
    await answered(call);
    expect(call.caller.heard).toBe('We are open from eight to six.');
    expect(longestSilence(call.caller, asked)).toBeLessThanOrEqual(BEARABLE_MS);
    expect(call.of('fallback')).toMatchObject([{ stage: 'text-to-speech', from: 'first', to: 'second' }]);
  });

  it.each([true, false])('that breaks in the middle is continued by the next (streaming: %s)', async (streams) => {
    const { call } = withFallback('breaks', streams);
    call.model.answers('We are open from eight to six on every day of the week.');
    await call.says('are you open');
    await answered(call);
    const { heard } = call.caller;
    // No word is lost; where the break fell inside a word, that word may come twice.
    expect(heard.endsWith('every day of the week.')).toBe(true);
    expect(heard.startsWith('W')).toBe(true);
    expect(call.turns[1]!.text).toBe('We are open from eight to six on every day of the week.');
  });

  it('that never ends its stream does not keep the assistant "speaking"', async () => {
    const clock = createHandClock();
    const voice = createScriptedTextToSpeech(clock, { behaves: 'hangs' });
    const call = createPhoneCall({ clock, stages: { textToSpeech: [voice] } });
    call.model.answers('Yes.');
    await call.says('are you open');
    await call.until(() => call.ended !== null || call.turns.length === 2, 20_000);
    expect(call.caller.heard).toBe('Yes.');
    expect(call.clock.now()).toBeLessThan(8000);
  });

  it('none of which speaks ends the call', async () => {
    const clock = createHandClock();
    const call = createPhoneCall({ clock, stages: { textToSpeech: [createScriptedTextToSpeech(clock, { behaves: 'refuses' })] } });
    call.model.answers('Yes.');
    await call.says('are you open');
    await call.until(() => call.ended !== null, 20_000);
    expect(call.ended?.reason).toBe('provider_failed');
    expect(call.caller.hungUp).toBe(true);
  });

  it('that is alone and late once is tried again', async () => {
    const clock = createHandClock();
    const voice = createScriptedTextToSpeech(clock, { behaves: 'stalls' });
    const call = createPhoneCall({ clock, stages: { textToSpeech: [voice] }, timings: { fillerAfterMs: 0 } });
    call.model.answers('We are open from eight to six.');
    await call.says('are you open');
    await call.until(() => call.of('stage-failed').length === 1);
    voice.behaves = 'well';
    await answered(call);
    expect(call.caller.heard.endsWith('We are open from eight to six.')).toBe(true);
    expect(call.ended).toBeNull();
  });

  it('that does not stream gets sentence after sentence, and the caller hears no gap', async () => {
    const clock = createHandClock();
    const voice = createScriptedTextToSpeech(clock, { streaming: false });
    const call = createPhoneCall({ clock, stages: { textToSpeech: [voice] } });
    call.model.answers('We are open. Every day from eight to six. Come by any time!');
    await call.says('are you open');
    await answered(call);
    expect(voice.spoken).toEqual(['We are open. ', 'Every day from eight to six. ', 'Come by any time!']);
    expect(call.caller.spans).toHaveLength(1);
  });
});

describe('a transcriber', () => {
  it.each(['refuses', 'dies', 'closes'] as const)(
    'that %s is replaced by the next, which hears the turn from its start',
    async (behaves) => {
      const clock = createHandClock();
      const first = createScriptedSpeechToText(clock, { id: 'first', behaves });
      const second = createScriptedSpeechToText(clock, { id: 'second' });
      const call = createPhoneCall({ clock, stages: { speechToText: [first, second] } });
      call.model.answers('Yes.');
      await call.says('are you open');
      await answered(call);
      expect(call.turns[0]!.text).toBe('are you open');
      expect(call.of('fallback')).toMatchObject([{ stage: 'speech-to-text', from: 'first', to: 'second' }]);
      expect(first.openNow).toBe(0);
    },
  );

  it.each([false, true])('that never answers is replaced at its deadline, and nothing is lost (segmented: %s)', async (segmented) => {
    const clock = createHandClock();
    const first = createScriptedSpeechToText(clock, { id: 'first', behaves: 'stalls' });
    const second = createScriptedSpeechToText(clock, { id: 'second', capabilities: { segmented } });
    const call = createPhoneCall({ clock, stages: { speechToText: [first, second] } });
    call.model.answers('Yes.');
    await call.passes(2000);
    await call.says('are you open');
    await answered(call);
    expect(call.turns[0]).toMatchObject({ text: 'are you open', startSeconds: 2, endSeconds: 2.72 });
  });

  it('that is alone and never answers makes the assistant ask again', async () => {
    const clock = createHandClock();
    const ears = createScriptedSpeechToText(clock, { behaves: 'stalls' });
    const call = createPhoneCall({ clock, stages: { speechToText: [ears] } });
    await call.says('are you open today');
    const asked = clock.now();
    await answered(call);
    expect(call.caller.heard).toContain('Could you say it again?');
    // There is nobody to take over: the last one gets the time it may need.
    expect(call.caller.spans[0]!.startMs - asked).toBeLessThan(BEARABLE_MS + 1500);
    ears.behaves = 'well';
    call.model.answers('Yes.');
    await call.says('are you open today');
    await call.until(() => call.caller.heard.endsWith('Yes.'));
    expect(call.ended).toBeNull();
  });

  it('that is alone and dies ends the call with an apology', async () => {
    const clock = createHandClock();
    const ears = createScriptedSpeechToText(clock, { behaves: 'dies' });
    const call = createPhoneCall({ clock, stages: { speechToText: [ears] } });
    await call.says('are you open today');
    await call.until(() => call.ended !== null, 30_000);
    expect(call.caller.heard).toContain('I cannot help you right now.');
    expect(call.ended?.reason).toBe('provider_failed');
  });
});

describe('a voice detector', () => {
  it('that cannot be opened is replaced by loudness', async () => {
    const broken = {
      id: 'broken',
      open: () => {
        throw new Error('no model');
      },
    };
    const call = createPhoneCall({ stages: { voiceActivity: broken } });
    call.model.answers('Yes.');
    await call.says('are you open');
    await answered(call);
    expect(call.of('fallback')).toMatchObject([{ stage: 'voice-activity', from: 'broken', to: 'energy' }]);
  });
});

describe('an adapter that throws where it must not', () => {
  const throwing = () => {
    throw new Error('never mind');
  };

  it('ends this call and reaches nobody else', async () => {
    const clock = createHandClock();
    const other = createPhoneCall({ clock });
    const call = createPhoneCall({ clock });
    call.model.answers('Yes.');
    other.model.answers('Yes indeed, we are open.');
    call.caller.send = throwing;
    await Promise.all([call.says('are you open'), other.says('are you open')]);
    await answered(other);
    expect(other.caller.heard).toBe('Yes indeed, we are open.');
    expect(call.ended?.reason).toBe('provider_failed');
    expect(call.of('fault')).toMatchObject([{ part: 'engine', message: 'never mind' }]);
    expect(call.events.at(-1)?.type).toBe('ended');
  });

  it.each(['hearing', 'deciding'] as const)('while %s: the call ends, cleanly', async (when) => {
    const clock = createHandClock();
    const ears = createScriptedSpeechToText(clock);
    if (when === 'hearing') {
      const open = ears.open.bind(ears);
      ears.open = async (options) => Object.assign(await open(options), { write: throwing });
    }
    const call = createPhoneCall({ clock, stages: { speechToText: [ears] } });
    if (when === 'deciding') call.caller.clear = throwing;
    call.model.answers('A long answer to interrupt, as it goes on and on.');
    await call.says('are you open');
    await call.passes(3000);
    await call.says('stop that now');
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('provider_failed');
    await call.passes(20_000);
    expect([call.model.running, call.voice.running, ears.openNow, clock.pending]).toEqual([0, 0, 0, 0]);
  });

  it('as a recording: the call goes on without it, and says so at its end', async () => {
    const call = createPhoneCall({ recording: { write: throwing, close: async () => {} } });
    call.model.answers('Yes.');
    await call.says('are you open');
    await answered(call);
    call.caller.hangsUp();
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('caller_hung_up');
    expect(call.of('fault')).toMatchObject([{ part: 'recording', message: 'never mind' }]);
  });

  it('as a recording that never closes: the call ends all the same', async () => {
    const call = createPhoneCall({ recording: { write: () => {}, close: () => new Promise(() => {}) } });
    await call.passes(500);
    call.caller.hangsUp();
    await call.until(() => call.ended !== null, 15_000);
    expect(call.of('fault')).toHaveLength(1);
  });
});
