/**
 * A conformance suite is a list of cases; each throws when the adapter breaks the port's promise.
 * Run it with `for (const { name, run } of suite) it(name, run)`.
 */
export interface ConformanceCase {
  name: string;
  run(): Promise<void>;
}

/** Waits until `holds` answers true; throws with `what` when it does not within `deadlineMs`. */
export async function until(holds: () => boolean, what: string, deadlineMs: number): Promise<void> {
  const start = performance.now();
  while (!holds()) {
    if (performance.now() - start > deadlineMs) throw new Error(`Did not happen within ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** The promise's value, or an error with `what` when it takes longer than `deadlineMs`. */
export async function within<T>(promise: Promise<T>, what: string, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Did not happen within ${deadlineMs} ms: ${what}`)), deadlineMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** All values of an iterable, within `deadlineMs`. */
export async function collect<T>(values: AsyncIterable<T>, what: string, deadlineMs: number): Promise<T[]> {
  const all: T[] = [];
  const gather = async () => {
    for await (const value of values) all.push(value);
  };
  await within(gather(), what, deadlineMs);
  return all;
}
