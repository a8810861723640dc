import { describe, expect, it } from 'vitest';
import { createPhoneCall, type PhoneCallOptions } from '../testing/index.ts';
import type { AnsweringPlan } from './types.ts';

const MESSAGE = 'This is Alex from the bakery. Please call us back.';
const LEAVES: AnsweringPlan = { voicemail: { action: 'leave_message', message: MESSAGE }, introduction: 'Introduction.' };
const HANGS_UP: AnsweringPlan = { voicemail: { action: 'hangup' }, introduction: 'Introduction.' };
const RATE = 8000;

/** 1 kHz for 0.4 s, as answering machines do. */
const beep = Int16Array.from({ length: RATE * 0.4 }, (_, i) => Math.round(9000 * Math.sin((2 * Math.PI * 1000 * i) / RATE)));
const machine = { type: 'machine-detection', result: 'machine' } as const;
const toldOfBeep = { type: 'greeting-ended', beep: true } as const;

function outbound(options: PhoneCallOptions = {}) {
  const call = createPhoneCall({ answering: LEAVES, ...options, briefing: { firstMessage: 'Hello.', ...options.briefing } });
  return Object.assign(call, {
    /** Who it was, in order. */
    verdicts: () => call.of('answered-by').map(({ who, by }) => `${who} by ${by}`),
    over: () => call.until(() => call.ended !== null, 150_000),
  });
}

describe('a machine the carrier tells of', () => {
  it('hears the message once, after its beep, and then the call ends', async () => {
    const call = outbound();
    await call.until(() => call.caller.heard === 'Hello.');
    call.session.carrierClue(machine);
    await call.says('somebody says something');
    expect(call.caller.heard).toBe('Hello.');
    call.session.carrierClue(toldOfBeep);
    call.session.carrierClue(toldOfBeep);
    await call.over();
    expect(call.caller.heard).toBe(`Hello.${MESSAGE}`);
    expect(call.ended?.reason).toBe('assistant_hung_up');
    expect(call.model.requests).toHaveLength(0);
  });

  it('cuts the greeting off', async () => {
    const call = outbound({ briefing: { firstMessage: 'Hello, this is a very long greeting that goes on and on and on for a while.' } });
    await call.until(() => call.caller.audible);
    call.session.carrierClue(machine);
    call.session.carrierClue(toldOfBeep);
    await call.over();
    expect(call.caller.heard.endsWith(MESSAGE)).toBe(true);
    expect(call.of('barge-in')).toHaveLength(0);
  });

  it('gets the message even when nobody hears a beep', async () => {
    const call = outbound({ briefing: { firstMessage: null } });
    await call.passes(500);
    call.session.carrierClue(machine);
    await call.passes(20_000);
    expect(call.caller.heard).toBe('');
    await call.over();
    expect(call.caller.heard).toBe(MESSAGE);
  });

  it('is hung up on, once a person has had the time to speak up', async () => {
    const call = outbound({ answering: HANGS_UP });
    await call.until(() => call.caller.heard === 'Hello.');
    call.session.carrierClue(machine);
    await call.passes(3500);
    expect(call.ended).toBeNull();
    await call.over();
    expect(call.caller.heard).toBe('Hello.');
  });

  it.each([
    ['a message is to be left', LEAVES],
    ['it is to be hung up on', HANGS_UP],
  ])('is a person after all: who speaks up gets the conversation where %s', async (_where, answering) => {
    const call = outbound({ answering });
    await call.until(() => call.caller.heard === 'Hello.');
    call.session.carrierClue(machine);
    await call.says('who is this?');
    await call.until(() => call.model.requests.length === 1);
    expect(call.verdicts()).toEqual(['machine by carrier', 'human by words']);
    await call.until(() => call.caller.heard.length > 6);
    expect(call.ended).toBeNull();
    expect(call.caller.heard).not.toContain(MESSAGE);
  });

  it('means nothing to a caller of ours', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: 'Hello.' } });
    call.session.carrierClue(machine);
    call.session.carrierClue(toldOfBeep);
    await call.until(() => call.caller.heard === 'Hello.');
    expect(call.ended).toBeNull();
  });
});

