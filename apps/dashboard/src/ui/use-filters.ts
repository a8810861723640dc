import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/**
 * The filters of a page, kept in its address: a reload, a link and the way back show the same rows. The page's route says which
 * there are and drops what is none.
 * @returns the filters, what changes some of them and goes to the first page, and what takes all away, if there are any.
 */
export function useFilters<Filters extends { offset?: number }>() {
  const filters = useSearch({ strict: false } as never) as Filters;
  const navigate = useNavigate();
  const set = useCallback(
    (change: Partial<{ [Name in keyof Filters]: Filters[Name] | undefined }>) => {
      const next = (before: Record<string, unknown>) =>
        Object.fromEntries(
          Object.entries({ ...before, offset: undefined, ...change }).filter(([, value]) => value !== undefined && value !== ''),
        );
      void navigate({ to: '.', search: next as never, replace: true });
    },
    [navigate],
  );
  const onOffset = useCallback((offset: number) => set({ offset } as never), [set]);
  const { offset: _, ...rest } = filters;
  const clear = useCallback(() => void navigate({ to: '.', search: {} as never, replace: true }), [navigate]);
  return { filters, set, onOffset, onClear: Object.values(rest).some((value) => value !== undefined) ? clear : undefined };
}
