import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createSteps } from './steps.ts';

const logger = pino({ level: 'silent' });

test('steps run one after the other, in the order they were asked for', async () => {
  const steps = createSteps(logger);
  const done: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = steps.run(async () => {
    await gate.promise;
    done.push('first');
  });
  const second = steps.run(async () => void done.push('second'));
  expect(done).toEqual([]);
  gate.resolve();
  await Promise.all([first, second]);
  expect(done).toEqual(['first', 'second']);
});

test('a step that fails is tried again before the next one runs', async () => {
  const steps = createSteps(logger, 0);
  const done: string[] = [];
  let failures = 3;
  const stubborn = steps.run(async () => {
    if (failures-- > 0) throw new Error('the database is away');
    done.push('stored');
  });
  await Promise.all([stubborn, steps.run(async () => void done.push('next'))]);
  expect(done).toEqual(['stored', 'next']);
});

test('a step that never works is given up, and the others go on', async () => {
  const steps = createSteps(logger, 0);
  let tries = 0;
  await steps.run(async () => {
    tries++;
    throw new Error('never');
  });
  let ran = false;
  await steps.run(async () => {
    ran = true;
  });
  expect([tries, ran]).toEqual([60, true]);
});
