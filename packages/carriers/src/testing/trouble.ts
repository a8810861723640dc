/**
 * What goes wrong with one request to a simulated carrier.
 * - `lost-answer`: it is carried out, then the connection breaks.
 * - `dropped`: the connection breaks before anything is done.
 * - `stalled`: nothing comes back; `taken` says whether it was carried out.
 * - `rate-limit`: 429 with the seconds until more is allowed.
 * - `error`: an error answer; `taken` where it was carried out nevertheless.
 */
export type Trouble =
  | { kind: 'lost-answer' }
  | { kind: 'dropped' }
  | { kind: 'stalled'; taken: boolean }
  | { kind: 'rate-limit'; resetSeconds: number }
  | { kind: 'error'; status: number; code: string; title?: string; taken?: boolean };

/** Troubles laid up for the requests to come, of each operation in order. */
export function createTroubles() {
  const laidUp: { operation: string; trouble: Trouble }[] = [];
  return {
    add: (operation: string, ...next: Trouble[]) => void laidUp.push(...next.map((trouble) => ({ operation, trouble }))),
    take(operation: string): Trouble | undefined {
      const at = laidUp.findIndex((entry) => entry.operation === operation);
      return at < 0 ? undefined : laidUp.splice(at, 1)[0]?.trouble;
    },
    clear: () => {
      laidUp.length = 0;
    },
  };
}
