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
  play(samples: Float32Array): void;
  clear(): void;
  close(): void;
}

/** The browser refused the microphone or has none. */
export class NoMicrophone extends Error {
  constructor(cause: unknown) {
    super('The microphone is not available.', { cause });
    this.name = 'NoMicrophone';
  }
}

/** Asks for the microphone, with the browser's echo cancellation left on. Must follow a click. @throws NoMicrophone */
export async function openMicrophone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (cause) {
    throw new NoMicrophone(cause);
  }
}

export interface SoundPortOptions {
  microphone: MediaStream;
  /** Address of sound-worklet.js. */
  workletUrl: string;
  onFrame(samples: Float32Array): void;
  onLevels?(levels: SoundLevels): void;
}

/** Connects the microphone and the loudspeaker to the audio thread. Closing it stops the microphone. */
export async function openSoundPort({ microphone, workletUrl, onFrame, onLevels }: SoundPortOptions): Promise<SoundPort> {
  const audio = new AudioContext({ latencyHint: 'interactive' });
  const stop = () => {
    for (const track of microphone.getTracks()) track.stop();
    if (audio.state !== 'closed') void audio.close();
  };
  try {
    await audio.audioWorklet.addModule(workletUrl);
    // A context that began before the click that allowed it stands still.
    if (audio.state === 'suspended') await audio.resume();
  } catch (cause) {
    stop();
    throw new Error('The sound of this browser could not be started.', { cause });
  }
  const node = new AudioWorkletNode(audio, 'talkturo-sound', { outputChannelCount: [1] });
  node.port.onmessage = ({ data }: MessageEvent<FromWorklet>) => {
    if (data.type === 'frame') onFrame(data.samples);
    else onLevels?.(data);
  };
  const tell = (message: ToWorklet) => node.port.postMessage(message);
  audio.createMediaStreamSource(microphone).connect(node).connect(audio.destination);
  return {
    setRate: (sampleRate) => tell({ type: 'rate', sampleRate }),
    play: (samples) => tell({ type: 'play', samples }),
    clear: () => tell({ type: 'clear' }),
    close: stop,
  };
}
