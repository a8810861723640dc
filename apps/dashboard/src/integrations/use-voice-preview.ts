import { useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { send } from '../api.ts';

interface Sample {
  provider: string;
  id: string;
}

const nameOf = ({ provider, id }: Sample) => `${provider}/${encodeURIComponent(id)}`;

/** Plays samples of voices, one at a time; leaving the page ends the sound. */
export function useVoicePreview() {
  const [playing, setPlaying] = useState<string | null>(null);
  const [loading, setLoading] = useState<string | null>(null);
  const sound = useRef<{ audio: HTMLAudioElement; url: string } | null>(null);
  const asked = useRef(new AbortController());

  const stop = () => {
    asked.current.abort();
    sound.current?.audio.pause();
    if (sound.current) URL.revokeObjectURL(sound.current.url);
    sound.current = null;
    setPlaying(null);
    setLoading(null);
  };
  const last = useRef(stop);
  last.current = stop;
  useEffect(() => () => last.current(), []);

  async function play(sample: Sample): Promise<void> {
    stop();
    const name = nameOf(sample);
    const mine = new AbortController();
    asked.current = mine;
    setLoading(name);
    try {
      const answer = await send(`/api/voices/${name}/preview`, { signal: mine.signal });
      const url = URL.createObjectURL(await answer.blob());
      if (mine.signal.aborted) return URL.revokeObjectURL(url);
      const audio = new Audio(url);
      sound.current = { audio, url };
      audio.onended = stop;
      await audio.play();
      setPlaying(name);
    } catch (problem) {
      if (mine.signal.aborted) return;
      stop();
      toast.error(problem instanceof Error ? problem.message : String(problem));
    }
    if (!mine.signal.aborted) setLoading(null);
  }

  return {
    isPlaying: (sample: Sample) => playing === nameOf(sample),
    isLoading: (sample: Sample) => loading === nameOf(sample),
    toggle: (sample: Sample) => (playing === nameOf(sample) ? stop() : void play(sample)),
  };
}
