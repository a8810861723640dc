import { AlertDialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { buttonLook } from './button.tsx';
import { answerWith, type Question } from './confirm.ts';
import { useFocusBack } from './use-focus-back.ts';

/** Stands once on the page and shows what `sure` asks. */
export function ConfirmDialog() {
  const { t } = useTranslation();
  const [question, setQuestion] = useState<Question | null>(null);
  useEffect(() => answerWith(setQuestion), []);
  const focusBack = useFocusBack(question !== null);
  const reply = (yes: boolean) => {
    question?.answer(yes);
    setQuestion(null);
  };
  return (
    <AlertDialog.Root open={question !== null} onOpenChange={(open) => !open && reply(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-50 bg-black/45" />
        <AlertDialog.Content
          onCloseAutoFocus={focusBack}
          className="fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-card p-5 shadow-xl"
        >
          <AlertDialog.Title className="font-semibold text-base">{t('areYouSure')}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-soft">{question?.text}</AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel className={buttonLook({ kind: 'plain' })}>{t('cancel')}</AlertDialog.Cancel>
            <AlertDialog.Action className={buttonLook({ kind: question?.danger ? 'danger' : 'main' })} onClick={() => reply(true)}>
              {question?.action}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
