import type { Conversation } from '@talkturo/web-call';
import { useTranslation } from 'react-i18next';

interface LineFiguresProps {
  said: Conversation;
  levels: { microphone: number; assistant: number };
  interruptions: number;
  roundTripMs: number | null;
}

/** How loud both sides are and how fast the answers come. */
export function LineFigures({ said, levels, interruptions, roundTripMs }: LineFiguresProps) {
  const { t } = useTranslation();
  const replies = said.lines.flatMap(({ replyMs }) => (replyMs !== null && replyMs > 0 ? [replyMs] : []));
  const mean = replies.length > 0 ? Math.round(replies.reduce((sum, ms) => sum + ms, 0) / replies.length) : null;
  return (
    <div className="mt-4 flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Level label={t('talk.yourLevel')} value={levels.microphone} />
        <Level label={t('talk.assistantLevel')} value={levels.assistant} />
      </div>
      <p className="flex flex-wrap gap-x-4 text-[13px] text-soft">
        {mean !== null && <span>{t('talk.meanReply', { ms: mean })}</span>}
        {interruptions > 0 && <span>{t('talk.interruptions', { count: interruptions })}</span>}
        {roundTripMs !== null && <span>{t('talk.roundTrip', { ms: Math.round(roundTripMs) })}</span>}
      </p>
    </div>
  );
}

function Level({ label, value }: { label: string; value: number }) {
  return (
    <div className="flex items-center gap-2 text-[13px] text-soft">
      <span className="w-24 shrink-0" aria-hidden>
        {label}
      </span>
      <meter className="h-2 w-full" aria-label={label} min={0} max={1} value={Math.min(1, value * 1.5)} />
    </div>
  );
}
