import type { deleteCall, hangUpCall } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { PhoneOff, Trash2 } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { duration, moment, when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { Card, Failure, Loading, Page } from '../ui/surface.tsx';
import { CallCost } from './call-cost.tsx';
import { CallFact } from './call-fact.tsx';
import { CallLatencies } from './call-latencies.tsx';
import { CallParties } from './call-parties.tsx';
import { CallStatus } from './call-status.tsx';
import { callQuery, isLive } from './calls.queries.ts';
import { eventDetail } from './event-detail.ts';
import { type Player, RecordingPlayer } from './recording-player.tsx';
import { SteerCall } from './steer-call.tsx';
import { Transcript } from './transcript.tsx';

export function CallPage() {
  const { slug, callId } = useParams({ from: '/home/$slug/calls/$callId' });
  const { t } = useTranslation();
  const queries = useQueryClient();
  const player = useRef<Player>(null);
  const [heardTo, setHeardTo] = useState(0);
  const onTime = useCallback((seconds: number) => setHeardTo(seconds), []);
  const { data, error, isPending, refetch } = useQuery(callQuery(slug, callId));
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'calls'] });
  const fail = (problem: Error) => toast.error(problem.message);
  const erase = useMutation({
    mutationFn: () => request<typeof deleteCall>('DELETE', `/api/calls/${callId}`),
    onSuccess: fresh,
    onError: fail,
  });
  const hangUp = useMutation({
    mutationFn: () => request<typeof hangUpCall>('POST', `/api/calls/${callId}/hangup`, { body: {} }),
    onSuccess: fresh,
    onError: fail,
  });
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={refetch} />;
  const { call } = data;
  const live = isLive(call);
  const way = call.carrier === 'web' ? t('calls.browser') : `${call.from_number ?? '–'} → ${call.to_number || '–'}`;

  return (
    <Page
      title={when(call.started_at)}
      about={`${t(`calls.${call.direction}`)} · ${way}`}
      actions={
        live ? (
          <>
            {call.status === 'in_progress' && <SteerCall callId={call.id} />}
            <Button kind="danger" busy={hangUp.isPending} onClick={() => hangUp.mutate()}>
              <PhoneOff aria-hidden /> {t('calls.hangUp')}
            </Button>
          </>
        ) : (
          !call.erased_at && (
            <Button
              kind="danger"
              busy={erase.isPending}
              onClick={async () => (await sure(t('calls.eraseSure'), t('calls.erase'))) && erase.mutate()}
            >
              <Trash2 aria-hidden /> {t('calls.erase')}
            </Button>
          )
        )
      }
    >
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <CallFact name={t('status')}>
          <CallStatus status={call.status} />
        </CallFact>
        <CallParties slug={slug} call={call} />
        <CallFact name={t('calls.duration')}>{duration(call.duration_seconds)}</CallFact>
        {call.ended_reason && (
          <CallFact name={t('calls.endedReason')}>
            {t(`calls.reasons.${call.ended_reason as 'busy'}`, call.ended_reason.replaceAll('_', ' '))}
          </CallFact>
        )}
        {call.transferred_to && <CallFact name={t('calls.transferredTo')}>{call.transferred_to}</CallFact>}
        {call.erased_at && <CallFact name={t('calls.erased')}>{when(call.erased_at)}</CallFact>}
      </dl>
      {call.error && <Failure error={new Error(call.error)} />}
      {!live && !call.erased_at && (
        <Card title={t('calls.recording')}>
          {call.recording ? (
            <RecordingPlayer ref={player} url={`${call.recording.url}?accountSlug=${slug}`} onTime={onTime} />
          ) : (
            <p className="text-soft">{t('calls.noRecording')}</p>
          )}
        </Card>
      )}
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card title={t('calls.transcript')}>
          <Transcript
            messages={call.messages}
            heardTo={heardTo}
            {...(call.recording && !live ? { onPick: (seconds: number) => player.current?.playFrom(seconds) } : {})}
          />
        </Card>
        <div className="flex flex-col gap-5">
          <CallLatencies latency={call.latency} />
          <CallCost cost={call.cost} />
          <Card title={t('calls.events')}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: nothing in it takes the focus, and keys scroll only what has it */}
            <ol tabIndex={0} className="flex max-h-96 flex-col gap-1 overflow-y-auto text-[13px]">
              {call.events.map((event) => (
                <li key={event.sequence} className="flex gap-3">
                  <span className="w-14 shrink-0 text-right text-soft tabular-nums">
                    {event.at_seconds === null ? '–' : moment(event.at_seconds)}
                  </span>
                  <span className="min-w-0 break-words">
                    {t(`calls.eventNames.${event.type as 'ringing'}`, event.type.replaceAll('_', ' '))}
                    {eventDetail(event) && <span className="text-soft">: {eventDetail(event)}</span>}
                  </span>
                </li>
              ))}
            </ol>
          </Card>
        </div>
      </div>
    </Page>
  );
}
