import { useTranslation } from 'react-i18next';
import { day as dayName, number } from '../format.ts';
import type { Day } from './figures.ts';

const WIDTH = 640;
const HEIGHT = 150;

/** A bar a day: answered calls below, the others above. The same as a table for whoever does not see it. */
export function DayChart({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation();
  const most = Math.max(4, ...days.map((one) => one.answered + one.missed));
  const step = WIDTH / days.length;
  const tall = (count: number) => (count / most) * (HEIGHT - 2);
  return (
    <figure>
      {/* Bars stretch to the width there is; words around them keep their size. */}
      <p className="text-right text-[13px] text-soft tabular-nums" aria-hidden>
        {number(most)}
      </p>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-40 w-full" aria-hidden="true">
        {[0.5, 1].map((part) => (
          <line
            key={part}
            x1={0}
            x2={WIDTH}
            y1={HEIGHT - tall(most * part)}
            y2={HEIGHT - tall(most * part)}
            className="stroke-line"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        {days.map((one, at) => {
          const answered = tall(one.answered);
          const missed = tall(one.missed);
          const place = { x: at * step + step * 0.15, width: step * 0.7 };
          return (
            <g key={one.date}>
              <title>{`${dayName(one.date)}: ${one.answered} / ${one.answered + one.missed}`}</title>
              <rect {...place} y={HEIGHT - answered} height={answered} className="fill-brand" />
              <rect {...place} y={HEIGHT - answered - missed} height={missed} className="fill-soft opacity-45" />
            </g>
          );
        })}
        <line x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className="stroke-soft" vectorEffect="non-scaling-stroke" />
      </svg>
      <p className="mt-1 mb-2 flex justify-between text-[13px] text-soft" aria-hidden>
        <span>{dayName(days[0]?.date ?? null)}</span>
        <span>{dayName(days.at(-1)?.date ?? null)}</span>
      </p>
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
