import { Download, Pause, Play } from 'lucide-react';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import WaveSurfer from 'wavesurfer.js';
import { Button, buttonLook } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';

export interface Player {
  /** Plays from that second on. */
  playFrom(seconds: number): void;
}

/** Both channels of a recording as waves: above the caller, below the assistant. */
export function RecordingPlayer({ url, ref, onTime }: { url: string; ref?: Ref<Player>; onTime: (seconds: number) => void }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const waves = useRef<WaveSurfer | null>(null);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState('1');

  useEffect(() => {
    if (!box.current) return;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const surfer = WaveSurfer.create({
      container: box.current,
      url,
      height: 56,
      barWidth: 2,
      barGap: 1,
      cursorColor: colour('--ink'),
      splitChannels: [
        { waveColor: colour('--soft'), progressColor: colour('--ink') },
        { waveColor: colour('--brand'), progressColor: colour('--good') },
      ],
    });
    surfer.on('play', () => setPlaying(true));
    surfer.on('pause', () => setPlaying(false));
    surfer.on('timeupdate', onTime);
    waves.current = surfer;
    return () => surfer.destroy();
  }, [url, onTime]);

  useImperativeHandle(ref, () => ({
    playFrom: (seconds) => {
      waves.current?.setTime(seconds);
      void waves.current?.play();
    },
  }));

  return (
    <div className="flex flex-col gap-3">
      <div className="flex gap-3">
        <div className="flex flex-col justify-around text-[13px] text-soft">
          <span>{t('calls.caller')}</span>
          <span>{t('calls.assistant')}</span>
        </div>
        <div ref={box} className="min-w-0 grow" />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button kind="main" onClick={() => waves.current?.playPause()}>
          {playing ? <Pause aria-hidden /> : <Play aria-hidden />} {t(playing ? 'calls.pause' : 'calls.play')}
        </Button>
        <SelectField
          bare
          label={t('calls.speed')}
          className="w-24"
          value={speed}
          onChange={(event) => {
            setSpeed(event.target.value);
            waves.current?.setPlaybackRate(Number(event.target.value));
          }}
          options={['0.75', '1', '1.25', '1.5', '2'].map((value) => ({ value, label: `${value} ×` }))}
        />
        <a className={buttonLook({ kind: 'plain' })} href={url} download>
          <Download aria-hidden /> {t('calls.download')}
        </a>
      </div>
    </div>
  );
}
