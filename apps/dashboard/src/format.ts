/** Dates, durations and numbers in the language of the page. */
const locale = () => document.documentElement.lang || 'en';

export const when = (iso: string | null): string =>
  iso ? new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)) : '–';

/** Seconds as m:ss. */
export function duration(seconds: number | null): string {
  if (seconds === null) return '–';
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export const milliseconds = (ms: number | null): string => (ms === null ? '–' : `${Math.round(ms)} ms`);

export const number = (value: number): string => new Intl.NumberFormat(locale()).format(value);
