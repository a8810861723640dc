import { useQuery } from '@tanstack/react-query';
import { Link, useBlocker, useParams } from '@tanstack/react-router';
import { Mic, TriangleAlert } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api.ts';
import { customFieldsQuery } from '../crm/crm.queries.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { providersQuery } from '../integrations/integrations.queries.ts';
import { numbersQuery } from '../phone-numbers/phone-numbers.queries.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { TextField } from '../ui/field.tsx';
import { Card, Failure, Loading, Page } from '../ui/surface.tsx';
import { WebhookList } from '../webhooks/webhook-list.tsx';
import { AssistantModel } from './assistant-model.tsx';
import { AssistantPrompt } from './assistant-prompt.tsx';
import { AssistantTelephony } from './assistant-telephony.tsx';
import { AssistantTranscriber } from './assistant-transcriber.tsx';
import { AssistantVoice } from './assistant-voice.tsx';
import { type Assistant, assistantQuery, type EditedAssistant } from './assistants.queries.ts';
import { ChangedElsewhere } from './changed-elsewhere.tsx';
import type { EditorPart } from './editor-part.ts';
import { type Lack, lacksOf } from './readiness.ts';
import { useAssistantDraft } from './use-assistant-draft.ts';
import { variableNames } from './variables.ts';

export function AssistantPage() {
  const { slug, assistantId } = useParams({ from: '/home/$slug/assistants/$assistantId' });
  const { data, error, isPending, refetch } = useQuery(assistantQuery(slug, assistantId));
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={refetch} />;
  return <Editor key={data.assistant.id} stored={data.assistant} etag={data.etag} />;
}

const TABS = [
  ['prompt', AssistantPrompt],
  ['model', AssistantModel],
  ['voice', AssistantVoice],
  ['transcriber', AssistantTranscriber],
  ['telephony', AssistantTelephony],
  ['webhooks', ({ draft }: EditorPart) => <WebhookList assistantId={draft.id} />],
] as const;

function Editor({ stored, etag }: { stored: Assistant; etag: string | null }) {
  const { slug } = useParams({ from: '/home/$slug/assistants/$assistantId' });
  const { t } = useTranslation();
  const { draft, dirty, change, save, late, forget } = useAssistantDraft(stored, etag);
  const lacks = useLacks(draft);
  useBlocker({
    shouldBlockFn: async () => {
      if (!dirty) return false;
      const leaving = await sure(t('unsaved'), t('leave'));
      if (leaving) await forget();
      return !leaving;
    },
    enableBeforeUnload: dirty,
  });

  const part: EditorPart = {
    draft,
    change,
    errorOf: (field) => (save.error instanceof ApiError ? save.error.of(field) : undefined),
  };
  return (
    <Page
      title={stored.name}
      actions={
        <>
          <Link to="/home/$slug/talk" params={{ slug }} search={{ assistant: stored.id }} className={buttonLook({ kind: 'plain' })}>
            <Mic aria-hidden /> {t('assistants.talk')}
          </Link>
          <Button kind="main" disabled={!dirty} busy={save.isPending} onClick={() => save.mutate('mine')}>
            {t('save')}
          </Button>
        </>
      }
    >
      {save.error && !late && <Failure error={save.error} />}
      {late && <ChangedElsewhere busy={save.isPending} onReload={forget} onOverwrite={() => save.mutate('anything')} />}
      <TextField
        label={t('name')}
        className="max-w-md"
        value={draft.name}
        maxLength={200}
        error={part.errorOf('name')}
        onChange={(event) => change({ name: event.target.value })}
      />
      <Tabs.Root defaultValue="prompt">
        <Tabs.List className="mb-4 flex gap-1 overflow-x-auto border-line border-b" aria-label={stored.name}>
          {TABS.map(([name]) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="-mb-px flex items-center gap-1.5 border-transparent border-b-2 px-3 py-2 font-medium text-soft -outline-offset-2 hover:text-ink data-[state=active]:border-brand data-[state=active]:text-brand"
            >
              {t(`assistants.tabs.${name}`)}
              {lacks.some((lack) => lack.tab === name) && (
                <TriangleAlert className="size-3.5 text-warn" aria-label={t('assistants.incomplete')} />
              )}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {TABS.map(([name, Part]) => (
          <Tabs.Content key={name} value={name} className="flex flex-col gap-4">
            <Lacks lacks={lacks.filter((lack) => lack.tab === name)} />
            <Card>
              <Part {...part} />
            </Card>
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Page>
  );
}

function useLacks(draft: EditedAssistant): Lack[] {
  const { slug } = useParams({ from: '/home/$slug' });
  const { teamId } = useWorkspace(slug);
  const { data: fields } = useQuery(customFieldsQuery(slug));
  const { data: numbers } = useQuery(numbersQuery(slug, teamId));
  const { data: vendors } = useQuery(providersQuery(slug));
  if (!fields || !numbers) return [];
  const keyless = new Map(vendors?.providers.flatMap(({ provider, name, source }) => (source === null ? [[provider, name] as const] : [])));
  const mine = numbers.numbers.filter((number) => number.assistant_id === draft.id && number.status === 'active');
  return lacksOf(draft, variableNames(fields.customFields), mine.length, keyless);
}

function Lacks({ lacks }: { lacks: readonly Lack[] }) {
  const { t } = useTranslation();
  if (lacks.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 rounded-xl bg-warn-wash px-4 py-3 text-warn">
      {lacks.map((lack) => (
        <li key={lack.what} className="flex items-start gap-2">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden /> {t(`assistants.lacks.${lack.what}`, { names: lack.names })}
        </li>
      ))}
    </ul>
  );
}
