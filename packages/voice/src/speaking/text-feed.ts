/** Text that is put in piece by piece and read by one voice. One promise a wait, none a piece that is there already. */
export interface TextFeed extends AsyncIterable<string> {
  put(text: string): void;
  end(): void;
}

/** The same text, told by characters as it is read. */
export function countedText(text: AsyncIterable<string>, read: (characters: number) => void): AsyncIterable<string> {
  return {
    [Symbol.asyncIterator]() {
      const pieces = text[Symbol.asyncIterator]();
      return {
        async next() {
          const result = await pieces.next();
          if (!result.done) read(result.value.length);
          return result;
        },
        // A reader that gives up must not wait for text that comes later, as one of a generator would.
        return: (value) => pieces.return?.(value) ?? Promise.resolve({ value, done: true }),
      };
    },
  };
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
