import { describe, expect, it } from 'vitest';
import { createPhoneCall } from '../testing/index.ts';

describe('an ordinary call', () => {
  it('greets, hears, answers, and ends when the caller hangs up', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: 'Hello, this is the bakery.' } });
    call.model.answers('We are open from eight to six.');
    await call.until(() => call.turns.length === 1);
    expect(call.caller.heard).toBe('Hello, this is the bakery.');
    await call.says('when are you open');
    await call.until(() => call.turns.length === 3);
    expect(call.caller.heard).toBe('Hello, this is the bakery.We are open from eight to six.');
    call.caller.hangsUp();
    await call.passes(100);
    expect(call.ended?.reason).toBe('caller_hung_up');
    expect(call.turns.map(({ speaker, text }) => [speaker, text])).toEqual([
      ['assistant', 'Hello, this is the bakery.'],
      ['caller', 'when are you open'],
      ['assistant', 'We are open from eight to six.'],
    ]);
    expect(call.model.requests[0]!.messages).toEqual([
      { role: 'assistant', content: 'Hello, this is the bakery.' },
      { role: 'user', content: 'when are you open' },
    ]);
  });
});
