import { createHandClock } from '@talkturo/voice/testing';
import { expect, it } from 'vitest';
import { CarrierError, type CarrierErrorKind } from '../carrier.ts';
import { createUnheardHangups } from './unheard-hangups.ts';

const error = (kind: CarrierErrorKind) => new CarrierError('telnyx', kind, kind);

function bench(answers: (CarrierErrorKind | null)[]) {
  const clock = createHandClock();
  const tries: number[] = [];
  const hangups = createUnheardHangups(clock, async () => {
    tries.push(clock.now());
    const kind = answers.shift();
    if (kind) throw error(kind);
  });
  return { clock, tries, hangups };
}

it('are tried again until they are heard, and then no more', async () => {
  const { clock, tries, hangups } = bench(['unavailable', 'timeout', null]);
  hangups.failed('a', error('rate-limit'));
  hangups.failed('a', error('rate-limit'));
  await clock.advance(3_600_000);
  expect(tries).toEqual([5_000, 20_000, 50_000]);
  expect(clock.pending).toBe(0);
});

it('are given up when the call is over, or was never to be ended that way', async () => {
  const { clock, tries, hangups } = bench([]);
  hangups.failed('a', error('unavailable'));
  hangups.failed('b', error('refused'));
  hangups.failed('c', new Error('a fault'));
  hangups.over('a');
  await clock.advance(3_600_000);
  expect(tries).toEqual([]);
});

it('are given up after a quarter of an hour and more, and when the carrier is closed', async () => {
  const { clock, tries, hangups } = bench(Array.from({ length: 100 }, () => 'unavailable'));
  hangups.failed('a', error('unavailable'));
  await clock.advance(7_200_000);
  expect(tries).toHaveLength(7);
  hangups.failed('b', error('unavailable'));
  hangups.close();
  await clock.advance(7_200_000);
  expect(tries).toHaveLength(7);
});
