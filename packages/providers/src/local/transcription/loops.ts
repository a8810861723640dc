/** What repeats at the end at least this often in a row is a loop. */
const LEAST_REPEATS = 3;

/**
 * How many tokens are left of a decoding that went round in circles at its end: all up to the first round. A circle that came
 * out of another circle goes with it. All tokens without a loop.
 */
export function lengthBeforeLoop(tokens: readonly number[]): number {
  for (let period = 1; period * LEAST_REPEATS <= tokens.length; period++) {
    let same = 0;
    while (same < tokens.length - period && tokens.at(-1 - same) === tokens.at(-1 - same - period)) same++;
    if (same < period * (LEAST_REPEATS - 1)) continue;
    const left = tokens.length - same;
    const before = tokens.slice(0, left - period);
    const earlier = lengthBeforeLoop(before);
    return earlier < before.length ? earlier : left;
  }
  return tokens.length;
}
