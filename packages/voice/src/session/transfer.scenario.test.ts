import { describe, expect, it } from 'vitest';
import { createMemoryRecording, createPhoneCall, type PhoneCall, type PhoneCallOptions } from '../testing/index.ts';
import type { Tool, TransferPlan } from './types.ts';

const THEIRS = '+12025550107';
const BLIND: TransferPlan = { to: THEIRS, mode: 'blind', summary: null };
const ATTENDED: TransferPlan = { ...BLIND, mode: 'attended', summary: 'A broken bicycle.' };

/** A call whose carrier has been asked to connect with the numbers in `asked`. */
const callWithTransfers = (options: PhoneCallOptions = {}) => {
  const asked: string[] = [];
  return { asked, call: createPhoneCall({ transfer: ({ to }) => asked.push(to), ...options }) };
};

/** How much sound the caller has heard. */
const soundMs = ({ caller }: Pick<PhoneCall, 'caller'>): number => caller.spans.reduce((ms, span) => ms + span.endMs - span.startMs, 0);

const connect: Tool = {
  definition: { name: 'transfer_call', description: 'Connects the caller.', parameters: { type: 'object' } },
  sideEffects: true,
  run: async () => ({ content: 'The caller is being connected.', effect: { type: 'transfer', plan: BLIND } }),
};

describe('a transfer', () => {
  it('is announced, then rings, then the call is released and never hung up', async () => {
    const recording = createMemoryRecording();
    const { call, asked } = callWithTransfers({ recording });
    await call.says('i want to talk to a person');
    await call.until(() => call.turns.length === 2);
    expect(call.session.transfer(BLIND)).toBe(true);
    expect(asked).toEqual([]);
    await call.until(() => asked.length > 0);
    expect(call.caller.heard).toContain('One moment, please. I am connecting you.');
    await call.passes(3000);
    call.session.transferred();
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('transferred');
    expect(call.caller).toMatchObject({ released: true, hungUp: false });
    expect(call.turns.at(-1)).toMatchObject({ speaker: 'assistant', text: 'One moment, please. I am connecting you.', interrupted: false });
    expect(recording.closed).toBe(true);
    // Right up to the transfer, to within a frame of what the recorder gathers at once.
    expect(recording.caller.length / 8).toBeGreaterThan(call.ended!.durationMs - 100);
  });

  it('says what it is told to say, or nothing', async () => {
    const { call, asked } = callWithTransfers();
    await call.passes(500);
    call.session.transfer(BLIND, 'Anna will take over now.');
    await call.until(() => asked.length > 0);
    expect(call.caller.heard).toBe('Anna will take over now.');
    const silent = callWithTransfers();
    await silent.call.passes(500);
    expect(silent.call.session.transfer(BLIND, '')).toBe(true);
    expect(silent.asked).toEqual([THEIRS]);
    expect(silent.call.caller.heard).toBe('');
  });

  it.each(['right', 'wait i do not want that', 'stop stop stop please'])('once decided is not undone by “%s”', async (words) => {
    const { call, asked } = callWithTransfers();
    await call.passes(500);
    call.session.transfer(BLIND);
    await call.until(() => call.caller.audible);
    await call.says(words);
    call.caller.presses('5#');
    await call.until(() => asked.length > 0);
    await call.says(words);
    await call.passes(30_000);
    expect(call.caller.heard).toBe('One moment, please. I am connecting you.');
    expect(call.model.requests).toEqual([]);
    call.session.transferred();
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('transferred');
    expect(asked).toEqual([THEIRS]);
  });

  it('that nobody takes gives the caller back to the assistant, which remembers what was said meanwhile', async () => {
    const { call, asked } = callWithTransfers();
    await call.passes(500);
    call.session.transfer(BLIND);
    await call.until(() => asked.length > 0);
    await call.says('are you still trying');
    await call.passes(2000);
    call.session.transferFailed();
    await call.until(() => call.caller.heard.includes('How else can I help you?'));
    call.model.answers('At nine.');
    await call.says('when do you open');
    await call.until(() => call.caller.heard.endsWith('At nine.'));
    const said = call.model.requests.at(-1)!.messages.map(({ content }) => content);
    expect(said).toContain('are you still trying');
    expect(said).toContain('I am sorry, I could not reach anybody there. How else can I help you?');
    // And may be tried again.
    expect(call.session.transfer(BLIND)).toBe(true);
  });

  it('that a tool asks for begins when the reply has been heard', async () => {
    const { call, asked } = callWithTransfers({ tools: [connect] });
    call.model.answers({ text: 'Of course. ', toolCalls: [{ name: 'transfer_call' }] }, 'I will connect you with Anna.');
    await call.says('give me anna please');
    await call.until(() => asked.length > 0);
    expect(call.caller.heard).toBe('Of course. I will connect you with Anna.');
    expect(asked).toEqual([THEIRS]);
  });

  it('that a tool asks for without a word is announced', async () => {
    const { call, asked } = callWithTransfers({ tools: [connect] });
    call.model.answers({ toolCalls: [{ name: 'transfer_call' }] }, '');
    await call.says('give me anna please');
    await call.until(() => asked.length > 0);
    expect(call.caller.heard).toBe('One moment, please. I am connecting you.');
  });

  it('happens also when the voice fails before it', async () => {
    const { call, asked } = callWithTransfers();
    await call.passes(500);
    call.voice.behaves = 'refuses';
    call.session.transfer(BLIND);
    await call.until(() => asked.length > 0, 30_000);
    expect(call.ended).toBeNull();
  });

  it('ends when the caller hangs up or we do while it rings', async () => {
    const { call, asked } = callWithTransfers();
    await call.passes(500);
    call.session.transfer(BLIND);
    await call.until(() => asked.length > 0);
    call.caller.hangsUp();
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('caller_hung_up');
    const ours = callWithTransfers();
    await ours.call.passes(500);
    ours.call.session.transfer(BLIND, '');
    ours.call.session.end('api_hangup');
    await ours.call.until(() => ours.call.ended !== null);
    expect(ours.call.ended?.reason).toBe('api_hangup');
    expect(ours.call.caller.hungUp).toBe(true);
  });

  it('is not begun twice, nor in a call that ends, nor where the carrier cannot', async () => {
    const { call } = callWithTransfers();
    await call.passes(500);
    expect(call.session.transfer(BLIND)).toBe(true);
    expect(call.session.transfer(BLIND)).toBe(false);
    const ending = callWithTransfers();
    await ending.call.passes(500);
    ending.call.session.end('api_hangup');
    expect(ending.call.session.transfer(BLIND)).toBe(false);
    const unable = createPhoneCall();
    await unable.passes(500);
    expect(unable.session.transfer(BLIND)).toBe(false);
  });
});

