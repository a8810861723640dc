import type { Conversation as Said } from '@talkturo/web-call';
import { useTranslation } from 'react-i18next';
import { cn } from '../ui/class-names.ts';

/** The transcript as it grows, word by word on both sides; what the caller is just saying comes last. */
export function Conversation({ said: { lines, growing }, waiting }: { said: Said; waiting: string }) {
  const { t } = useTranslation();
  if (lines.length === 0 && !growing) return <p className="text-soft">{waiting}</p>;
  return (
    <ol aria-live="polite" aria-relevant="additions" className="flex flex-col gap-2">
      {lines.map((line) => (
        <li
          key={line.turn}
          className={cn('max-w-[85%] rounded-xl px-3 py-2', line.speaker === 'assistant' ? 'self-start bg-brand-wash' : 'self-end bg-wash')}
        >
          <span className="block text-xs opacity-80">
            {t(line.speaker === 'assistant' ? 'talk.assistant' : 'talk.you')}
            {line.replyMs !== null && line.replyMs > 0 && ` · ${t('talk.replyTime', { ms: Math.round(line.replyMs) })}`}
            {line.interrupted && ` · ${t('talk.interrupted')}`}
          </span>
          <span aria-busy={!line.final}>{line.text}</span>
        </li>
      ))}
      {growing && <li className="max-w-[85%] self-end rounded-xl bg-wash px-3 py-2 text-soft italic">{growing}</li>}
    </ol>
  );
}
