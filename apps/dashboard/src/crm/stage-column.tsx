import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { day, money, number, percent } from '../format.ts';
import { cn } from '../ui/class-names.ts';
import { Failure } from '../ui/surface.tsx';
import { type Opportunity, opportunitiesQuery } from './crm.queries.ts';
import { STAGES, type Stage } from './stages.ts';

const LIMIT = 100;
export const columnQuery = (slug: string, stage: Stage) => opportunitiesQuery(slug, { stage, limit: LIMIT });

/** What is being dragged; the browser hides the data of a drag until it is dropped. */
let dragged: Opportunity | null = null;
/** The card that keys moved last: it keeps the focus in its new column. */
let carried: string | null = null;

export function StageColumn({
  stage,
  onOpen,
  onMove,
}: {
  stage: Stage;
  onOpen: (card: Opportunity) => void;
  onMove: (card: Opportunity, stage: Stage) => void;
}) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const { data, error, refetch } = useQuery(columnQuery(slug, stage));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse; keys move the cards themselves
    <div
      className={cn('flex w-56 shrink-0 grow snap-start flex-col gap-2 rounded-xl bg-wash p-2.5', over && 'outline-2 outline-brand')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (dragged) onMove(dragged, stage);
        dragged = null;
      }}
    >
      <h2 className="flex items-baseline justify-between gap-2 px-1 font-semibold">
        {t(`opportunities.stages.${stage}`)}
        <span className="font-normal text-[13px] text-soft">
          {data && number(data.count)}
          {data && Number(data.amount) > 0 && ` · ${money(data.amount)}`}
        </span>
      </h2>
      {error && <Failure error={error} retry={refetch} />}
      <ul className="flex min-h-16 flex-col gap-2">
        {data?.opportunities.map((card) => (
          <Card key={card.id} card={card} onOpen={onOpen} onMove={onMove} />
        ))}
      </ul>
      {data && data.count > data.opportunities.length && (
        <p className="px-1 text-[13px] text-soft">{t('opportunities.more', { count: data.count - data.opportunities.length })}</p>
      )}
    </div>
  );
}

function Card({
  card,
  onOpen,
  onMove,
}: {
  card: Opportunity;
  onOpen: (card: Opportunity) => void;
  onMove: (card: Opportunity, stage: Stage) => void;
}) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (carried !== card.id) return;
    carried = null;
    button.current?.focus();
  }, [card.id]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = step && STAGES[STAGES.indexOf(card.stage) + step];
    if (!next) return;
    event.preventDefault();
    carried = card.id;
    onMove(card, next);
  };
  return (
    <li
      draggable
      onDragStart={(event) => {
        dragged = card;
        event.dataTransfer.effectAllowed = 'move';
      }}
    >
      <button
        ref={button}
        type="button"
        title={t('opportunities.keys')}
        onClick={() => onOpen(card)}
        onKeyDown={onKeyDown}
        className="flex w-full cursor-grab flex-col gap-1 rounded-lg border border-line bg-card p-3 text-left shadow-xs hover:border-brand"
      >
        <span className="font-medium">{card.name}</span>
        <span className="text-[13px] text-soft">{[card.contact_name, card.company_name].filter(Boolean).join(' · ')}</span>
        <span className="flex flex-wrap justify-between gap-x-2 text-[13px]">
          <span className="font-medium tabular-nums">{card.amount ? money(card.amount) : ''}</span>
          <span className="whitespace-nowrap text-soft">
            {card.probability !== null && percent(card.probability / 100)}
            {card.probability !== null && card.expected_close_date && ' · '}
            {card.expected_close_date && day(card.expected_close_date)}
          </span>
        </span>
      </button>
    </li>
  );
}
