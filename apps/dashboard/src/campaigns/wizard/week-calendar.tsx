import { useTranslation } from 'react-i18next';

const HOUR = 12;
const DAY = 62;
const LEFT = 40;
const TOP = 22;
/** A Monday, to name the days of a week. */
const MONDAY = Date.UTC(2024, 0, 1);

const hours = (time: string): number => Number(time.slice(0, 2)) + Number(time.slice(3, 5)) / 60;

/** The open hours of a day: past midnight there are two, no length is the whole day. */
function openHours(from: string, until: string): [number, number][] {
  const [a, b] = [hours(from), hours(until)];
  if (a === b) return [[0, 24]];
  return a < b
    ? [[a, b]]
    : [
        [0, b],
        [a, 24],
      ];
}

/** A week with the hours in which calls are placed. */
export function WeekCalendar({ from, until }: { from: string; until: string }) {
  const { t, i18n } = useTranslation();
  if (!from || !until) return null;
  const name = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  const days = Array.from({ length: 7 }, (_, day) => name.format(MONDAY + day * 86_400_000));
  const [width, height] = [LEFT + 7 * DAY, TOP + 24 * HOUR + 6];
  return (
    <figure>
      <svg
        role="img"
        aria-label={t('campaigns.weekLabel', { from, until })}
        viewBox={`0 0 ${width} ${height}`}
        className="w-full max-w-lg text-[11px]"
      >
        {days.map((day, at) => (
          <g key={day}>
            <text x={LEFT + at * DAY + DAY / 2} y={14} textAnchor="middle" className="fill-soft">
              {day}
            </text>
            <rect x={LEFT + at * DAY + 2} y={TOP} width={DAY - 4} height={24 * HOUR} rx={4} className="fill-wash" />
            {openHours(from, until).map(([start, end]) => (
              <rect
                key={start}
                x={LEFT + at * DAY + 2}
                y={TOP + start * HOUR}
                width={DAY - 4}
                height={(end - start) * HOUR}
                rx={4}
                className="fill-brand"
              />
            ))}
          </g>
        ))}
        {[0, 6, 12, 18, 24].map((hour) => (
          <g key={hour}>
            <text x={LEFT - 6} y={TOP + hour * HOUR + 4} textAnchor="end" className="fill-soft">
              {String(hour).padStart(2, '0')}:00
            </text>
            <line x1={LEFT} x2={width} y1={TOP + hour * HOUR} y2={TOP + hour * HOUR} className="stroke-line" />
          </g>
        ))}
      </svg>
      <figcaption className="text-[13px] text-soft">{t('campaigns.everyDay')}</figcaption>
    </figure>
  );
}
