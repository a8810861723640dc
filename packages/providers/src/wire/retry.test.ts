import { ProviderError, type ProviderErrorKind } from '@talkturo/voice';
import { describe, expect, test } from 'vitest';
import { retryBeforeFirst, retryOpening } from './retry.ts';

const failure = (kind: ProviderErrorKind, retryAfterMs?: number) =>
  new ProviderError('test', kind, kind, retryAfterMs === undefined ? {} : { retryAfterMs });

/** Runs scripts one a try: parts to give, then an error to throw. */
async function run(scripts: (string | Error)[][], abort = new AbortController(), onWait = () => {}) {
  const waits: number[] = [];
  let tries = 0;
  const parts: string[] = [];
  async function* open() {
    for (const step of scripts[tries++] ?? []) {
      if (typeof step !== 'string') throw step;
      yield step;
    }
  }
  const wait = async (ms: number) => {
    waits.push(ms);
    onWait();
  };
  let error: unknown = null;
  try {
    for await (const part of retryBeforeFirst(open, { signal: abort.signal, wait, random: () => 0.5 })) parts.push(part);
  } catch (thrown) {
    error = thrown;
  }
  return { parts, tries, waits, error };
}

test('what fails before its first part is tried again, ever later', async () => {
  expect(await run([[failure('unavailable')], [failure('timeout')], ['a', 'b']])).toEqual({
    parts: ['a', 'b'],
    tries: 3,
    waits: [150, 300],
    error: null,
  });
});

test('after three tries it goes up', async () => {
  const last = failure('rate-limit');
  expect(await run([[failure('unavailable')], [failure('unavailable')], [last], ['a']])).toMatchObject({ tries: 3, error: last });
});

test('once a part came nothing is tried again', async () => {
  expect(await run([['a', failure('unavailable')], ['b']])).toMatchObject({ parts: ['a'], tries: 1, error: { kind: 'unavailable' } });
});

test.each(['auth', 'quota', 'refused', 'protocol'] as const)('%s would fail again', async (kind) => {
  expect(await run([[failure(kind)], ['a']])).toMatchObject({ tries: 1, error: { kind } });
});

test('an error that is no vendor’s is a bug, not tried again', async () => {
  expect(await run([[new TypeError('oops')], ['a']])).toMatchObject({ tries: 1, error: { name: 'TypeError' } });
});

test('the wait a vendor asks for is kept', async () => {
  expect(await run([[failure('rate-limit', 700)], ['a']])).toMatchObject({ parts: ['a'], waits: [700] });
});

test('but not when nobody on a telephone would wait so long', async () => {
  expect(await run([[failure('rate-limit', 20_000)], ['a']])).toMatchObject({ tries: 1, waits: [], error: { kind: 'rate-limit' } });
});

test('aborted while it waits, it ends without an error', async () => {
  const abort = new AbortController();
  expect(await run([[failure('unavailable')], ['a']], abort, () => abort.abort())).toMatchObject({ parts: [], tries: 1, error: null });
});

describe('a connection', () => {
  /** Opens with one outcome a try. */
  async function open(outcomes: (string | Error)[], abort = new AbortController(), onWait = () => {}) {
    const waits: number[] = [];
    let tries = 0;
    const attempt = async () => {
      const outcome = outcomes[tries++];
      if (typeof outcome !== 'string') throw outcome;
      return outcome;
    };
    const wait = async (ms: number) => {
      waits.push(ms);
      onWait();
    };
    const opened = await retryOpening(attempt, { signal: abort.signal, wait, random: () => 0.5 }).catch((error: unknown) => error);
    return { opened, tries, waits };
  }

  test('that fails is asked for again, ever later', async () => {
    expect(await open([failure('unavailable'), failure('timeout'), 'open'])).toEqual({ opened: 'open', tries: 3, waits: [150, 300] });
  });

  test.each(['auth', 'quota', 'refused', 'protocol'] as const)('refused by %s is not', async (kind) => {
    expect(await open([failure(kind), 'open'])).toMatchObject({ opened: { kind }, tries: 1 });
  });

  test('that nobody wants any more is none', async () => {
    const abort = new AbortController();
    expect(await open([failure('unavailable'), 'open'], abort, () => abort.abort())).toMatchObject({ opened: null, tries: 1 });
  });
});
