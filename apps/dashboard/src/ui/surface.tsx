import { CircleAlert, Inbox, LoaderCircle } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';

export function Page({ title, about, actions, children }: { title: string; about?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Talkturo`;
  }, [title]);
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-5">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
          {about && <p className="mt-0.5 max-w-prose text-soft">{about}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2 *:[search]:max-sm:w-full max-sm:has-[search]:w-full">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function Card({
  title,
  actions,
  className,
  bare,
  children,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  className?: string;
  /** Without space around its content, such as a table. */
  bare?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={cn('rounded-xl border border-line bg-card', className)}>
      {title && (
        <div className="flex flex-wrap items-center justify-between gap-2 border-line border-b px-4 py-3">
          <h2 className="font-semibold">{title}</h2>
          {actions}
        </div>
      )}
      <div className={bare ? '' : 'p-4'}>{children}</div>
    </section>
  );
}

export function Loading() {
  const { t } = useTranslation();
  return (
    <p role="status" className="flex items-center gap-2 p-6 text-soft">
      <LoaderCircle className="size-4 animate-spin" aria-hidden /> {t('loading')}
    </p>
  );
}

export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-xl border border-line border-dashed px-6 py-12 text-center">
      <Inbox className="size-7 text-soft" aria-hidden />
      <p className="font-medium">{title}</p>
      {children && <p className="max-w-md text-soft">{children}</p>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 rounded-xl border border-danger/40 bg-danger-wash px-4 py-3 text-danger">
      <CircleAlert className="size-5 shrink-0" aria-hidden />
      <p className="grow">{error instanceof Error ? error.message : t('failed')}</p>
      {retry && (
        <Button size="small" onClick={retry}>
          {t('tryAgain')}
        </Button>
      )}
    </div>
  );
}

const TONES = {
  plain: 'bg-wash text-soft',
  good: 'bg-good-wash text-good',
  warn: 'bg-warn-wash text-warn',
  danger: 'bg-danger-wash text-danger',
  brand: 'bg-brand-wash text-brand',
};

export function Badge({ tone = 'plain', children }: { tone?: keyof typeof TONES; children: ReactNode }) {
  return <span className={cn('inline-flex items-center rounded-full px-2 py-0.5 font-medium text-xs', TONES[tone])}>{children}</span>;
}

/** A number that matters, with its name. */
export function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="rounded-xl border border-line bg-card p-4">
      <p className="text-soft">{name}</p>
      <p className="mt-1 font-semibold text-2xl tabular-nums tracking-tight">{value}</p>
    </div>
  );
}
