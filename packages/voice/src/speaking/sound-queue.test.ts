import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSoundQueue } from './sound-queue.ts';

const from = (start: number, length: number): Int16Array => Int16Array.from({ length }, (_, i) => start + i);

describe('a sound queue', () => {
  it('gives what was put in, in order, across chunks', () => {
    const queue = createSoundQueue();
    queue.append(from(0, 5));
    queue.append(from(5, 3));
    expect([...queue.take(4)]).toEqual([0, 1, 2, 3]);
    expect([...queue.take(3)]).toEqual([4, 5, 6]);
    expect([...queue.take(10)]).toEqual([7]);
    expect([...queue.take(1)]).toEqual([]);
    expect([queue.sent, queue.waiting, queue.length]).toEqual([8, 0, 8]);
  });

  it('hands out a view where the sound lies in one piece', () => {
    const queue = createSoundQueue();
    const chunk = from(0, 10);
    queue.append(chunk);
    expect(queue.take(4).buffer).toBe(chunk.buffer);
  });

  it('goes back to what was sent, as far as it is kept', () => {
    const queue = createSoundQueue();
    queue.append(from(0, 4));
    queue.append(from(4, 4));
    queue.take(6);
    expect(queue.rewind(3)).toBe(3);
    expect([...queue.take(2)]).toEqual([3, 4]);
    queue.release(1);
    expect(queue.rewind(100)).toBe(1);
    expect([...queue.take(10)]).toEqual([4, 5, 6, 7]);
  });

  it('agrees with an array, whatever is done in whatever order', () => {
    const action = fc.oneof(
      fc.record({ do: fc.constant('append' as const), n: fc.nat(12) }),
      fc.record({ do: fc.constant('take' as const), n: fc.nat(15) }),
      fc.record({ do: fc.constant('rewind' as const), n: fc.nat(6) }),
      fc.record({ do: fc.constant('release' as const), n: fc.integer({ min: 6, max: 12 }) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const queue = createSoundQueue();
        let sent = 0;
        let length = 0;
        let reach = 0;
        for (const { do: what, n } of actions) {
          if (what === 'append') {
            queue.append(from(length, n));
            length += n;
          } else if (what === 'take') {
            const taken = [...queue.take(n)];
            expect(taken).toEqual([...from(sent, Math.min(n, length - sent))]);
            sent += taken.length;
          } else if (what === 'rewind') {
            const back = queue.rewind(n);
            expect(back).toBeLessThanOrEqual(n);
            // What lies within the kept stretch can always be had back.
            expect(back).toBeGreaterThanOrEqual(Math.min(n, sent - reach));
            sent -= back;
          } else {
            queue.release(n);
            reach = Math.max(reach, sent - n);
          }
          expect([queue.sent, queue.waiting, queue.length]).toEqual([sent, length - sent, length]);
        }
      }),
    );
  });
});
