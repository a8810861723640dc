import { expect, it } from 'vitest';
import { createHandClock } from '../testing/hand-clock.ts';
import { createWatch } from './watch.ts';

it('expires once when nothing comes, and not while something does', async () => {
  const clock = createHandClock();
  const expired: number[] = [];
  const watch = createWatch(clock, 100, () => expired.push(clock.now()));
  for (let i = 0; i < 5; i++) {
    await clock.advance(80);
    watch.touch();
  }
  expect(expired).toEqual([]);
  expect(clock.pending).toBe(1);
  await clock.advance(500);
  expect(expired).toEqual([500]);
  expect(clock.pending).toBe(0);
});

it('takes another patience from a touch, shorter or longer', async () => {
  const clock = createHandClock();
  const expired: string[] = [];
  createWatch(clock, 1000, () => expired.push(`short ${clock.now()}`)).touch(50);
  createWatch(clock, 50, () => expired.push(`long ${clock.now()}`)).touch(300);
  await clock.advance(2000);
  expect(expired).toEqual(['short 50', 'long 300']);
});

it('is silent once stopped', async () => {
  const clock = createHandClock();
  let expired = 0;
  const watch = createWatch(clock, 100, () => expired++);
  watch.stop();
  await clock.advance(1000);
  expect([expired, clock.pending]).toEqual([0, 0]);
});
