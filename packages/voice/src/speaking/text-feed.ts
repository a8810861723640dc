/** Text that is put in piece by piece and read by one voice. One promise a wait, none a piece that is there already. */
export interface TextFeed extends AsyncIterable<string> {
  put(text: string): void;
  end(): void;
}

export function createTextFeed(): TextFeed {
  const pieces: string[] = [];
  let ended = false;
  let waiting: ((result: IteratorResult<string>) => void) | null = null;
  const done: IteratorResult<string> = { value: undefined, done: true };
  const iterator: AsyncIterator<string> = {
    next() {
      const piece = pieces.shift();
      if (piece !== undefined) return Promise.resolve({ value: piece, done: false });
      if (ended) return Promise.resolve(done);
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    return() {
      ended = true;
      pieces.length = 0;
      return Promise.resolve(done);
    },
  };
  return {
    put(text) {
      if (ended) return;
      if (!waiting) {
        pieces.push(text);
        return;
      }
      const resolve = waiting;
      waiting = null;
      resolve({ value: text, done: false });
    },
    end() {
      ended = true;
      waiting?.(done);
      waiting = null;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
}
