import type { AnswerOf, listOpportunities, updateOpportunity } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/surface.tsx';
import type { Opportunity } from './crm.queries.ts';
import { OpportunityForm } from './opportunity-form.tsx';
import { columnQuery, StageColumn } from './stage-column.tsx';
import { STAGES, type Stage } from './stages.ts';

const MOVE = ['move-opportunity'];
type Column = AnswerOf<typeof listOpportunities>;

/** The board: a column a stage; cards move by mouse, by arrow keys, or in their form. */
export function Opportunities() {
  const { slug } = useParams({ from: '/home/$slug/opportunities' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<Opportunity | 'new' | null>(null);
  const [said, setSaid] = useState('');
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'opportunities'] });

  const put = (stage: Stage, change: (cards: Opportunity[]) => Opportunity[]) =>
    queries.setQueryData(columnQuery(slug, stage).queryKey, (column: Column | undefined) =>
      column ? { ...column, opportunities: change(column.opportunities) } : column,
    );
  const move = useMutation({
    mutationKey: MOVE,
    mutationFn: ({ card, stage }: { card: Opportunity; stage: Stage }) =>
      request<typeof updateOpportunity>('PATCH', `/api/crm/opportunities/${card.id}`, { body: { stage } }),
    onMutate: async ({ card, stage }) => {
      // What is being read still tells of the stage before.
      await queries.cancelQueries({ queryKey: [slug, 'opportunities'] });
      put(card.stage, (cards) => cards.filter((other) => other.id !== card.id));
      put(stage, (cards) => [{ ...card, stage }, ...cards]);
      setSaid(t('opportunities.moved', { name: card.name, stage: t(`opportunities.stages.${stage}`) }));
    },
    onError: (problem) => toast.error(problem.message),
    // While another card is on its way the answer would put it back.
    onSettled: () => (queries.isMutating({ mutationKey: MOVE }) === 1 ? fresh() : undefined),
  });
  const moveTo = (card: Opportunity, stage: Stage) => {
    if (stage !== card.stage) move.mutate({ card, stage });
  };

  return (
    <Page
      title={t('nav.opportunities')}
      about={t('opportunities.about')}
      actions={
        <Button kind="main" onClick={() => setEditing('new')}>
          <Plus aria-hidden /> {t('opportunities.new')}
        </Button>
      }
    >
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable region */}
      <section aria-label={t('nav.opportunities')} tabIndex={0} className="-mx-1 flex snap-x gap-3 overflow-x-auto p-1 pb-3">
        {STAGES.map((stage) => (
          <StageColumn key={stage} stage={stage} onOpen={setEditing} onMove={moveTo} />
        ))}
      </section>
      {editing && <OpportunityForm opportunity={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onSaved={fresh} />}
    </Page>
  );
}
