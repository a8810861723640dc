import { expect, it } from 'vitest';
import { createHandClock } from '../testing/hand-clock.ts';
import { tickerOf } from './ticker.ts';

it('beats every 20 ms for everybody with one timer, and stands still when nobody listens', async () => {
  const clock = createHandClock();
  expect(tickerOf(clock)).toBe(tickerOf(clock));
  const beats: number[] = [];
  const leaves = Array.from({ length: 50 }, (_, i) => tickerOf(clock).add(() => void (i === 0 && beats.push(clock.now()))));
  expect(clock.pending).toBe(1);
  await clock.advance(100);
  expect(beats).toEqual([20, 40, 60, 80, 100]);
  for (const leave of leaves) leave();
  await clock.advance(40);
  expect(clock.pending).toBe(0);
});

it('lets a listener leave during a beat, and join again', async () => {
  const clock = createHandClock();
  let first = 0;
  let second = 0;
  const leave = tickerOf(clock).add(() => {
    first++;
    leave();
    leave();
  });
  tickerOf(clock).add(() => second++);
  await clock.advance(60);
  expect([first, second]).toEqual([1, 3]);
});
