import { describe, expect, it } from 'vitest';
import { createPhoneCall } from '../testing/index.ts';

const MESSAGE = 'This is Alex from the bakery. Please call us back.';

describe('a machine that answers', () => {
  it('hears the message once, after its beep, and then the call ends', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: 'Hello.' } });
    await call.until(() => call.caller.heard === 'Hello.');
    call.session.machineAnswered(MESSAGE);
    await call.says('you have reached the voicemail of ada please leave a message');
    expect(call.caller.heard).toBe('Hello.');
    call.session.beep();
    call.session.beep();
    await call.until(() => call.ended !== null, 60_000);
    expect(call.caller.heard).toBe(`Hello.${MESSAGE}`);
    expect(call.ended?.reason).toBe('assistant_hung_up');
    expect(call.model.requests).toHaveLength(0);
  });

  it('cuts the greeting off', async () => {
    const call = createPhoneCall({
      briefing: { firstMessage: 'Hello, this is a very long greeting that goes on and on and on for a while.' },
    });
    await call.until(() => call.caller.audible);
    call.session.machineAnswered(MESSAGE);
    call.session.beep();
    await call.until(() => call.ended !== null, 60_000);
    expect(call.caller.heard.endsWith(MESSAGE)).toBe(true);
    expect(call.of('barge-in')).toHaveLength(0);
  });

  it('gets the message even when nobody tells of the beep', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: null } });
    await call.passes(500);
    call.session.machineAnswered(MESSAGE);
    await call.passes(20_000);
    expect(call.caller.heard).toBe('');
    await call.until(() => call.ended !== null, 60_000);
    expect(call.caller.heard).toBe(MESSAGE);
  });

  it('a beep that nobody waits for means nothing', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: 'Hello.' } });
    call.session.beep();
    await call.until(() => call.caller.heard === 'Hello.');
    expect(call.ended).toBeNull();
  });
});
