import { useTranslation } from 'react-i18next';
import { moment } from '../format.ts';
import { cn } from '../ui/class-names.ts';
import type { Call } from './calls.queries.ts';

/** Who said what. A line can be clicked to hear it, where there is a recording; the one being heard is marked. */
export function Transcript({
  messages,
  heardTo,
  onPick,
}: {
  messages: Call['messages'];
  heardTo: number;
  onPick?: (seconds: number) => void;
}) {
  const { t } = useTranslation();
  if (messages.length === 0) return <p className="text-soft">{t('calls.noTranscript')}</p>;
  return (
    <ol className="flex flex-col gap-2">
      {messages.map((message) => {
        const mine = message.speaker === 'assistant';
        const current = onPick && heardTo > 0 && heardTo >= message.start_seconds && heardTo < message.end_seconds;
        const line = (
          <>
            <span className="block text-xs opacity-80">
              {t(mine ? 'calls.assistant' : 'calls.caller')} · {moment(message.start_seconds)}
              {message.interrupted && ` · ${t('talk.interrupted')}`}
            </span>
            {message.text}
          </>
        );
        const look = cn(
          'max-w-[85%] rounded-xl px-3 py-2 text-left',
          mine ? 'self-start bg-brand-wash' : 'self-end bg-wash',
          current && 'ring-2 ring-brand',
        );
        return (
          <li key={message.index} className="flex flex-col">
            {onPick ? (
              <button
                type="button"
                className={look}
                aria-current={current ? 'true' : undefined}
                onClick={() => onPick(message.start_seconds)}
              >
                {line}
              </button>
            ) : (
              <div className={look}>{line}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
