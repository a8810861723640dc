import { ProviderError } from '@talkturo/voice';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EchoJob } from './testing/echo-worker.ts';
import { startWorkerPool, type WorkerPool } from './worker-pool.ts';

const script = new URL('./testing/echo-worker.ts', import.meta.url);
const start = (threads = 1, maxQueued = 3) => startWorkerPool<EchoJob, string>({ name: 'echo', script, threads, maxQueued });

let pool: WorkerPool<EchoJob, string>;
beforeEach(async () => {
  pool = await start();
});
afterEach(() => pool.stop());

/** Keeps a thread at work until `letGo`. */
async function occupy() {
  const flags = new Int32Array(new SharedArrayBuffer(8));
  const working = pool.submit({ hold: flags });
  await Atomics.waitAsync(flags, 0, 0).value;
  return {
    working,
    letGo() {
      Atomics.store(flags, 1, 1);
      Atomics.notify(flags, 1);
    },
  };
}

test('jobs are done in order', async () => {
  expect(await Promise.all(['a', 'b', 'c'].map((say) => pool.submit({ say })))).toEqual(['a', 'b', 'c']);
  expect(pool.load).toBe(0);
});

test('a job that fails is its own misfortune', async () => {
  await expect(pool.submit({ fail: 'no' })).rejects.toMatchObject({ kind: 'protocol', message: 'Local echo failed: no' });
  expect(await pool.submit({ say: 'still here' })).toBe('still here');
});

test('a thread that dies is replaced', async () => {
  const dying = pool.submit({ die: true });
  await expect(dying).rejects.toMatchObject({ kind: 'unavailable' });
  expect(await pool.submit({ say: 'back' })).toBe('back');
});

test('a queue that is full refuses', async () => {
  const { working, letGo } = await occupy();
  const waiting = ['a', 'b', 'c'].map((say) => pool.submit({ say }));
  await expect(pool.submit({ say: 'd' })).rejects.toMatchObject({
    kind: 'rate-limit',
    message: 'Local echo is overloaded: 3 jobs are waiting.',
  });
  letGo();
  expect(await Promise.all([working, ...waiting])).toEqual(['held', 'a', 'b', 'c']);
});

describe('jobs that nobody waits for', () => {
  test('come after those somebody waits for, and are dropped when there is much to do', async () => {
    const { letGo } = await occupy();
    const order: (string | null)[] = [];
    const note = (result: string | null) => order.push(result);
    const attempts = [pool.submit({ say: 'eager' }, { optional: true }).then(note)];
    attempts.push(pool.submit({ say: 'one too many' }, { optional: true }).then(note));
    attempts.push(pool.submit({ say: 'urgent' }).then(note));
    letGo();
    await Promise.all(attempts);
    expect(order).toEqual([null, 'urgent', 'eager']);
  });
});

test('an aborted job gives null, whether it waits or runs', async () => {
  const { working, letGo } = await occupy();
  const abort = new AbortController();
  const waiting = pool.submit({ say: 'a' }, { signal: abort.signal });
  abort.abort();
  expect(await waiting).toBe(null);
  expect(await pool.submit({ say: 'b' }, { signal: abort.signal })).toBe(null);
  letGo();
  await working;
});

test('stopping lets the running job end and refuses the others', async () => {
  const { working, letGo } = await occupy();
  const waiting = pool.submit({ say: 'a' });
  const stopped = pool.stop();
  await expect(waiting).rejects.toBeInstanceOf(ProviderError);
  await expect(pool.submit({ say: 'b' })).rejects.toMatchObject({ kind: 'unavailable' });
  letGo();
  expect(await working).toBe('held');
  await stopped;
});

test('several threads work side by side', async () => {
  await pool.stop();
  pool = await start(2);
  const { working, letGo } = await occupy();
  expect(await pool.submit({ say: 'beside' })).toBe('beside');
  letGo();
  await working;
});

test('a pool whose thread cannot load does not start, and says why', async () => {
  const unusable = startWorkerPool({
    name: 'echo',
    script: new URL('./testing/unusable-worker.ts', import.meta.url),
    threads: 1,
    maxQueued: 1,
  });
  await expect(unusable).rejects.toMatchObject({
    kind: 'unavailable',
    message: 'Local echo cannot start: the model is not installed',
  });
});
