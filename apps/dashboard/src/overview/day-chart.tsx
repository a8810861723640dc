import { useTranslation } from 'react-i18next';
import { day as dayName, number } from '../format.ts';
import type { Statistics } from './overview.queries.ts';
import { axisEnd } from './scale.ts';

const WIDTH = 640;
const HEIGHT = 150;
const PARTS = 4;

/** A bar a day: answered calls below, the others above. The same as a table for whoever does not see it. */
export function DayChart({ days }: { days: Statistics['days'] }) {
  const { t } = useTranslation();
  const end = axisEnd(Math.max(PARTS, ...days.map((one) => one.calls)), PARTS);
  const step = WIDTH / days.length;
  const tall = (count: number) => (count / end) * (HEIGHT - 2);
  return (
    <figure>
      <div className="flex gap-3">
        {/* Bars stretch to the width there is; words around them keep their size. */}
        <ol className="flex h-40 flex-col-reverse justify-between text-right text-[13px] text-soft leading-none tabular-nums" aria-hidden>
          {[0, 0.5, 1].map((part) => (
            <li key={part}>{number(end * part)}</li>
          ))}
        </ol>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-40 w-0 grow" aria-hidden="true">
          {[0.25, 0.5, 0.75, 1].map((part) => (
            <line
              key={part}
              x1={0}
              x2={WIDTH}
              y1={HEIGHT - tall(end * part)}
              y2={HEIGHT - tall(end * part)}
              className="stroke-line"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {days.map((one, at) => {
            const answered = tall(one.answered);
            const missed = tall(one.calls - one.answered);
            const place = { x: at * step + step * 0.15, width: step * 0.7 };
            return (
              <g key={one.date}>
                <title>{`${dayName(one.date)}: ${t('overview.answeredOf', { answered: one.answered, count: one.calls })}`}</title>
                <rect x={at * step} width={step} y={0} height={HEIGHT} className="fill-transparent" />
                <rect {...place} y={HEIGHT - answered} height={answered} className="fill-brand" />
                <rect {...place} y={HEIGHT - answered - missed} height={missed} className="fill-soft opacity-45" />
              </g>
            );
          })}
          <line x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className="stroke-soft" vectorEffect="non-scaling-stroke" />
        </svg>
      </div>
      <p className="mt-1 mb-2 flex justify-between pl-7 text-[13px] text-soft" aria-hidden>
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
            .filter((one) => one.calls > 0)
            .map((one) => (
              <tr key={one.date}>
                <th scope="row">{dayName(one.date)}</th>
                <td>{t('overview.answeredOf', { answered: one.answered, count: one.calls })}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </figure>
  );
}
