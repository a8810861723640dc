import { describe, expect, it } from 'vitest';
import { createPhraseStore, type PhraseStore } from '../speaking/index.ts';
import {
  createHandClock,
  createPhoneCall,
  createScriptedLanguageModel,
  createScriptedSpeechToText,
  createScriptedTextToSpeech,
  type PhoneCall,
  type PhoneCallOptions,
} from '../testing/index.ts';

/** What somebody bears on the telephone before he says "hello?". */
const BEARABLE_MS = 2500;

/** The longest time without sound, from `fromMs` to the end of the call or to now. */
function longestSilence(call: PhoneCall, fromMs: number): number {
  const heard = call.caller.spans.filter(({ endMs }) => endMs > fromMs);
  const overMs = call.ended ? call.ended.durationMs : call.clock.now();
  const ends = [fromMs, ...heard.map(({ endMs }) => endMs)];
  const begins = [...heard.map(({ startMs }) => startMs), overMs];
  return Math.max(...begins.map((beginMs, i) => beginMs - ends[i]!));
}

const GREETING = 'Welcome to the bakery, what can I do for you?';

/** A call whose only voice is the one given. */
function callWith(voice: ReturnType<typeof createScriptedTextToSpeech>, options: PhoneCallOptions = {}) {
  return createPhoneCall({ ...options, stages: { textToSpeech: [voice], ...options.stages } });
}

/** The phrases of a voice that was well in an earlier call. */
async function phrasesKept(): Promise<{ clock: ReturnType<typeof createHandClock>; phrases: PhraseStore }> {
  const clock = createHandClock();
  const phrases = createPhraseStore(clock);
  const earlier = createPhoneCall({ clock, phrases, briefing: { firstMessage: GREETING } });
  await earlier.until(() => earlier.turns.length === 1);
  await earlier.passes(20_000);
  earlier.caller.hangsUp();
  await earlier.until(() => earlier.ended !== null);
  return { clock, phrases };
}

describe('the only voice of a call', () => {
  it('is well once: what must be heard when it stalls is spoken then, once for all calls', async () => {
    const { clock, phrases } = await phrasesKept();
    const next = createPhoneCall({ clock, phrases, briefing: { firstMessage: GREETING } });
    await next.until(() => next.turns.length === 1);
    await next.passes(8000);
    expect(next.voice.spoken).toEqual([GREETING]);
    expect(next.voice.running).toBe(0);
  });

  it.each(['stalls', 'silent'] as const)('%s at the greeting of its first call: a tone is heard, and the call ends', async (behaves) => {
    const clock = createHandClock();
    const call = callWith(createScriptedTextToSpeech(clock, { behaves }), { clock, briefing: { firstMessage: GREETING } });
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('provider_failed');
    expect(call.caller.spans.length).toBeGreaterThanOrEqual(behaves === 'stalls' ? 3 : 0);
    expect(longestSilence(call, 0)).toBeLessThanOrEqual(BEARABLE_MS);
    expect(call.turns).toEqual([]);
  });

  it('stalls at the greeting, and was well in an earlier call: fillers are heard, and a goodbye', async () => {
    const { clock, phrases } = await phrasesKept();
    const fromMs = clock.now();
    const call = callWith(createScriptedTextToSpeech(clock, { behaves: 'stalls' }), {
      clock,
      phrases,
      briefing: { firstMessage: GREETING },
    });
    await call.until(() => call.ended !== null);
    expect(call.caller.heard).toContain('One moment, please.');
    expect(call.caller.heard).toContain('Please call again later. Goodbye.');
    expect(call.turns.map(({ text }) => text)[0]).toMatch(/^One moment, please\./);
    const spans = call.caller.spans.filter(({ endMs }) => endMs > fromMs);
    expect(spans[0]!.startMs - fromMs).toBeLessThanOrEqual(BEARABLE_MS);
    expect(longestSilence(call, spans[0]!.startMs)).toBeLessThanOrEqual(BEARABLE_MS);
  });

  it('stalls before the answer and is well again at the second try: the caller hears a filler and then the answer', async () => {
    const { clock, phrases } = await phrasesKept();
    const voice = createScriptedTextToSpeech(clock, { behaves: 'stalls' });
    const call = callWith(voice, { clock, phrases });
    call.model.answers('We are open from eight to six.');
    await call.says('are you open');
    const asked = clock.now();
    await call.until(() => call.of('stage-failed').length === 1);
    voice.behaves = 'well';
    await call.until(() => call.turns.length === 2);
    expect(call.turns[1]!.text).toMatch(/^One moment, please\. .*We are open from eight to six\.$/);
    expect(longestSilence(call, asked)).toBeLessThanOrEqual(BEARABLE_MS);
  });

  it.each([true, false])(
    'stops in the middle of its answer (kept phrases: %s): nothing is silent for long, and the rest is asked for anew',
    async (kept) => {
      const { clock, phrases } = await phrasesKept();
      const voice = createScriptedTextToSpeech(clock);
      const call = callWith(voice, { clock, ...(kept && { phrases }) });
      call.model.answers('We are open from eight to six on every day of the week.');
      await call.says('are you open');
      const asked = clock.now();
      await call.until(() => call.caller.audible);
      voice.behaves = 'stalls';
      await call.until(() => call.of('stage-failed').length === 1);
      await call.passes(100);
      voice.behaves = 'well';
      await call.until(() => call.turns.length === 2);
      expect(call.caller.heard.endsWith('every day of the week.')).toBe(true);
      expect(call.of('stage-failed')).toHaveLength(2);
      expect(call.turns[1]!.text).toMatch(
        kept ? /^We.* One moment, please\. .*every day of the week\.$/ : /^We.* open from .*every day of the week\.$/,
      );
      expect(longestSilence(call, asked)).toBeLessThanOrEqual(BEARABLE_MS);
      expect(call.ended).toBeNull();
    },
  );

  it.each([
    ['of this machine', true],
    ['elsewhere', false],
  ])(
    '%s that is slow in the middle: asked anew only where that helps, and the caller hears something meanwhile',
    async (_where, thisMachine) => {
      const clock = createHandClock();
      const voice = createScriptedTextToSpeech(clock, { behaves: 'lags', thisMachine });
      const call = callWith(voice, { clock });
      call.model.answers('We are open from eight to six on every day of the week.');
      await call.says('are you open');
      const asked = clock.now();
      await call.until(() => call.caller.audible);
      await call.passes(2200);
      voice.behaves = 'well';
      await call.until(() => call.turns.length === 2);
      expect(call.caller.heard.endsWith('every day of the week.')).toBe(true);
      expect(call.of('stage-failed').length > 0).toBe(!thisMachine);
      expect(longestSilence(call, asked)).toBeLessThanOrEqual(BEARABLE_MS);
    },
  );

  it('breaks in the middle for good: what it did not say is not remembered as said', async () => {
    const clock = createHandClock();
    const call = callWith(createScriptedTextToSpeech(clock, { behaves: 'stops' }), { clock });
    call.model.answers('We are open from eight to six on every day of the week.');
    await call.says('are you open');
    await call.until(() => call.ended !== null);
    expect(call.turns[1]!.text).not.toContain('of the week');
  });

  it('stalls for a filler: the tone takes its place, and the answer follows', async () => {
    const clock = createHandClock();
    const slow = createScriptedLanguageModel(clock, { firstTokenMs: 4000 });
    slow.answers('Here it is.');
    const voice = createScriptedTextToSpeech(clock, { behaves: 'stalls' });
    const call = callWith(voice, { clock, stages: { languageModel: [slow] } });
    await call.says('are you open');
    const asked = clock.now();
    await call.passes(3000);
    voice.behaves = 'well';
    await call.until(() => call.turns.length === 2);
    expect(call.turns[1]!.text).toBe('Here it is.');
    expect(longestSilence(call, asked)).toBeLessThanOrEqual(BEARABLE_MS);
  });

  it('leaves a message: no filler is heard in it', async () => {
    const { clock, phrases } = await phrasesKept();
    const message = 'This is the bakery. Please call us back. Your order is ready to be fetched.';
    const voice = createScriptedTextToSpeech(clock, { behaves: 'stops' });
    const call = callWith(voice, {
      clock,
      phrases,
      answering: { voicemail: { action: 'leave_message', message }, introduction: '' },
    });
    call.session.carrierClue({ type: 'machine-detection', result: 'machine' });
    call.session.carrierClue({ type: 'greeting-ended', beep: true });
    await call.until(() => call.of('stage-failed').length === 1);
    voice.behaves = 'well';
    await call.until(() => call.ended !== null);
    expect(call.caller.heard).not.toContain('One moment');
    expect(call.caller.heard.endsWith('ready to be fetched.')).toBe(true);
  });
});