describe('an attended transfer', () => {
  it('lets the caller hear it ringing until it is known what comes of it', async () => {
    const recording = createMemoryRecording();
    const plans: TransferPlan[] = [];
    const call = createPhoneCall({ transfer: (plan) => plans.push(plan), recording });
    await call.passes(500);
    call.session.transfer(ATTENDED, '');
    expect(plans).toEqual([ATTENDED]);
    expect(call.of('transfer')).toMatchObject([{ to: THEIRS, mode: 'attended' }]);
    // Two seconds of sound, then a pause of four.
    await call.passes(2500);
    expect(soundMs(call)).toBe(2000);
    await call.passes(3000);
    expect(soundMs(call)).toBe(2000);
    await call.passes(1500);
    expect(soundMs(call)).toBeGreaterThan(2900);
    call.session.transferFailed();
    await call.until(() => call.caller.heard.includes('How else can I help you?'));
    await call.passes(500);
    const spoken = soundMs(call);
    await call.passes(8000);
    expect(soundMs(call)).toBe(spoken);
    call.caller.hangsUp();
    await call.until(() => call.ended !== null);
    // It is in the recording too.
    const from = Math.round(1500 * 8);
    expect(recording.assistant.slice(from, from + 800).some((sample) => Math.abs(sample) > 5000)).toBe(true);
  });

  it('falls silent when the two are connected, and when the caller hangs up', async () => {
    for (const end of ['connected', 'gone'] as const) {
      const call = createPhoneCall({ transfer: () => {} });
      await call.passes(500);
      call.session.transfer(ATTENDED, '');
      await call.passes(1000);
      if (end === 'connected') call.session.transferred();
      else call.caller.hangsUp();
      await call.until(() => call.ended !== null);
      const before = soundMs(call);
      await call.passes(10_000);
      expect(soundMs(call)).toBe(before);
    }
  });
});
