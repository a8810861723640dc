import type { LucideIcon } from 'lucide-react';
import { Button } from './button.tsx';

/** A small button at the end of a row: `name` is what it does, `of` to what. */
export function RowAction({
  icon: Icon,
  name,
  of,
  ...rest
}: {
  icon: LucideIcon;
  name: string;
  of: string;
  disabled?: boolean;
  busy?: boolean;
  onClick: () => unknown;
}) {
  return (
    <Button kind="quiet" size="icon" aria-label={`${name}: ${of}`} title={name} {...rest}>
      {!rest.busy && <Icon aria-hidden />}
    </Button>
  );
}

/** The actions of a row, side by side. */
export const RowActions = ({ children }: { children: React.ReactNode }) => (
  <span className="inline-flex items-center gap-1">{children}</span>
);
