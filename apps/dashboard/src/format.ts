import { timeZone } from './time-zone.ts';

/** Dates, durations and numbers in the language of the page. */
const locale = () => document.documentElement.lang || 'en';

export const when = (iso: string | null): string =>
  iso ? new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', timeZone: timeZone() }).format(new Date(iso)) : '–';

/** Seconds as m:ss. */
export function duration(seconds: number | null): string {
  if (seconds === null) return '–';
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A moment of a call, in seconds with one digit after the point. */
export const moment = (seconds: number): string =>
  `${new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(seconds)} s`;

export const milliseconds = (ms: number | null): string => (ms === null ? '–' : `${Math.round(ms)} ms`);

export const number = (value: number): string => new Intl.NumberFormat(locale()).format(value);

/** A share, 0..1. */
export const percent = (share: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 }).format(share);

export const money = (usd: string | number): string =>
  new Intl.NumberFormat(locale(), { style: 'currency', currency: 'USD', maximumFractionDigits: Number(usd) % 1 === 0 ? 0 : 2 }).format(
    Number(usd),
  );

/** Parts of a cent count: what a call costs. */
export const fineMoney = (usd: string): string =>
  new Intl.NumberFormat(locale(), { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(
    Number(usd),
  );

/** A day without a time, given as YYYY-MM-DD. */
export const day = (iso: string | null): string =>
  iso ? new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)) : '–';
