import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cn } from './class-names.ts';
import { useFocusBack } from './use-focus-back.ts';

export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  wide,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** For lists; the rest is read more easily in a narrow one. */
  wide?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const focusBack = useFocusBack(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          onCloseAutoFocus={focusBack}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cn(
            'fixed top-1/2 left-1/2 z-50 max-h-[90dvh] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-line bg-card p-5 shadow-xl',
            wide ? 'w-[min(52rem,calc(100vw-2rem))]' : 'w-[min(34rem,calc(100vw-2rem))]',
          )}
        >
          <Radix.Title className="pr-8 font-semibold text-base">{title}</Radix.Title>
          {description && <Radix.Description className="mt-1 text-soft">{description}</Radix.Description>}
          <div className="mt-4">{children}</div>
          <Radix.Close aria-label={t('close')} className="absolute top-4 right-4 rounded p-1 text-soft hover:bg-wash">
            <X className="size-4" aria-hidden />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
