import { describe, expect, it } from 'vitest';
import type { SpeechSessionEvent } from '../ports/index.ts';
import { createHandClock, createScriptedSpeechToSpeech } from '../testing/index.ts';
import type { RealtimeSettings } from './realtime-settings.ts';
import { openSessionAhead } from './session-ahead.ts';

const settings: RealtimeSettings = {
  model: null,
  voice: null,
  language: 'en',
  instructions: 'You are the assistant of a bakery.',
  tools: [],
  temperature: 0.7,
  sampleRate: 8000,
};

/** A telephone that rings, and a realtime model that may be asked by then. */
function ringing(options: Parameters<typeof createScriptedSpeechToSpeech>[1] = {}) {
  const clock = createHandClock();
  const vendor = createScriptedSpeechToSpeech(clock, options);
  const ahead = openSessionAhead(clock, vendor, settings);
  const call = new AbortController();
  return {
    clock,
    vendor,
    ahead,
    call,
    open: (more: Partial<RealtimeSettings> = {}) => ahead.model.open({ ...settings, ...more, history: [], signal: call.signal }),
  };
}

describe('a session that is opened while it rings', () => {
  it('is the one the call gets, with what it told meanwhile', async () => {
    const { clock, vendor, open } = ringing();
    await clock.advance(20_000);
    expect([vendor.opened.length, vendor.openNow, vendor.told]).toEqual([1, 1, []]);
    const session = await open();
    session.say('Hello.');
    const events: SpeechSessionEvent['type'][] = [];
    void (async () => {
      for await (const event of session) events.push(event.type);
    })();
    await clock.advance(5000);
    expect(vendor.opened).toHaveLength(1);
    expect(events).toContain('reply-started');
    expect(events).toContain('reply-ended');
    session.close();
    expect(vendor.openNow).toBe(0);
  });

  it('is waited for by a call that is answered before it is open', async () => {
    const { clock, vendor, open } = ringing({ openAfterMs: 400 });
    const opening = open();
    await clock.advance(400);
    (await opening).close();
    expect(vendor.opened).toHaveLength(1);
  });

  it('is closed when nobody answers, also while it is being opened', async () => {
    for (const openAfterMs of [0, 400]) {
      const { clock, vendor, ahead } = ringing({ openAfterMs });
      await clock.advance(100);
      ahead.close();
      await clock.advance(1000);
      expect([vendor.opened.length, vendor.openNow, clock.pending]).toEqual([1, 0, 0]);
    }
  });

  it('is closed when the ringing is forgotten', async () => {
    const { clock, vendor } = ringing();
    await clock.advance(200_000);
    expect([vendor.openNow, clock.pending]).toEqual([0, 0]);
  });

  it('is opened anew where it is lost or about to end, three times at the most', async () => {
    const { clock, vendor, open } = ringing();
    await clock.advance(1000);
    vendor.breaks();
    await clock.advance(1500);
    expect([vendor.opened.length, vendor.openNow]).toEqual([2, 1]);
    vendor.expires(10_000);
    await clock.advance(2500);
    expect([vendor.opened.length, vendor.openNow]).toEqual([3, 1]);
    vendor.breaks();
    await clock.advance(20_000);
    expect([vendor.opened.length, vendor.openNow]).toEqual([3, 0]);
    (await open()).close();
    expect(vendor.opened).toHaveLength(4);
  });

  it('is not used by a call that wants another one', async () => {
    const { clock, vendor, open } = ringing();
    await clock.advance(100);
    const session = await open({ sampleRate: 16_000 });
    await clock.advance(100);
    expect([vendor.opened.length, vendor.openNow]).toEqual([2, 1]);
    session.close();
  });

  it('is not opened again for a call whose session ended: that one knows what was said', async () => {
    const { clock, vendor, open, ahead, call } = ringing();
    await clock.advance(100);
    (await open()).close();
    const next = await ahead.model.open({ ...settings, history: [{ role: 'assistant', content: 'Hello.' }], signal: call.signal });
    expect(vendor.opened[1]!.history).toHaveLength(1);
    next.close();
  });

  it('that cannot be had is asked for once more by the call', async () => {
    const { clock, vendor, open } = ringing({ behaves: 'refuses' });
    await clock.advance(100);
    vendor.behaves = 'well';
    (await open()).close();
  });

  it('ends with the call that is over before it is open', async () => {
    const { clock, vendor, open, call } = ringing({ openAfterMs: 400 });
    const opening = open();
    call.abort();
    await clock.advance(1000);
    await opening.then((session) => session.close()).catch(() => undefined);
    expect(vendor.openNow).toBe(0);
  });
});
