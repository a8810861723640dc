import { useTranslation } from 'react-i18next';
import { day as dayName, number } from '../format.ts';
import type { Day } from './figures.ts';

const WIDTH = 640;
const HEIGHT = 150;
const FOOT = 18;

/** A bar a day: answered calls below, the others above. The same as a table for whoever does not see it. */
export function DayChart({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation();
  const most = Math.max(4, ...days.map((one) => one.answered + one.missed));
  const step = WIDTH / days.length;
  const tall = (count: number) => (count / most) * (HEIGHT - FOOT - 8);
  return (
    <figure>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full text-[10px]" aria-hidden="true">
        {[0.5, 1].map((part) => (
          <g key={part}>
            <line x1={0} x2={WIDTH} y1={HEIGHT - FOOT - tall(most * part)} y2={HEIGHT - FOOT - tall(most * part)} className="stroke-line" />
            <text x={0} y={HEIGHT - FOOT - tall(most * part) - 3} className="fill-soft">
              {number(Math.round(most * part))}
            </text>
          </g>
        ))}
        {days.map((one, at) => {
          const answered = tall(one.answered);
          const missed = tall(one.missed);
          const place = { x: at * step + step * 0.15, width: step * 0.7 };
          return (
            <g key={one.date}>
              <title>{`${dayName(one.date)}: ${one.answered} / ${one.answered + one.missed}`}</title>
              <rect {...place} y={HEIGHT - FOOT - answered} height={answered} rx={2} className="fill-brand" />
              <rect {...place} y={HEIGHT - FOOT - answered - missed} height={missed} rx={2} className="fill-soft opacity-45" />
            </g>
          );
        })}
        <line x1={0} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} className="stroke-line" />
        <text x={0} y={HEIGHT - 4} className="fill-soft">
          {dayName(days[0]?.date ?? null)}
        </text>
        <text x={WIDTH} y={HEIGHT - 4} textAnchor="end" className="fill-soft">
          {dayName(days.at(-1)?.date ?? null)}
        </text>
      </svg>
      <figcaption className="flex gap-4 text-[13px] text-soft">
        <span className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-sm bg-brand" aria-hidden /> {t('overview.answered')}
        </span>
        <span className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-sm bg-soft opacity-45" aria-hidden /> {t('overview.notAnswered')}
        </span>
      </figcaption>
      <table className="sr-only">
        <caption>{t('overview.perDay')}</caption>
        <tbody>
          {days
            .filter((one) => one.answered + one.missed > 0)
            .map((one) => (
              <tr key={one.date}>
                <th scope="row">{dayName(one.date)}</th>
                <td>{t('overview.answeredOf', { answered: one.answered, count: one.answered + one.missed })}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </figure>
  );
}
