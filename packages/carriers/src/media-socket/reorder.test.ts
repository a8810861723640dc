import { describe, expect, it } from 'vitest';
import { createReorder } from './reorder.ts';

const arrive = (chunks: number[], { flush = true } = {}) => {
  const out: number[] = [];
  const reorder = createReorder((bytes) => out.push(bytes[0]!));
  const reused = new Uint8Array(1);
  for (const chunk of chunks) {
    reused[0] = Math.abs(chunk) % 256;
    reorder.take(chunk, reused, 1);
  }
  if (flush) reorder.flush();
  return { out, late: reorder.late };
};

describe('frames on the wire', () => {
  it('pass in order, from whatever number they begin with', () => {
    expect(arrive([7, 8, 9]).out).toEqual([7, 8, 9]);
  });
  it('that overtook each other are put back', () => {
    expect(arrive([1, 3, 2, 4, 7, 6, 5, 8]).out).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
  it('that are lost do not hold the others for ever', () => {
    expect(arrive([1, 3, 4, 5, 6, 7], { flush: false }).out).toEqual([1, 3, 4, 5, 6, 7]);
    expect(arrive([1, 3, 4, 5], { flush: false }).out).toEqual([1]);
  });
  it('that come twice or too late are left out and counted', () => {
    expect(arrive([1, 2, 2, 4, 4, 3, 1])).toEqual({ out: [1, 2, 3, 4], late: 3 });
  });
  it('without a count pass as they come', () => {
    expect(arrive([-1, -1]).out).toEqual([1, 1]);
  });
  it('counted anew are followed after a second', () => {
    const anew = Array.from({ length: 60 }, (_, i) => i + 1);
    expect(arrive([200, ...anew]).out).toEqual([200, ...anew.slice(50)]);
  });
});
