import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heardText } from './heard-text.ts';

const text = 'We are open from eight to six.';

describe('what was heard', () => {
  it('is nothing before the first sound and everything at the end', () => {
    const spoken = { text, receivedMs: 3000, complete: true, words: [] };
    expect(heardText(spoken, 0)).toBe('');
    expect(heardText(spoken, 3000)).toBe(text);
    expect(heardText(spoken, 2990)).toBe(text);
  });

  it('is whole words in proportion', () => {
    const spoken = { text, receivedMs: 3000, complete: true, words: [] };
    expect(heardText(spoken, 1100)).toBe('We are open');
    expect(heardText(spoken, 900)).toBe('We are');
  });

  it('goes by the word times where there are some', () => {
    const words = [
      { text: 'We', startMs: 0, endMs: 900 },
      { text: 'are', startMs: 900, endMs: 1000 },
      { text: 'open', startMs: 1000, endMs: 2800 },
    ];
    const spoken = { text, receivedMs: 3000, complete: false, words };
    expect(heardText(spoken, 850)).toBe('We');
    expect(heardText(spoken, 1500)).toBe('We are');
    expect(heardText(spoken, 2790)).toBe('We are open');
  });

  it('takes the mark behind a word with it, and passes over words it cannot find', () => {
    const words = [
      { text: 'well', startMs: 0, endMs: 100 },
      { text: 'Yes', startMs: 100, endMs: 400 },
    ];
    expect(heardText({ text: 'Yes, we are.', receivedMs: 1000, complete: false, words }, 500)).toBe('Yes,');
  });

  it('is always a prefix, and never shrinks as time goes on', () => {
    const cases = fc.tuple(fc.string({ maxLength: 60 }), fc.integer({ min: 1, max: 8000 }), fc.boolean(), fc.nat(9000), fc.nat(9000));
    fc.assert(
      fc.property(cases, ([any, receivedMs, complete, a, b]) => {
        const spoken = { text: any, receivedMs, complete, words: [] };
        const [early, late] = [heardText(spoken, Math.min(a, b)), heardText(spoken, Math.max(a, b))];
        expect(any.startsWith(late)).toBe(true);
        expect(late.startsWith(early)).toBe(true);
      }),
    );
  });
});
