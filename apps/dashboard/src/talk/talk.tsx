import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assistantsQuery } from '../assistants/assistants.queries.ts';
import { buttonLook } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { Card, Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { TextChat } from './text-chat.tsx';
import { VoiceCall } from './voice-call.tsx';

const WAYS = ['byVoice', 'inWriting'] as const;

export function Talk() {
  const { slug } = useParams({ from: '/home/$slug/talk' });
  const search = useSearch({ from: '/home/$slug/talk' });
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(assistantsQuery(slug));
  const [picked, setPicked] = useState(search.assistant ?? '');
  const [busy, setBusy] = useState(false);
  const assistantId = picked || data?.assistants[0]?.id || '';

  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={refetch} />;
  if (data.assistants.length === 0) {
    return (
      <Page title={t('talk.title')}>
        <Empty
          title={t('talk.needAssistant')}
          action={
            <Link to="/home/$slug/assistants" params={{ slug }} className={buttonLook({ kind: 'main' })}>
              {t('assistants.new')}
            </Link>
          }
        />
      </Page>
    );
  }
  return (
    <Page title={t('talk.title')} about={t('talk.about')}>
      <SelectField
        label={t('talk.choose')}
        className="w-full sm:w-72"
        disabled={busy}
        value={assistantId}
        onChange={(event) => setPicked(event.target.value)}
        options={data.assistants.map((assistant) => ({ value: assistant.id, label: assistant.name }))}
      />
      <Tabs.Root defaultValue={WAYS[0]}>
        <Tabs.List className="mb-4 flex gap-1 border-line border-b" aria-label={t('talk.title')}>
          {WAYS.map((way) => (
            <Tabs.Trigger
              key={way}
              value={way}
              className="-mb-px border-transparent border-b-2 px-3 py-2 font-medium text-soft hover:text-ink data-[state=active]:border-brand data-[state=active]:text-brand"
            >
              {t(`talk.${way}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {/* The call goes on while the other side is looked at. */}
        <Tabs.Content value="byVoice" forceMount className="flex flex-col gap-4 data-[state=inactive]:hidden">
          <VoiceCall assistantId={assistantId} onBusy={setBusy} />
        </Tabs.Content>
        <Tabs.Content value="inWriting">
          <Card>
            <TextChat key={assistantId} assistantId={assistantId} />
          </Card>
        </Tabs.Content>
      </Tabs.Root>
    </Page>
  );
}
