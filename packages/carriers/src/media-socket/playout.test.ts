import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlayout } from './playout.ts';

const take = (playout: ReturnType<typeof createPlayout>, length = 4) => {
  const frame = new Uint8Array(length);
  return playout.take(frame) ? [...frame] : null;
};

describe('playout', () => {
  it('gives back what came in, in frames, with silence at the end', () => {
    const playout = createPlayout(255, 100);
    playout.push(Uint8Array.of(1, 2, 3, 4, 5), 5);
    expect(take(playout)).toEqual([1, 2, 3, 4]);
    expect(take(playout)).toEqual([5, 255, 255, 255]);
    expect(take(playout)).toBeNull();
  });

  it('keeps every byte however it is pushed and taken', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9000), fc.nat(9000)), { maxLength: 30 }), (steps) => {
        const playout = createPlayout(0, 1_000_000);
        let pushed = 0;
        let taken = 0;
        for (const [incoming, outgoing] of steps) {
          const bytes = Uint8Array.from({ length: incoming }, () => ++pushed & 0xff);
          expect(playout.push(bytes, incoming)).toBe(true);
          const waiting = playout.waitingBytes;
          const frame = new Uint8Array(outgoing);
          playout.take(frame);
          for (const byte of frame.subarray(0, Math.min(outgoing, waiting))) expect(byte).toBe(++taken & 0xff);
        }
        expect(playout.waitingBytes).toBe(pushed - taken);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses what would wait too long', () => {
    const playout = createPlayout(0, 10);
    expect(playout.push(new Uint8Array(8), 8)).toBe(true);
    expect(playout.push(new Uint8Array(3), 3)).toBe(false);
    expect(playout.waitingBytes).toBe(8);
  });

  it('reaches a mark when what came before has been played, at once when nothing waits', () => {
    const playout = createPlayout(0, 100);
    const reached: string[] = [];
    playout.mark(() => reached.push('empty'));
    playout.push(new Uint8Array(6), 6);
    playout.mark(() => reached.push('six'));
    take(playout);
    expect(reached).toEqual(['empty']);
    take(playout);
    expect(reached).toEqual(['empty', 'six']);
  });

  it('drops everything and returns the marks when cleared', () => {
    const playout = createPlayout(0, 100);
    const reached: string[] = [];
    playout.push(new Uint8Array(6), 6);
    playout.mark(() => reached.push('six'));
    playout.clear();
    expect(reached).toEqual(['six']);
    expect(take(playout)).toBeNull();
  });
});