describe('a machine nobody tells of', () => {
  it('is known by its words, gets the message after the tone it is heard to make, once', async () => {
    const call = outbound();
    await call.says('you have reached the voicemail of ada please leave a message');
    expect(call.verdicts()).toEqual(['machine by words']);
    await call.passes(1500);
    call.caller.plays(beep);
    await call.passes(400);
    expect(call.caller.heard).not.toContain('This');
    await call.over();
    expect(call.caller.heard.endsWith(MESSAGE)).toBe(true);
    expect(call.caller.heard.split('Alex')).toHaveLength(2);
    expect(call.ended?.reason).toBe('assistant_hung_up');
  });

  it('is known by its tone alone', async () => {
    const call = outbound();
    await call.says('hi david here');
    call.caller.plays(beep);
    await call.over();
    expect(call.verdicts().at(-1)).toBe('machine by beep');
    expect(call.caller.heard.endsWith(MESSAGE)).toBe(true);
    expect(call.model.requests).toHaveLength(0);
  });

  it('counts against the carrier’s word', async () => {
    const call = outbound({ answering: HANGS_UP });
    call.session.carrierClue({ type: 'machine-detection', result: 'human' });
    await call.says('hi sorry i missed your call leave me a message');
    await call.over();
    expect(call.verdicts()).toEqual(['human by carrier', 'machine by words']);
    expect(call.ended!.durationMs).toBeLessThan(5500);
  });

  it('is never spoken into: a greeting longer than the patience for a beep is waited for', async () => {
    const call = outbound({ briefing: { firstMessage: null } });
    await call.says('you have reached the voicemail of ada.');
    for (let i = 0; i < 15; i++) {
      await call.passes(400);
      await call.says('and a few words more to tell you.');
    }
    expect(call.caller.heard).toBe('');
    await call.passes(1000);
    await call.over();
    expect(call.caller.heard).toBe(MESSAGE);
  });

  it('gets its message where no tone is heard, a while after its last word', async () => {
    const call = outbound({ briefing: { firstMessage: null } });
    await call.says('please leave a message');
    await call.passes(4500);
    expect(call.caller.heard).toBe('');
    await call.over();
    expect(call.caller.heard).toBe(MESSAGE);
    expect(call.ended!.durationMs).toBeLessThan(15_000);
  });

  it('gives way to a person who picks up meanwhile, and gets no second message', async () => {
    const call = outbound({ briefing: { firstMessage: null } });
    await call.says('please leave a message');
    await call.passes(1000);
    call.caller.plays(beep);
    await call.until(() => call.caller.heard.length > 10);
    call.caller.says('hello? i am here');
    await call.until(() => call.model.requests.length === 1);
    expect(call.caller.heard).not.toContain('call us back');
    expect(call.verdicts()).toEqual(['machine by words', 'human by words']);
    await call.until(() => !call.caller.audible);
    await call.says('please leave a message after the tone');
    call.caller.plays(beep);
    await call.over();
    expect(call.caller.heard.split('This is')).toHaveLength(2);
  });

  it('is talked to where nothing is planned for machines', async () => {
    const call = outbound({ answering: { voicemail: null, introduction: '' } });
    await call.says('please leave a message after the tone');
    await call.until(() => call.model.requests.length === 1);
    expect(call.verdicts()).toEqual(['machine by words']);
  });
});

