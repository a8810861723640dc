/** Marks on the app's sound, at a far end that plays in real time: each comes back when all before it was played, or dropped. */
export function createPlayedMarks(echo: (name: string) => void) {
  const waiting = new Map<NodeJS.Timeout, string>();
  let playedUntil = 0;
  const reach = (timer: NodeJS.Timeout, name: string) => {
    clearTimeout(timer);
    waiting.delete(timer);
    echo(name);
  };
  return {
    /** So much more is to be played. */
    play(ms: number): void {
      playedUntil = Math.max(playedUntil, performance.now()) + ms;
    },
    mark(name: string): void {
      const timer: NodeJS.Timeout = setTimeout(() => reach(timer, name), Math.max(0, playedUntil - performance.now()));
      waiting.set(timer, name);
    },
    /** What was not played yet is dropped. */
    clear(): void {
      playedUntil = performance.now();
      for (const [timer, name] of waiting) reach(timer, name);
    },
    stop(): void {
      for (const timer of waiting.keys()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
