import { Play, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import type { useVoicePreview } from './use-voice-preview.ts';

/** Hears a voice, or stops it. */
export function VoiceSample({
  voice,
  player,
}: {
  voice: { provider: string; id: string; name: string };
  player: ReturnType<typeof useVoicePreview>;
}) {
  const { t } = useTranslation();
  const plays = player.isPlaying(voice);
  return (
    <Button
      size="icon"
      kind="plain"
      busy={player.isLoading(voice)}
      aria-label={t(plays ? 'voices.stop' : 'voices.hear', { name: voice.name })}
      onClick={() => player.toggle(voice)}
    >
      {!player.isLoading(voice) && (plays ? <Square aria-hidden /> : <Play aria-hidden />)}
    </Button>
  );
}
