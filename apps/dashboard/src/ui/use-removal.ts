import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { sure } from './confirm.ts';

/**
 * Removes rows after asking. One after the other: what was refused is said, and what was removed before it is gone.
 * @param stale what is read anew afterwards
 */
export function useRemoval<Row>({
  remove,
  question,
  action,
  stale,
}: {
  remove: (row: Row) => Promise<unknown>;
  question: (row: Row) => string;
  /** What the button that does it says; "Delete" when left out. */
  action?: string;
  stale: QueryKey;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const work = useMutation({
    mutationFn: async (rows: readonly Row[]) => {
      for (const row of rows) await remove(row);
    },
    onError: (problem) => toast.error(problem.message),
    onSettled: () => queries.invalidateQueries({ queryKey: stale }),
  });
  return {
    busy: work.isPending,
    ask: async (row: Row) => {
      if (await sure(question(row), action ?? t('delete'))) work.mutate([row]);
    },
    /** Asks once for all of them. */
    askAll: async (rows: readonly Row[], text: string, then: () => void) => {
      if (await sure(text, action ?? t('delete'))) work.mutate(rows, { onSettled: then });
    },
  };
}
