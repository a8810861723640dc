/** Turns events that are pushed into an async iteration. One reader. */
export interface EventQueue<Event> extends AsyncIterable<Event> {
  push(event: Event): void;
  /** The reader gets what was pushed before, then the end. */
  end(): void;
  /** The reader gets what was pushed before, then the error. */
  fail(error: unknown): void;
  readonly ended: boolean;
}

/** Events after `end` or `fail` are dropped; only the first of the two counts. */
export function createEventQueue<Event>(): EventQueue<Event> {
  const waiting: Event[] = [];
  let ending: { error?: unknown } | null = null;
  let wake: (() => void) | null = null;
  const stir = () => {
    wake?.();
    wake = null;
  };
  const finish = (how: { error?: unknown }) => {
    ending ??= how;
    stir();
  };

  async function* read(): AsyncGenerator<Event> {
    for (;;) {
      while (waiting.length > 0) yield waiting.shift()!;
      if (ending) {
        if ('error' in ending) throw ending.error;
        return;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    push(event) {
      if (ending) return;
      waiting.push(event);
      stir();
    },
    end: () => finish({}),
    fail: (error) => finish({ error }),
    get ended() {
      return ending !== null;
    },
    [Symbol.asyncIterator]: read,
  };
}
