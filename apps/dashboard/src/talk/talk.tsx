import { useQuery } from '@tanstack/react-query';
import { Link, useBlocker, useParams, useSearch } from '@tanstack/react-router';
import { Mic, MicOff, Phone, PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assistantsQuery } from '../assistants/assistants.queries.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { SelectField } from '../ui/field.tsx';
import { Card, Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Conversation } from './conversation.tsx';
import { useBrowserCall } from './use-browser-call.ts';

export function Talk() {
  const { slug } = useParams({ from: '/home/$slug/talk' });
  const search = useSearch({ from: '/home/$slug/talk' });
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(assistantsQuery(slug));
  const [picked, setPicked] = useState(search.assistant ?? '');
  const call = useBrowserCall();
  const assistantId = picked || data?.assistants[0]?.id || '';
  const busy = call.state === 'connecting' || call.state === 'live';

  useBlocker({ shouldBlockFn: async () => busy && !(await sure(t('talk.leaveSure'), t('talk.hangUp'))), enableBeforeUnload: busy });

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
      <Card>
        <div className="flex flex-wrap items-end gap-3">
          <SelectField
            label={t('talk.choose')}
            className="w-full sm:w-72"
            disabled={busy}
            value={assistantId}
            onChange={(event) => setPicked(event.target.value)}
            options={data.assistants.map((assistant) => ({ value: assistant.id, label: assistant.name }))}
          />
          {busy ? (
            <>
              <Button kind="danger" onClick={call.hangUp}>
                <PhoneOff aria-hidden /> {t('talk.hangUp')}
              </Button>
              <Button aria-pressed={call.muted} onClick={call.toggleMute}>
                {call.muted ? <MicOff aria-hidden /> : <Mic aria-hidden />} {t(call.muted ? 'talk.unmute' : 'talk.mute')}
              </Button>
            </>
          ) : (
            <Button kind="main" onClick={() => call.start(assistantId)}>
              <Phone aria-hidden /> {t('talk.start')}
            </Button>
          )}
          <p role="status" className="ml-auto text-soft">
            {call.state === 'connecting' && t('talk.connecting')}
            {call.state === 'live' && t('talk.live')}
            {call.state === 'over' && t('talk.over')}
          </p>
        </div>
        {call.state === 'live' && <meter className="mt-4 h-2 w-full" aria-label={t('talk.yourLevel')} min={0} max={1} value={call.level} />}
      </Card>
      {call.lost && <Failure error={new Error(t('talk.lost'))} />}
      {call.error && <Failure error={new Error(call.error === 'no microphone' ? t('talk.micDenied') : call.error)} />}
      {call.state !== 'idle' && (
        <Card
          title={t('calls.transcript')}
          actions={
            call.callId &&
            call.state === 'over' && (
              <Link
                to="/home/$slug/calls/$callId"
                params={{ slug, callId: call.callId }}
                className="font-medium text-brand hover:underline"
              >
                {t('talk.seeCall')}
              </Link>
            )
          }
        >
          <Conversation lines={call.lines} growing={call.growing} />
        </Card>
      )}
    </Page>
  );
}
