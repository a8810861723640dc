import type { Clock } from '@talkturo/voice';
import { createHandClock } from '@talkturo/voice/testing';
import { describe, expect, it } from 'vitest';
import { createTicker } from './ticker.ts';

describe('the beat of the network', () => {
  it('comes every 20 ms to everybody, until they leave, and then the clock rests', async () => {
    const clock = createHandClock();
    const ticker = createTicker(clock);
    const beats = Array.from({ length: 10 }, () => 0);
    const leaves = beats.map((_, i) =>
      ticker.join(() => {
        beats[i]! += 1;
      }),
    );
    await clock.advance(1000);
    expect(beats).toEqual(beats.map(() => 50));
    for (const leave of leaves) leave();
    await clock.advance(1000);
    expect(beats).toEqual(beats.map(() => 50));
    expect(clock.pending).toBe(0);
  });

  it('lets somebody leave, and another come, within a beat', async () => {
    const clock = createHandClock();
    const ticker = createTicker(clock);
    let second = 0;
    const leave = ticker.join(() => {
      leave();
      ticker.join(() => {
        second += 1;
      });
    });
    await clock.advance(1000);
    expect(second).toBeGreaterThanOrEqual(48);
    expect(second).toBeLessThanOrEqual(50);
  });

  it('makes up for a short stall and forgets a long one', () => {
    let now = 0;
    let fire = () => {};
    const clock: Clock = {
      now: () => now,
      setTimer(_ms, next) {
        fire = next;
        return { cancel() {} };
      },
    };
    let beats = 0;
    createTicker(clock).join(() => {
      beats += 1;
    });
    now = 60;
    fire();
    expect(beats).toBe(3);
    now = 10_000;
    fire();
    expect(beats).toBeLessThanOrEqual(3 + 6);
    const before = beats;
    now = 10_020;
    fire();
    expect(beats).toBe(before + 1);
  });
});
