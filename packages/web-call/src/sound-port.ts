import { stopMicrophone } from './microphone.ts';
import { watchMicrophone } from './microphone-watch.ts';
import type { FromWorklet, ToWorklet } from './worklet-messages.ts';

/** Ten times a second: how loud both sides are (0..1), and how the playback does. */
export interface SoundLevels {
  microphone: number;
  assistant: number;
  /** Sound that waits to be played, and how much is gathered before playing. */
  waitingMs: number;
  targetMs: number;
  underruns: number;
}

/** Microphone and loudspeaker of a call. */
export interface SoundPort {
  /** The rate of the call is known: frames begin to come. */
  setRate(sampleRate: number): void;
  /** While muted the microphone gives silence. */
  setMuted(muted: boolean): void;
  play(samples: Float32Array): void;
  clear(): void;
  /** Silence at once, and the microphone is let go. Nothing is called back afterwards. */
  close(): void;
}

export interface SoundPortOptions {
  microphone: MediaStream;
  /** Address of sound-worklet.js. */
  workletUrl: string;
  onFrame(samples: Float32Array): void;
  onLevels?(levels: SoundLevels): void;
  /** `false`: the microphone was pulled out or taken away; `true`: there is one again. */
  onMicrophone?(there: boolean): void;
}

/** The browser has no audio thread for us, or the worklet could not be loaded: its address is wrong, or its server is not reached. */
export class NoSound extends Error {
  constructor(cause: unknown) {
    super('The sound of this browser could not be started.', { cause });
    this.name = 'NoSound';
  }
}

/** Connects the microphone and the loudspeaker to the audio thread. @throws NoSound; the microphone is stopped then */
export async function openSoundPort(options: SoundPortOptions): Promise<SoundPort> {
  let audio: AudioContext | undefined;
  try {
    audio = new AudioContext({ latencyHint: 'interactive' });
    await audio.audioWorklet.addModule(options.workletUrl);
    // A context that began before the click that allowed it stands still.
    if (audio.state === 'suspended') await audio.resume();
    return connectSound(audio, options);
  } catch (cause) {
    stopMicrophone(options.microphone);
    void audio?.close();
    throw new NoSound(cause);
  }
}

function connectSound(audio: AudioContext, { microphone, onFrame, onLevels, onMicrophone }: SoundPortOptions): SoundPort {
  const node = new AudioWorkletNode(audio, 'talkturo-sound', { outputChannelCount: [1] });
  let source = audio.createMediaStreamSource(microphone);
  source.connect(node).connect(audio.destination);
  node.port.onmessage = ({ data }: MessageEvent<FromWorklet>) => {
    if (data.type === 'frame') onFrame(data.samples);
    else onLevels?.(data);
  };
  const watch = watchMicrophone({
    microphone,
    replaced(next) {
      source.disconnect();
      source = audio.createMediaStreamSource(next);
      source.connect(node);
    },
    onMicrophone: (there) => onMicrophone?.(there),
  });
  // A telephone call, another app or a changed loudspeaker makes the context stand still; it is the page that has to start it again.
  const wake = () => {
    if (audio.state !== 'running' && audio.state !== 'closed') audio.resume().catch(() => {});
  };
  audio.addEventListener('statechange', wake);
  document.addEventListener('visibilitychange', wake);
  const tell = (message: ToWorklet) => node.port.postMessage(message);
  return {
    setRate: (sampleRate) => tell({ type: 'rate', sampleRate }),
    setMuted: (muted) => watch.setMuted(muted),
    play: (samples) => tell({ type: 'play', samples }),
    clear: () => tell({ type: 'clear' }),
    close() {
      watch.stop();
      node.port.onmessage = null;
      audio.removeEventListener('statechange', wake);
      document.removeEventListener('visibilitychange', wake);
      if (audio.state !== 'closed') void audio.close();
    },
  };
}
