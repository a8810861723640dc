import { useSyncExternalStore } from 'react';

const KEPT = 'talkturo.time-zone';
const listeners = new Set<() => void>();

/** The zone of the browser. */
export const browserTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone times are shown in: the chosen one, else the browser's. */
export function timeZone(): string {
  const kept = localStorage.getItem(KEPT);
  return kept && timeZones().includes(kept) ? kept : browserTimeZone();
}

/** All zones the browser knows. */
export function timeZones(): readonly string[] {
  known ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
  return known;
}
let known: readonly string[] | null = null;

export function chooseTimeZone(zone: string): void {
  localStorage.setItem(KEPT, zone);
  for (const listener of listeners) listener();
}

/** The zone, drawn anew when it is changed. */
export const useTimeZone = (): string =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, timeZone);