describe('the only transcriber of a call', () => {
  it('never answers: the wait is bridged, and the caller is asked again', async () => {
    const clock = createHandClock();
    const ears = createScriptedSpeechToText(clock, { behaves: 'stalls' });
    const call = createPhoneCall({ clock, stages: { speechToText: [ears] } });
    await call.says('are you open today');
    const asked = clock.now();
    await call.until(() => call.turns.length === 1);
    expect(call.turns[0]!.text).toBe('One moment, please. Sorry, I did not catch that. Could you say it again?');
    expect(longestSilence(call, asked)).toBeLessThanOrEqual(BEARABLE_MS);
  });

  it('is late: the wait is bridged, the answer follows, and turns stand in the order in which they began', async () => {
    const clock = createHandClock();
    const ears = createScriptedSpeechToText(clock, { capabilities: { segmented: true }, latencyMs: 2300 });
    const call = createPhoneCall({ clock, stages: { speechToText: [ears] } });
    call.model.answers('Yes, until six.');
    await call.says('are you open today');
    const asked = clock.now();
    await call.until(() => call.turns.length === 2);
    expect(call.turns.toSorted((a, b) => a.index - b.index).map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual([
      'caller: are you open today',
      'assistant: One moment, please. Yes, until six.',
    ]);
    expect(call.of('barge-in')).toEqual([]);
    expect(call.of('marks')).toHaveLength(1);
    expect(longestSilence(call, asked)).toBeLessThanOrEqual(BEARABLE_MS);
  });

  it('and the model stall one after the other: still something is heard in time', async () => {
    const clock = createHandClock();
    const first = createScriptedSpeechToText(clock, { id: 'first', behaves: 'stalls' });
    const second = createScriptedSpeechToText(clock, { id: 'second', capabilities: { segmented: true }, latencyMs: 1500 });
    const slow = createScriptedLanguageModel(clock, { firstTokenMs: 5000 });
    slow.answers('Yes, until six.');
    const call = createPhoneCall({ clock, stages: { speechToText: [first, second], languageModel: [slow] } });
    await call.says('are you open today');
    const asked = clock.now();
    await call.until(() => call.turns.length === 2);
    expect(call.turns.at(-1)!.text).toMatch(/^One moment, please\. I am still on it\. .*Yes, until six\.$/);
    expect(longestSilence(call, asked)).toBeLessThanOrEqual(BEARABLE_MS);
  });
});
