import { DateTime } from 'luxon';

/** When calls may be placed, by the clock on the wall of whoever is called. */
export interface CallWindow {
  /** `HH:MM`. A start after the end spans midnight; equal means the whole day. */
  start: string;
  end: string;
}

/** No zone shifts its clock by more: a start that falls into such a shift is looked for this far around. */
const LARGEST_SHIFT_MINUTES = 180;
/** Days looked ahead. Windows repeat daily, so what does not open in two days opens only around a clock change, if ever. */
const DAYS_AHEAD = 3;
const MINUTE_MS = 60_000;

/**
 * Whether the window is open in every one of the zones: with several possible zones the strictest reading counts.
 * @param zones IANA names, at least one.
 */
export function isOpen(window: CallWindow, zones: readonly string[], at: Date): boolean {
  const start = minutesOf(window.start);
  const end = minutesOf(window.end);
  if (start === end) return true;
  return zones.every((zone) => {
    const local = DateTime.fromJSDate(at, { zone });
    const minute = local.hour * 60 + local.minute;
    return start < end ? minute >= start && minute < end : minute >= start || minute < end;
  });
}

/**
 * The first moment from `at` on (to the minute) when the window is open in all zones: `at` itself when it is open now,
 * null when the zones share no open minute.
 */
export function nextOpening(window: CallWindow, zones: readonly string[], at: Date): Date | null {
  if (isOpen(window, zones, at)) return at;
  // The zones are open together from the moment the last of them opens, so only their starts need a look.
  const starts = zones.flatMap((zone) => startsAfter(window, zone, at)).sort((a, b) => a - b);
  for (const moment of starts) {
    if (moment <= at.getTime() || !isOpen(window, zones, new Date(moment))) continue;
    return new Date(beginningOf(window, zones, moment, at.getTime()));
  }
  return null;
}

/** Starts of the window in one zone over the next days. A start that happens twice in autumn is there twice. */
function startsAfter(window: CallWindow, zone: string, at: Date): number[] {
  const today = DateTime.fromJSDate(at, { zone }).startOf('day');
  const start = minutesOf(window.start);
  return Array.from({ length: DAYS_AHEAD + 1 }, (_, days) => {
    const first = today.plus({ days }).set({ hour: Math.floor(start / 60), minute: start % 60 });
    const again = first.plus({ hours: 1 });
    return again.hour === first.hour ? [first.toMillis(), again.toMillis()] : [first.toMillis()];
  }).flat();
}

/** In spring a start may fall into the hour that is left out: the window then opens where the clock lands, not later. */
function beginningOf(window: CallWindow, zones: readonly string[], moment: number, notBefore: number): number {
  let first = moment;
  for (let back = 1; back <= LARGEST_SHIFT_MINUTES; back++) {
    const earlier = moment - back * MINUTE_MS;
    if (earlier < notBefore || !isOpen(window, zones, new Date(earlier))) break;
    first = earlier;
  }
  return first;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
