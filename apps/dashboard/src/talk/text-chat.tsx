import { RotateCcw, Send } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ContactPicker, useContactChoice } from '../crm/contact-picker.tsx';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { type ChatTurn, type UnsavedSettings, useTextChat } from './use-text-chat.ts';

/** The assistant in writing, with settings that need not be saved yet. */
export function TextChat({ assistantId, changes }: { assistantId: string; changes?: UnsavedSettings }) {
  const { t } = useTranslation();
  const choice = useContactChoice();
  const chat = useTextChat(assistantId, changes, choice.picked?.id);
  const [text, setText] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (said === '' || chat.busy) return;
    setText('');
    void chat.say(said);
  };
  return (
    <section aria-label={t('talk.inWriting')} className="flex flex-col gap-4">
      {(choice.found.length > 0 || choice.search !== '') && (
        <ContactPicker choice={choice} contact={choice.picked} label={t('talk.chatWith')} nobody={t('talk.chatWithNobody')} />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button size="small" disabled={chat.busy} onClick={() => void chat.begin()}>
          <RotateCcw aria-hidden /> {t(chat.turns.length === 0 ? 'talk.beginChat' : 'talk.restartChat')}
        </Button>
        {chat.turns.some(({ role }) => role === 'user') && (
          <Button size="small" disabled={chat.busy} onClick={() => void chat.again()}>
            {t('talk.askAgain')}
          </Button>
        )}
        <p className="text-[13px] text-soft">{t(changes ? 'talk.chatUnsaved' : 'talk.chatAbout')}</p>
      </div>
      {chat.turns.length > 0 && (
        <ol aria-live="polite" className="flex flex-col gap-2">
          {chat.turns.map((turn) => (
            <Turn key={turn.id} turn={turn} />
          ))}
        </ol>
      )}
      {chat.busy && (
        <p role="status" className="text-soft">
          {t('talk.thinking')}
        </p>
      )}
      {chat.error && <Failure error={new Error(chat.error)} />}
      <form onSubmit={send} className="flex items-end gap-2">
        <TextField
          label={t('talk.yourMessage')}
          className="grow"
          value={text}
          maxLength={4000}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        <Button kind="main" type="submit" disabled={chat.busy || text.trim() === ''}>
          <Send aria-hidden /> {t('talk.send')}
        </Button>
      </form>
    </section>
  );
}

function Turn({ turn: { role, content, reply } }: { turn: ChatTurn }) {
  const { t } = useTranslation();
  return (
    <li className={cn('max-w-[85%] rounded-xl px-3 py-2', role === 'assistant' ? 'self-start bg-brand-wash' : 'self-end bg-wash')}>
      <span className="block text-xs opacity-80">
        {t(role === 'assistant' ? 'talk.assistant' : 'talk.you')}
        {reply?.first_token_ms != null && ` · ${t('talk.firstWord', { ms: reply.first_token_ms })}`}
        {reply?.tools.map(({ name }) => ` · ${name}`)}
        {reply?.ended && ` · ${t('talk.wouldHangUp')}`}
      </span>
      {content}
      {reply && reply.missing_variables.length > 0 && (
        <span className="mt-1 block text-xs text-warn">{t('talk.missing', { names: reply.missing_variables.join(', ') })}</span>
      )}
    </li>
  );
}
