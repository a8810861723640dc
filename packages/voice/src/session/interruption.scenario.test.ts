import { describe, expect, it } from 'vitest';
import {
  createHandClock,
  createPhoneCall,
  createScriptedSpeechToText,
  createScriptedTextToSpeech,
  type PhoneCall,
  type PhoneCallOptions,
} from '../testing/index.ts';

const LONG = 'We have bread and rolls and cake and tea and coffee and juice and milk and much more.';

/** Loud sound that carries no words. */
const NOISE = 4256;

/** A call in which the assistant is in the middle of a long answer. */
async function inTheMiddle(options: PhoneCallOptions = {}): Promise<PhoneCall> {
  const call = createPhoneCall({ timings: { echoGuardMs: 0 }, ...options });
  call.model.answers(LONG, 'Next answer.');
  await call.says('what do you have');
  await call.until(() => call.caller.audible);
  await call.passes(1500);
  return call;
}

describe('barge-in', () => {
  it('stops the sound at the far end soon after the caller begins to speak', async () => {
    const call = await inTheMiddle();
    const startedAt = call.clock.now();
    call.caller.says('no wait please');
    await call.until(() => !call.caller.audible);
    expect(call.clock.now() - startedAt).toBeLessThanOrEqual(300);
    expect(call.caller.clears).toBe(1);
  });

  it('remembers only what was heard, in the memory and in the transcript', async () => {
    const call = await inTheMiddle();
    await call.says('no wait please');
    await call.until(() => call.model.requests.length === 2);
    const heard = call.caller.heard;
    expect(LONG.startsWith(heard)).toBe(true);
    expect(heard.length).toBeGreaterThan(20);
    const [, said, ,] = call.model.requests[1]!.messages;
    expect(said?.role).toBe('assistant');
    const remembered = said?.role === 'assistant' ? said.content : '';
    // Whole words only, and at most the one that was being said is missing.
    expect(heard.startsWith(remembered.trim())).toBe(true);
    expect(heard.length - remembered.length).toBeLessThan(8);
    expect(call.turns.find((turn) => turn.interrupted)).toMatchObject({ speaker: 'assistant', text: remembered.trim() });
    expect(call.of('barge-in')).toHaveLength(1);
  });

  it('remembers the exact words where the voice gives their times', async () => {
    const clock = createHandClock();
    const call = await inTheMiddle({ clock, stages: { textToSpeech: [createScriptedTextToSpeech(clock, { wordTimes: true })] } });
    await call.says('no wait please');
    await call.until(() => call.model.requests.length === 2);
    const { heard } = call.caller;
    const said = call.model.requests[1]!.messages[1]!;
    const words = heard.split(' ');
    expect(said.content.trim().split(' ').length).toBeGreaterThanOrEqual(words.length - 1);
    expect(heard.startsWith(said.content.trim())).toBe(true);
  });

  it('stops the model and the voice', async () => {
    const call = createPhoneCall({ timings: { echoGuardMs: 0 } });
    call.model.answers(LONG);
    await call.says('what do you have');
    await call.until(() => call.caller.audible);
    expect(call.model.running).toBe(1);
    await call.says('no wait please');
    await call.passes(100);
    expect(call.model.aborted).toBe(1);
    expect(call.model.running).toBe(0);
    expect(call.voice.running).toBe(0);
  });

  it('tells the assistant’s cut-off turn before the caller’s', async () => {
    const call = await inTheMiddle();
    await call.says('no wait please');
    await call.until(() => call.turns.length === 4);
    expect(call.turns.map(({ index, speaker }) => [index, speaker])).toEqual([
      [0, 'caller'],
      [1, 'assistant'],
      [2, 'caller'],
      [3, 'assistant'],
    ]);
    expect(call.turns[3]!.text).toBe('Next answer.');
  });
});

