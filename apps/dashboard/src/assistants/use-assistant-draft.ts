import type { updateAssistant } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ApiError, versioned } from '../api.ts';
import { useDraft } from '../ui/use-draft.ts';
import { type Assistant, assistantQuery, type EditedAssistant } from './assistants.queries.ts';

interface Draft {
  changes: Partial<EditedAssistant>;
  /** The version they were made from; null while there are none. */
  etag: string | null;
}

const NOTHING: Draft = { changes: {}, etag: null };

/** What was changed and not saved yet. It outlives a reload; a change somebody else made meanwhile is told, not overwritten. */
export function useAssistantDraft(stored: Assistant, etag: string | null) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [draft, setDraft, forget] = useDraft<Draft>(`assistant.${stored.id}`, NOTHING);
  const changes = Object.fromEntries(
    Object.entries(draft.changes).filter(([field, value]) => !same(stored[field as keyof Assistant], value)),
  ) as Partial<EditedAssistant>;

  const save = useMutation({
    mutationFn: (over: 'mine' | 'anything') =>
      versioned<typeof updateAssistant>('PATCH', `/api/assistants/${stored.id}`, {
        body: { accountSlug: slug, ...changes },
        headers: over === 'mine' && draft.etag ? { 'if-match': draft.etag } : {},
      }),
    onSuccess: (answer) => {
      queries.setQueryData(assistantQuery(slug, stored.id).queryKey, answer);
      void queries.invalidateQueries({ queryKey: [slug, 'assistants'], exact: true });
      forget();
      toast.success(t('saved'));
    },
  });
  return {
    draft: { ...stored, ...changes } as EditedAssistant,
    dirty: Object.keys(changes).length > 0,
    change: (fields: Partial<EditedAssistant>) => setDraft({ changes: { ...draft.changes, ...fields }, etag: draft.etag ?? etag }),
    save,
    /** Somebody else saved first. */
    late: save.error instanceof ApiError && save.error.status === 412,
    forget: async () => {
      forget();
      save.reset();
      await queries.invalidateQueries({ queryKey: [slug, 'assistants', stored.id] });
    },
  };
}

/** Lists are the same by what is in them; a setting that is taken away is the same as one that was never there. */
const same = (stored: unknown, edited: unknown): boolean => JSON.stringify(stored ?? null) === JSON.stringify(edited ?? null);
