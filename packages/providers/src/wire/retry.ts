import { ProviderError } from '@talkturo/voice';

export interface RetryOptions {
  signal: AbortSignal;
  /** Tries altogether. */
  attempts?: number;
  /** Waits, or returns early when the signal aborts. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 … 1, spreads the waits of many calls. */
  random?: () => number;
}

const ATTEMPTS = 3;
const FIRST_WAIT_MS = 150;
/** A caller is on the line: a vendor that wants a longer wait is given up for the fallback. */
const LONGEST_WAIT_MS = 2000;

const waitFor = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });

/**
 * This file is the one place where anything is tried again. Here: a stream that fails with a retryable kind before its first part.
 * Once a part came, the words may have been spoken, and the error goes up.
 */
export async function* retryBeforeFirst<Part>(open: () => AsyncIterable<Part>, options: RetryOptions): AsyncGenerator<Part> {
  const { signal, attempts = ATTEMPTS, wait = waitFor, random = Math.random } = options;
  for (let attempt = 1; ; attempt++) {
    let begun = false;
    try {
      for await (const part of open()) {
        begun = true;
        yield part;
      }
      return;
    } catch (error) {
      if (begun || attempt >= attempts || signal.aborted) throw error;
      await wait(pauseAfter(error, attempt, random), signal);
      if (signal.aborted) return;
    }
  }
}

/**
 * The same for a connection: asks for it again when it fails with a retryable kind. Null once the signal has aborted.
 * Throws the last ProviderError when all tries failed.
 */
export async function retryOpening<Opened>(open: () => Promise<Opened>, options: RetryOptions): Promise<Opened | null> {
  const { signal, attempts = ATTEMPTS, wait = waitFor, random = Math.random } = options;
  for (let attempt = 1; !signal.aborted; attempt++) {
    try {
      return await open();
    } catch (error) {
      if (signal.aborted) break;
      if (attempt >= attempts) throw error;
      await wait(pauseAfter(error, attempt, random), signal);
    }
  }
  return null;
}

/** How long to wait before the next try. Throws the error itself where another try would not help. */
function pauseAfter(error: unknown, attempt: number, random: () => number): number {
  if (!(error instanceof ProviderError) || !error.retryable) throw error;
  const pause = error.retryAfterMs ?? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + random()));
  if (pause > LONGEST_WAIT_MS) throw error;
  return pause;
}