describe('what is no interruption', () => {
  it.each(['mm-hm', 'okay', 'yeah'])('“%s” does not end the answer: it goes on where the caller last heard it', async (word) => {
    const call = await inTheMiddle();
    await call.says(word);
    await call.until(() => call.turns.some((turn) => turn.speaker === 'assistant'), 20_000);
    const assistant = call.turns.find((turn) => turn.speaker === 'assistant')!;
    expect(assistant).toMatchObject({ text: LONG, interrupted: false });
    expect(call.model.requests).toHaveLength(1);
    // Nothing is lost, and at most a few letters come twice.
    const { heard } = call.caller;
    expect(heard.length).toBeGreaterThanOrEqual(LONG.length);
    expect(heard.length).toBeLessThanOrEqual(LONG.length + 5);
    expect(call.of('barge-in')).toHaveLength(0);
  });

  it('a cough pauses the answer at most', async () => {
    const clock = createHandClock();
    const call = await inTheMiddle({ clock, stages: { speechToText: [createScriptedSpeechToText(clock, { behaves: 'well' })] } });
    call.caller.plays(new Int16Array(160 * 16).fill(NOISE));
    await call.until(() => call.turns.some((turn) => turn.speaker === 'assistant'), 20_000);
    expect(call.turns.find((turn) => turn.speaker === 'assistant')!.text).toBe(LONG);
    expect(call.model.requests).toHaveLength(1);
  });

  it('a cough on which the transcriber has nothing to say silences the assistant for a moment only', async () => {
    const clock = createHandClock();
    const ears = createScriptedSpeechToText(clock);
    const call = await inTheMiddle({ clock, stages: { speechToText: [ears] } });
    ears.behaves = 'stalls';
    call.caller.plays(new Int16Array(160 * 20).fill(NOISE));
    await call.until(() => !call.caller.audible);
    const silentAt = clock.now();
    await call.until(() => call.caller.audible);
    expect(clock.now() - silentAt).toBeLessThan(1600);
  });

  it('“stop” from a slow transcriber stops the assistant all the same', async () => {
    const clock = createHandClock();
    const ears = createScriptedSpeechToText(clock, { finalAfterMs: 1700, partialEveryMs: 0 });
    const call = await inTheMiddle({ clock, stages: { speechToText: [ears] } });
    await call.says('stop it');
    await call.until(() => call.turns.length === 3);
    expect(call.turns.map(({ speaker, text }) => (speaker === 'caller' ? text : speaker))).toEqual([
      'what do you have',
      'assistant',
      'stop it',
    ]);
    await call.until(() => call.model.requests.length === 2);
  });

  it('a click does not even pause it', async () => {
    const call = await inTheMiddle();
    call.caller.plays(new Int16Array(160).fill(NOISE));
    await call.passes(1000);
    expect(call.caller.clears).toBe(0);
  });

  it('does not begin to answer while the caller goes on speaking', async () => {
    const call = createPhoneCall();
    call.model.answers('One.', 'Two.');
    await call.says('i want bread');
    await call.passes(500);
    expect(call.model.requests).toHaveLength(1);
    await call.says('the dark one');
    await call.until(() => call.turns.length === 3);
    expect(call.caller.heard).toBe('Two.');
    expect(call.model.requests.at(-1)!.messages).toEqual([{ role: 'user', content: 'i want bread the dark one' }]);
  });
});

describe('the first seconds', () => {
  const GREETING = 'Hello this is the bakery on the corner how can I help you today?';

  it('the assistant’s own echo does not interrupt its greeting', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: GREETING } });
    await call.passes(400);
    call.caller.says('hello this is the bakery on the corner');
    await call.until(() => call.turns.some((turn) => turn.speaker === 'assistant'), 20_000);
    expect(call.caller.clears).toBe(0);
    expect(call.turns.find((turn) => turn.speaker === 'assistant')).toMatchObject({ text: GREETING, interrupted: false });
    expect(call.model.requests).toHaveLength(0);
  });

  it('a caller’s own words do', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: GREETING } });
    call.model.answers('Sure.');
    await call.passes(800);
    await call.says('stop i need a cake');
    await call.until(() => call.model.requests.length === 1);
    expect(call.turns[0]).toMatchObject({ speaker: 'assistant', interrupted: true });
  });

  it('noise does not', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: GREETING } });
    await call.passes(500);
    call.caller.plays(new Int16Array(8000).fill(NOISE));
    await call.passes(1200);
    expect(call.caller.clears).toBe(0);
  });
});
