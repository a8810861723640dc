import { describe, expect, it } from 'vitest';
import { firstWords, wordsIn } from './testing/heard-words.ts';
import { startTelnyxShop } from './testing/telnyx-shop.ts';

/** What the server asks for, the codec of the line, the rate that a call then has. */
const CASES = [
  ['L16', 'L16', 16_000],
  ['L16', 'PCMA', 8000],
  ['G722', 'G722', 16_000],
  ['G722', 'PCMU', 8000],
] as const;

describe.each(['L16', 'G722'] as const)('calls over Telnyx for which %s was asked', (asked) => {
  it('are understood and understandable, whatever codec the line has in truth', async () => {
    // The high byte first: not what is written before a call has been heard, so the operator's word decides the first greeting.
    const shop = await startTelnyxShop({ TELNYX_CODEC: asked, TELNYX_L16_ORDER: 'big' });
    shop.telnyx.calls.writesL16('big');
    try {
      const check = async ([, codec, rate]: (typeof CASES)[number], at: number) => {
        const theirs = `+44207946012${at}`;
        shop.telnyx.calls.line(theirs, codec);
        const { id } = (await shop.tenant.post('/api/calls', { assistantId: shop.assistantId, toNumber: theirs })).body.call;
        const line = shop.telnyx.calls.all.find(({ to }) => to === theirs)!;
        await shop.talk(line, id);
        const { channels, sampleRate } = await shop.recorded(id);
        expect(sampleRate).toBe(rate);
        expect(await wordsIn(shop.speech, firstWords(channels[0]!, rate), rate)).toContain('opening');
        expect(await wordsIn(shop.speech, firstWords(line.stream!.heard, 8000))).toContain('flower shop');
      };
      // One after the other: a recogniser that is late hears half a sentence.
      for (const [at, one] of CASES.entries()) if (one[0] === asked) await check(one, at);
      expect(shop.telnyx.problems).toEqual([]);
    } finally {
      await shop.close();
    }
  }, 240_000);
});
