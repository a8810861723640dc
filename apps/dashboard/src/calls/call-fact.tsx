import type { ReactNode } from 'react';

/** Something about a call, with its name above. */
export function CallFact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-[13px] text-soft">{name}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}
