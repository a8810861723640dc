import { describe, expect, it } from 'vitest';
import { createPhoneCall } from '../testing/index.ts';
import type { Tool } from './types.ts';

const tool = (name: string, sideEffects: boolean, run: Tool['run']): Tool => ({
  definition: { name, description: name, parameters: { type: 'object' } },
  sideEffects,
  run,
});

describe('tools', () => {
  it('run between two rounds of the model, which gets the answer', async () => {
    const lookup = tool('lookup', false, async (input) => ({ content: `hours of ${JSON.stringify(input)}` }));
    const call = createPhoneCall({ tools: [lookup] });
    call.model.answers({ text: 'Let me look.', toolCalls: [{ name: 'lookup', input: { day: 'Monday' } }] }, ' Eight to six.');
    await call.says('are you open on monday');
    await call.until(() => call.turns.length === 2);
    expect(call.caller.heard).toBe('Let me look. Eight to six.');
    expect(call.model.requests[1]!.messages.slice(1)).toEqual([
      { role: 'assistant', content: 'Let me look.', toolCalls: [{ id: 'call-1-0', name: 'lookup', input: { day: 'Monday' } }] },
      { role: 'tool', callId: 'call-1-0', name: 'lookup', content: 'hours of {"day":"Monday"}' },
    ]);
    expect(call.of('tool')).toMatchObject([{ name: 'lookup', ok: true }]);
  });

  it('that throw, are unknown or take too long give the model a sentence, and the call goes on', async () => {
    const tools = [
      tool('broken', false, async () => {
        throw new Error('no connection');
      }),
      tool('slow', false, () => new Promise(() => {})),
    ];
    const call = createPhoneCall({ tools, timings: { toolDeadlineMs: 2000 } });
    call.model.answers({ toolCalls: [{ name: 'broken' }, { name: 'slow' }, { name: 'unknown' }] }, 'That did not work.');
    await call.says('please look it up');
    await call.until(() => call.turns.length === 2);
    expect(call.caller.heard).toContain('That did not work.');
    const results = call.model.requests[1]!.messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
    expect(results).toEqual(['The tool failed: no connection', 'The tool did not answer in time.', 'There is no tool called unknown.']);
    expect(call.of('tool').map(({ ok }) => ok)).toEqual([false, false, false]);
  });

  it('with side effects are not stopped by the caller and never run twice', async () => {
    let runs = 0;
    let finish: () => void = () => {};
    let aborted = false;
    const book = tool('book', true, (_, signal) => {
      runs++;
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise((resolve) => {
        finish = () => resolve({ content: 'Booked.' });
      });
    });
    const call = createPhoneCall({ tools: [book], timings: { fillerAfterMs: 0 } });
    call.model.answers({ toolCalls: [{ name: 'book' }] }, 'It is booked.');
    await call.says('book a table for two');
    await call.until(() => runs === 1);
    await call.says('by the window please');
    await call.passes(1000);
    expect(aborted).toBe(false);
    finish();
    await call.until(() => call.turns.filter(({ speaker }) => speaker === 'assistant').length === 1, 20_000);
    expect(runs).toBe(1);
    expect(call.caller.heard).toBe('It is booked.');
    // What the caller added is known, and the booking too.
    const { messages } = call.model.requests[1]!;
    expect(messages.some((message) => message.content.includes('by the window please'))).toBe(true);
    expect(messages).toContainEqual({ role: 'tool', callId: 'call-1-0', name: 'book', content: 'Booked.' });
  });

  it('without side effects stop with their turn', async () => {
    let aborted = false;
    const lookup = tool('lookup', false, (_, signal) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise(() => {});
    });
    const call = createPhoneCall({ tools: [lookup], timings: { fillerAfterMs: 0 } });
    call.model.answers({ toolCalls: [{ name: 'lookup' }] }, 'Fine.');
    await call.says('look it up');
    await call.passes(900);
    await call.says('no never mind that');
    await call.until(() => call.turns.some(({ speaker }) => speaker === 'assistant'));
    expect(aborted).toBe(true);
    expect(call.caller.heard).toBe('Fine.');
  });

  it('that press keys do so on the leg', async () => {
    const press = tool('press', true, async () => ({ content: 'pressed', effect: { type: 'send-digits', digits: '12#' } }));
    const call = createPhoneCall({ tools: [press] });
    call.model.answers({ toolCalls: [{ name: 'press' }] }, 'Done.');
    await call.says('press one two');
    await call.until(() => call.turns.length === 2);
    expect(call.caller.digitsSent).toBe('12#');
  });

  it('are waited for with a filler', async () => {
    const slow = tool('slow', false, () => new Promise((resolve) => void call.clock.setTimer(5000, () => resolve({ content: 'ok' }))));
    const call = createPhoneCall({ tools: [slow], timings: { fillerAfterMs: 800 } });
    call.model.answers({ toolCalls: [{ name: 'slow' }] }, 'Done.');
    await call.says('please do it');
    await call.until(() => call.turns.length === 2, 20_000);
    expect(call.caller.heard).toBe('One moment, please.I am still on it.Done.');
  });

  it('cannot keep the model busy for ever', async () => {
    const again = tool('again', false, async () => ({ content: 'again' }));
    const call = createPhoneCall({ tools: [again] });
    call.model.answers({ toolCalls: [{ name: 'again' }] });
    await call.says('go on');
    await call.passes(30_000);
    expect(call.model.requests.length).toBeLessThanOrEqual(6);
    expect(call.model.requests.at(-1)!.tools).toEqual([]);
  });
});

describe('keys', () => {
  it('pressed together become one message, and interrupt', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: 'Please enter your number, then press the pound key, thank you.' } });
    call.model.answers('Thank you.');
    await call.passes(1000);
    call.caller.presses('12');
    await call.passes(1000);
    call.caller.presses('34#');
    await call.until(() => call.turns.length === 3);
    expect(call.of('digit').map(({ digit }) => digit)).toEqual(['1', '2', '3', '4', '#']);
    expect(call.turns[0]).toMatchObject({ speaker: 'assistant', interrupted: true });
    expect(call.turns[1]).toMatchObject({ speaker: 'caller', text: '(on the keypad) 1234#' });
    expect(call.model.requests[0]!.messages.at(-1)!.content).toBe('(on the keypad) 1234#');
  });

  it('are an entry after a pause too', async () => {
    const call = createPhoneCall();
    call.caller.presses('7');
    await call.until(() => call.model.requests.length === 1);
    expect(call.model.requests[0]!.messages.at(-1)!.content).toBe('(on the keypad) 7');
  });
});
