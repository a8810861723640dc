/** Sound that was written and whose words are not certain yet, so that it can be sent again over a new connection. */
export interface KeptSound {
  /** Adds what comes next; the bytes are kept as they are. */
  add(bytes: Uint8Array, ms: number): void;
  /** Sound up to here needs never be sent again. */
  settle(upToMs: number): void;
  /** Where what is kept begins. */
  readonly fromMs: number;
  readonly pieces: readonly Uint8Array[];
  clear(): void;
}

/** Keeps at most `mostMs`: the oldest sound goes first. */
export function createKeptSound(mostMs: number): KeptSound {
  const pieces: Uint8Array[] = [];
  const lengths: number[] = [];
  let fromMs = 0;
  let toMs = 0;
  const drop = () => {
    pieces.shift();
    fromMs += lengths.shift()!;
  };
  return {
    add(bytes, ms) {
      pieces.push(bytes);
      lengths.push(ms);
      toMs += ms;
      while (toMs - fromMs > mostMs && pieces.length > 0) drop();
    },
    settle(upToMs) {
      while (pieces.length > 0 && fromMs + lengths[0]! <= upToMs + 0.5) drop();
    },
    get fromMs() {
      return fromMs;
    },
    pieces,
    clear() {
      while (pieces.length > 0) drop();
    },
  };
}
