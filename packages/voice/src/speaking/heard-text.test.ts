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

  describe('of what is said otherwise than it is written', () => {
    const price = 'It costs $25, for five of them.';
    const pieces = [
      { written: 'It costs ', said: 'It costs ' },
      { written: '$25', said: 'twenty five dollars' },
      { written: ', for five of them.', said: ', for five of them.' },
    ];
    const said = 'It costs twenty five dollars, for five of them.';
    const spoken = { text: price, receivedMs: said.length * 100, complete: true, words: [], pieces };

    it('is the whole of it or nothing', () => {
      expect(heardText(spoken, 1500)).toBe('It costs');
      expect(heardText(spoken, 2500)).toBe('It costs');
      expect(heardText(spoken, 2850)).toBe('It costs $25,');
      expect(heardText(spoken, 3400)).toBe('It costs $25, for');
    });

    it('goes by the words that were said, and does not take one for a later one like it', () => {
      const words = [...said.matchAll(/[^\s,.]+/g)].map((match) => ({
        text: match[0],
        startMs: match.index * 100,
        endMs: (match.index + match[0].length) * 100,
      }));
      expect(heardText({ ...spoken, words }, 2100)).toBe('It costs ');
      expect(heardText({ ...spoken, words }, 2800)).toBe('It costs $25,');
      expect(heardText({ ...spoken, words }, 3800)).toBe('It costs $25, for five');
    });

    it('what is not said at all is heard with what comes before it', () => {
      const bold = [
        { written: 'Yes', said: 'Yes' },
        { written: '**', said: '' },
        { written: ' indeed', said: ' indeed' },
      ];
      expect(heardText({ text: 'Yes** indeed', receivedMs: 1000, complete: true, words: [], pieces: bold }, 300)).toBe('Yes**');
    });
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