describe('a person', () => {
  it('is known by “hello?”', async () => {
    const call = outbound();
    await call.says('hello?');
    await call.until(() => call.verdicts().length > 0);
    expect(call.verdicts()).toEqual(['human by words']);
  });

  it('is known by a short answer and waiting for ours', async () => {
    const call = outbound();
    await call.says('smith bakery');
    await call.passes(2600);
    expect(call.verdicts()).toEqual(['human by cadence']);
  });

  it('stays one in a conversation, whatever beeps and is said in it', async () => {
    const call = outbound();
    for (let i = 0; i < 3; i++) {
      await call.says('yes hello who is this');
      await call.until(() => call.model.requests.length === i + 1);
      await call.until(() => !call.caller.audible && call.turns.at(-1)?.speaker === 'assistant');
    }
    call.caller.plays(beep);
    await call.passes(2000);
    await call.says('can you please leave a message at the desk after the tone');
    await call.until(() => call.model.requests.length === 4);
    expect(call.verdicts()).toEqual(['human by words']);
    expect(call.ended).toBeNull();
  });

  it('who talks on and on is not taken for a machine', async () => {
    const call = outbound({ answering: HANGS_UP });
    for (let i = 0; i < 4; i++) {
      await call.says('so i was in the garden this morning and you would not believe what the neighbours have done again');
      await call.passes(300);
    }
    expect(call.verdicts()).toEqual(['unknown by nothing']);
    expect(call.ended).toBeNull();
  });

  it('who says nothing is nobody known', async () => {
    const call = outbound();
    await call.passes(10_500);
    expect(call.verdicts()).toEqual(['unknown by nothing']);
  });
});

describe('a call screener', () => {
  const QUESTION = 'hi if you record your name and reason for calling i will see if this person is available';

  it('hears who is calling and why, and then nothing until somebody greets, who is greeted', async () => {
    const call = outbound();
    await call.says(QUESTION);
    await call.until(() => call.caller.heard.endsWith('Introduction.'));
    await call.says('thank you please stay on the line');
    await call.passes(25_000);
    expect(call.caller.heard.endsWith('Introduction.')).toBe(true);
    expect(call.ended).toBeNull();
    await call.says('yes hello?');
    await call.until(() => call.caller.heard.endsWith('Introduction.Hello.'));
    expect(call.verdicts()).toEqual(['unknown by screening', 'human by words']);
    expect(call.model.requests).toHaveLength(0);
    await call.says('who is this');
    await call.until(() => call.model.requests.length === 1);
  });

  it('may have us speak after a tone', async () => {
    const call = outbound();
    await call.says(QUESTION);
    call.caller.plays(beep);
    await call.until(() => call.caller.heard.endsWith('Introduction.'));
    expect(call.verdicts()).toEqual(['unknown by screening']);
    expect(call.caller.heard).not.toContain(MESSAGE);
  });

  it('that asks again hears it again, and then talks with the assistant', async () => {
    const call = outbound();
    for (let i = 1; i <= 2; i++) {
      await call.says('please say your name and why you are calling');
      await call.until(() => call.caller.heard.split('Introduction.').length === i + 1);
    }
    await call.says('please say your name and why you are calling');
    await call.until(() => call.model.requests.length === 1);
  });

  it('that sends us to a mailbox becomes one', async () => {
    const call = outbound();
    await call.says(QUESTION);
    await call.until(() => call.caller.heard.endsWith('Introduction.'));
    await call.says('this person is not available please leave a message after the tone');
    await call.passes(1500);
    call.caller.plays(beep);
    await call.over();
    expect(call.verdicts()).toEqual(['unknown by screening', 'machine by words']);
    expect(call.caller.heard.endsWith(`Introduction.${MESSAGE}`)).toBe(true);
  });

  it('that finds nobody is given up after a minute, and was no machine', async () => {
    const call = outbound();
    await call.says(QUESTION);
    await call.until(() => call.caller.heard.endsWith('Introduction.'));
    await call.says('the person you are calling is not available goodbye');
    await call.over();
    expect(call.ended?.reason).toBe('silence');
    expect(call.verdicts()).toEqual(['unknown by screening']);
  });
});
