import { Link, useBlocker, useParams } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { Mic, MicOff, Phone, PhoneOff } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { Card, Failure } from '../ui/surface.tsx';
import { Conversation } from './conversation.tsx';
import { Keypad } from './keypad.tsx';
import { LineFigures } from './line-figures.tsx';
import { type CallTrouble, useBrowserCall } from './use-browser-call.ts';

/** A call to an assistant with the microphone of this browser. */
export function VoiceCall({ assistantId, onBusy }: { assistantId: string; onBusy: (busy: boolean) => void }) {
  const { slug } = useParams({ from: '/home/$slug/talk' });
  const { t } = useTranslation();
  const call = useBrowserCall();
  const busy = call.state === 'connecting' || call.state === 'live' || call.state === 'reconnecting';
  useBlocker({ shouldBlockFn: async () => busy && !(await sure(t('talk.leaveSure'), t('talk.hangUp'))), enableBeforeUnload: busy });
  useEffect(() => onBusy(busy), [busy, onBusy]);

  return (
    <>
      <Card>
        <div className="flex flex-wrap items-center gap-3">
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
            {call.state === 'live' && t(call.speaking === 'assistant' ? 'talk.assistantSpeaks' : 'talk.live')}
            {call.state === 'reconnecting' && t('talk.reconnecting')}
            {call.state === 'over' && overText(t, call.reason)}
          </p>
        </div>
        {busy && (
          <>
            <LineFigures said={call.conversation} levels={call.levels} interruptions={call.interruptions} roundTripMs={call.roundTripMs} />
            <div className="mt-4">
              <Keypad pressed={call.keys} disabled={call.state !== 'live'} onPress={call.press} />
            </div>
          </>
        )}
      </Card>
      {call.microphoneGone && <Failure error={new Error(t('talk.microphone.gone'))} />}
      {call.trouble && <Failure error={new Error(troubleText(t, call.trouble))} />}
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
          <Conversation said={call.conversation} waiting={t('talk.waiting')} />
        </Card>
      )}
    </>
  );
}

/** That it is over, and why where the server told it: with a reason that this page knows. */
function overText(t: TFunction, reason: string | null): string {
  const because = reason === null ? '' : t(`calls.reasons.${reason as 'busy'}`, '');
  return because === '' ? t('talk.over') : t('talk.overBecause', { reason: because });
}

function troubleText(t: TFunction, trouble: CallTrouble): string {
  if (typeof trouble === 'string') return t(`talk.${trouble}`);
  return 'said' in trouble ? trouble.said : t(`talk.microphone.${trouble.microphone}`);
}
