import { useTranslation } from 'react-i18next';
import { cn } from '../ui/class-names.ts';

export interface Line {
  index: number;
  speaker: 'caller' | 'assistant';
  text: string;
  interrupted: boolean;
  /** From the caller's last sound to the first of the reply. */
  replyMs?: number;
}

/** The transcript as it grows; the words still being said come last. */
export function Conversation({ lines, growing }: { lines: readonly Line[]; growing: string }) {
  const { t } = useTranslation();
  if (lines.length === 0 && !growing) return <p className="text-soft">{t('talk.waiting')}</p>;
  return (
    <ol aria-live="polite" className="flex flex-col gap-2">
      {lines.map((line) => (
        <li
          key={line.index}
          className={cn('max-w-[85%] rounded-xl px-3 py-2', line.speaker === 'assistant' ? 'self-start bg-brand-wash' : 'self-end bg-wash')}
        >
          <span className="block text-xs opacity-80">
            {t(line.speaker === 'assistant' ? 'talk.assistant' : 'talk.you')}
            {line.replyMs !== undefined && ` · ${t('talk.replyTime', { ms: Math.round(line.replyMs) })}`}
            {line.interrupted && ` · ${t('talk.interrupted')}`}
          </span>
          {line.text}
        </li>
      ))}
      {growing && <li className="max-w-[85%] self-end rounded-xl bg-wash px-3 py-2 text-soft italic">{growing}</li>}
    </ol>
  );
}
