import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

const item =
  'flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-2 outline-none data-[highlighted]:bg-wash [&_svg]:size-4 [&_svg]:text-soft';

/** A button that opens a list of things to do or places to go. */
export function Menu({ trigger, children, className }: { trigger: ReactNode; children: ReactNode; className?: string }) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={6}
          className={cn(
            'z-50 max-h-[80dvh] min-w-56 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-xl border border-line bg-card p-1.5 shadow-lg',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({ onSelect, children, checked }: { onSelect?: () => void; children: ReactNode; checked?: boolean }) {
  return (
    <Radix.Item className={item} onSelect={onSelect} {...(checked ? { 'aria-current': 'true' as const } : {})}>
      {children}
    </Radix.Item>
  );
}

/** An item that is a link. */
export function MenuLink({ children }: { children: ReactNode }) {
  return (
    <Radix.Item asChild className={item}>
      {children}
    </Radix.Item>
  );
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2.5 pt-2 pb-1 text-[13px] text-soft">{children}</Radix.Label>
);
export const MenuLine = () => <Radix.Separator className="my-1.5 h-px bg-line" />;
