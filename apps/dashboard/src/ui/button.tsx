import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

const look = cva(
  'inline-flex items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      kind: {
        main: 'bg-brand text-brand-ink hover:bg-brand-hover',
        plain: 'border border-line bg-card text-ink hover:bg-wash',
        quiet: 'text-soft hover:bg-wash hover:text-ink',
        danger: 'border border-danger/40 bg-card text-danger hover:bg-danger-wash',
      },
      size: { normal: 'h-9 px-3.5', small: 'h-8 px-2.5 text-[13px]', icon: 'size-9' },
    },
    defaultVariants: { kind: 'plain', size: 'normal' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof look> {
  /** Shows that the work is going on and takes no second click. */
  busy?: boolean;
}

export function Button({ kind, size, busy, className, children, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={cn(look({ kind, size }), className)} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {busy && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  );
}

/** The look of a button for links. */
export const buttonLook = look;
