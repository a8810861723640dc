/** How much may come in how short a time: a bucket that refills steadily. */
export interface Allowance {
  /** Takes `amount` if it is there; false when the sender is ahead of what it may send. */
  take(amount: number, nowMs: number): boolean;
}

/** `capacity` may come at once, `perSecond` for ever. */
export const createAllowance = (capacity: number, perSecond: number, nowMs: number): Allowance => {
  let left = capacity;
  let at = nowMs;
  return {
    take(amount, now) {
      left = Math.min(capacity, left + ((now - at) / 1000) * perSecond);
      at = now;
      if (left < amount) return false;
      left -= amount;
      return true;
    },
  };
};
