/** Steps a person reads easily, within a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];

/**
 * The end of an axis that begins at 0 and has that many equal parts: a round number not below `most`.
 * @param most the largest value shown
 */
export function axisEnd(most: number, parts: number): number {
  const step = Math.max(most, Number.MIN_VALUE) / parts;
  const power = 10 ** Math.floor(Math.log10(step));
  const round = STEPS.find((one) => one * power >= step * (1 - 1e-9)) ?? 10;
  return round * power * parts;
}
