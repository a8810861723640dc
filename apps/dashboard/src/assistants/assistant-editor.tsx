import type { updateAssistant } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useBlocker, useParams } from '@tanstack/react-router';
import { Mic } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ApiError, request } from '../api.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Card, Failure, Loading, Page } from '../ui/surface.tsx';
import { AssistantModel } from './assistant-model.tsx';
import { AssistantPrompt } from './assistant-prompt.tsx';
import { AssistantTelephony } from './assistant-telephony.tsx';
import { AssistantTranscriber } from './assistant-transcriber.tsx';
import { AssistantVoice } from './assistant-voice.tsx';
import { type Assistant, assistantQuery } from './assistants.queries.ts';
import type { EditorPart } from './editor-part.ts';

export function AssistantPage() {
  const { slug, assistantId } = useParams({ from: '/home/$slug/assistants/$assistantId' });
  const { data, error, isPending, refetch } = useQuery(assistantQuery(slug, assistantId));
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={refetch} />;
  return <Editor key={data.assistant.id} stored={data.assistant} />;
}

const TABS = [
  ['prompt', AssistantPrompt],
  ['model', AssistantModel],
  ['voice', AssistantVoice],
  ['transcriber', AssistantTranscriber],
  ['telephony', AssistantTelephony],
] as const;

function Editor({ stored }: { stored: Assistant }) {
  const { slug } = useParams({ from: '/home/$slug/assistants/$assistantId' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [changes, setChanges] = useState<Partial<Assistant>>({});
  const draft = { ...stored, ...changes };
  const dirty = Object.keys(changes).length > 0;

  const save = useMutation({
    mutationFn: () => request<typeof updateAssistant>('PATCH', `/api/assistants/${stored.id}`, { body: { accountSlug: slug, ...changes } }),
    onSuccess: ({ assistant }) => {
      queries.setQueryData(assistantQuery(slug, stored.id).queryKey, { assistant });
      void queries.invalidateQueries({ queryKey: [slug, 'assistants'] });
      setChanges({});
      toast.success(t('saved'));
    },
  });
  useBlocker({ shouldBlockFn: () => dirty && !confirm(t('unsaved')), enableBeforeUnload: dirty });

  const part: EditorPart = {
    draft,
    change: (fields) => setChanges({ ...changes, ...fields }),
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
          <Button kind="main" disabled={!dirty} busy={save.isPending} onClick={() => save.mutate()}>
            {t('save')}
          </Button>
        </>
      }
    >
      {save.error && <Failure error={save.error} />}
      <TextField
        label={t('name')}
        className="max-w-md"
        value={draft.name}
        maxLength={200}
        error={part.errorOf('name')}
        onChange={(event) => part.change({ name: event.target.value })}
      />
      <Tabs.Root defaultValue="prompt">
        <Tabs.List className="mb-4 flex gap-1 overflow-x-auto border-line border-b" aria-label={stored.name}>
          {TABS.map(([name]) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="-mb-px border-transparent border-b-2 px-3 py-2 font-medium text-soft hover:text-ink data-[state=active]:border-brand data-[state=active]:text-brand"
            >
              {t(`assistants.tabs.${name}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {TABS.map(([name, Part]) => (
          <Tabs.Content key={name} value={name}>
            <Card>
              <Part {...part} />
            </Card>
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Page>
  );
}
