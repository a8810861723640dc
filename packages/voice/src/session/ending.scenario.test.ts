import { describe, expect, it } from 'vitest';
import { createPhoneCall } from '../testing/index.ts';

describe('silence', () => {
  it('is asked about twice, then the assistant says goodbye and hangs up', async () => {
    const call = createPhoneCall({ briefing: { firstMessage: 'Hello.' }, timings: { nudgeAfterMs: 5000, maxNudges: 2 } });
    await call.until(() => call.ended !== null, 60_000);
    expect(call.caller.heard).toBe(
      'Hello.Are you still there?Are you still there?I cannot hear you any more, so I will hang up now. Goodbye.',
    );
    expect(call.of('nudge').map(({ count }) => count)).toEqual([1, 2]);
    expect(call.ended?.reason).toBe('silence');
  });

  it('is counted anew after the caller spoke', async () => {
    const call = createPhoneCall({ timings: { nudgeAfterMs: 5000, maxNudges: 1 } });
    call.model.answers('Yes.');
    await call.until(() => call.of('nudge').length === 1);
    await call.passes(2000);
    await call.says('are you open');
    await call.until(() => call.of('nudge').length === 2);
    expect(call.ended).toBeNull();
    expect(call.of('nudge').map(({ count }) => count)).toEqual([1, 1]);
  });

  it('is not counted while the caller speaks', async () => {
    const call = createPhoneCall({ timings: { nudgeAfterMs: 3000 } });
    await call.says('this is a very long story about bread that goes on and on and on without a single pause in it at all');
    expect(call.of('nudge')).toHaveLength(0);
  });
});

describe('hanging up', () => {
  it('waits until the goodbye was heard to its last word', async () => {
    const call = createPhoneCall();
    call.model.answers({ text: 'Thank you and goodbye.', toolCalls: [{ name: 'end_call' }] });
    await call.says('that is all');
    await call.until(() => call.caller.hungUp);
    expect(call.caller.heard).toBe('Thank you and goodbye.');
    expect(call.caller.audible).toBe(false);
    expect(call.clock.now()).toBeGreaterThanOrEqual(call.caller.spans.at(-1)!.endMs + 300);
    await call.until(() => call.ended !== null);
    expect(call.ended?.reason).toBe('assistant_hung_up');
    expect(call.model.requests).toHaveLength(1);
  });

  it('says goodbye itself where the model ends the call without a word', async () => {
    const call = createPhoneCall();
    call.model.answers({ toolCalls: [{ name: 'end_call' }] }, { text: '' });
    await call.says('that is all');
    await call.until(() => call.ended !== null, 30_000);
    expect(call.caller.heard).toBe('Goodbye.');
    expect(call.ended?.reason).toBe('assistant_hung_up');
  });

  it('is not stopped by a “bye” into the goodbye', async () => {
    const call = createPhoneCall({ timings: { echoGuardMs: 0 } });
    call.model.answers({ text: 'Thank you for calling, have a nice day, goodbye.', toolCalls: [{ name: 'end_call' }] });
    await call.says('that is all');
    await call.until(() => call.caller.audible);
    await call.passes(2200);
    await call.says('bye bye then');
    await call.until(() => call.ended !== null, 30_000);
    expect(call.caller.heard).toBe('Thank you for calling, have a nice day, goodbye.');
    expect(call.ended?.reason).toBe('assistant_hung_up');
  });

  it('happens although the carrier never confirms it', async () => {
    const call = createPhoneCall();
    call.caller.hangup = () => {};
    call.session.end('shutdown');
    await call.until(() => call.ended !== null, 10_000);
    expect(call.ended?.reason).toBe('shutdown');
  });

  it('in the middle of a word ends the call cleanly, and nothing runs on', async () => {
    const call = createPhoneCall();
    call.model.answers('A long answer that nobody hears to its end.');
    await call.says('are you open');
    await call.until(() => call.caller.audible);
    await call.passes(700);
    call.caller.says('i also want to');
    await call.passes(200);
    call.caller.hangsUp();
    await call.passes(10_000);
    expect(call.ended?.reason).toBe('caller_hung_up');
    expect(call.turns.at(-1)).toMatchObject({ speaker: 'assistant', interrupted: true });
    expect([call.model.running, call.voice.running, call.ears.openNow, call.clock.pending]).toEqual([0, 0, 0, 0]);
  });

  it.each([
    ['lost', 'connection_lost'],
    ['protocol', 'protocol_error'],
  ] as const)('of a line that is %s is recorded as %s', async (reason, expected) => {
    const call = createPhoneCall();
    await call.passes(500);
    call.caller.hangsUp(reason);
    await call.passes(10);
    expect(call.ended?.reason).toBe(expected);
  });
});

describe('the absolute cap', () => {
  it('ends a call whose caller never stops talking', async () => {
    const call = createPhoneCall({ timings: { maxCallMs: 30_000 } });
    call.caller.says('and so on '.repeat(100));
    await call.until(() => call.ended !== null, 40_000);
    expect(call.ended?.reason).toBe('max_duration');
    expect(call.ended?.durationMs).toBeGreaterThanOrEqual(30_000);
    expect(call.ended?.durationMs).toBeLessThan(30_200);
  });

  it('ends a call whose every stage hangs', async () => {
    const call = createPhoneCall({ timings: { maxCallMs: 20_000, firstTokenDeadlineMs: 600_000, fillerAfterMs: 0 } });
    call.model.answers({ behaves: 'stalls' });
    await call.says('are you open');
    await call.until(() => call.ended !== null, 40_000);
    expect(call.ended?.reason).toBe('max_duration');
  });
});
